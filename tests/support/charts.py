"""Reading figures in tests: what a drawing says, and whether its words stand clear of another."""

import re
from operator import attrgetter
from xml.etree import ElementTree

from django.template.loader import render_to_string

from articles.public.charts.svg import LATIN
from articles.public.months import by_month

#: Size of the words of each role, as static/css/figures.css sets it.
SIZES = {"name": 16, "day": 17, "faint": 13}
SIZE = 14
MARKS = ("dot", "box", "ring", "stop")


def printed(figure):
    """The figure as the page has it: an element tree."""
    html = render_to_string("components/_figure.html", {"figure": figure})
    return ElementTree.fromstring(f"<div>{html}</div>")  # noqa: S314  our own page


def drawings(page, shape):
    """Drawings of ``shape``, wide or narrow."""
    return page.findall(f".//svg[@class='{shape}']")


def rows(page):
    """Cells of the table."""
    return [["".join(cell.itertext()) for cell in row] for row in page.findall(".//tbody/tr")]


def told(figure):
    """Head, who and stops of each walk that the list of an overview prints."""
    months = by_month(figure.events, attrgetter("day"))
    html = render_to_string("components/_parties_by_day.html", {"months": months})
    # As XML has it; a word may break wherever the page says.
    html = html.replace("<wbr>", "").replace(" open>", ">")
    page = ElementTree.fromstring(f"<div>{html}</div>")  # noqa: S314  our own page
    walks = []
    for event in page.iterfind(".//ol[@class='walks']/li"):
        for part in event.find("div"):
            if part.tag == "h3":
                head = _words(part)
            elif part.tag == "p":
                walks.append((head, _words(part), []))
            else:
                walks[-1][2].extend(map(_words, part))
    return walks


def _words(element):
    return "".join(element.itertext()).strip()


def texts(drawing, role=None):
    """Role, place and words of all that is written."""
    for group in drawing.findall("g"):
        if role in {None, group.get("class")}:
            for text in group:
                yield group.get("class"), int(text.get("x")), int(text.get("y")), text.text


def marks(drawing):
    """Kind and place of each mark."""
    for path in drawing.findall("path"):
        if path.get("class") in MARKS:
            for x, y in re.findall(r"M(\d+) (\d+)h", path.get("d")):
                yield path.get("class"), int(x), int(y)


def box(role, x, y, words):
    """Left, top, right, bottom of words, a little less than they take."""
    size = SIZES.get(role, SIZE)
    length = size * sum(LATIN if letter.isascii() else 1 for letter in words)
    if role == "upright":
        return x - size / 2, y, x + size / 2, y + length
    left = {"count": x - length / 2, "middle": x - length / 2, "far": x - length}.get(role, x)
    return left, y - size * 0.8, left + length, y + size * 0.1


def collisions(drawing):
    """Pairs of words that stand in each other's place, and words beyond the sheet."""
    boxes = [(words, box(role, x, y, words)) for role, x, y, words in texts(drawing)]
    _left, _top, width, height = map(int, drawing.get("viewBox").split())
    found = [
        (one, "the edge")
        for one, (left, top, right, bottom) in boxes
        if left < -1 or top < -1 or right > width + 14 or bottom > height + 1
    ]
    boxes.sort(key=lambda item: item[1][1])
    for number, (one, (left, _top, right, bottom)) in enumerate(boxes):
        for other, (left2, top2, right2, _bottom2) in boxes[number + 1 :]:
            if top2 >= bottom:
                break
            if left < right2 and left2 < right:
                found.append((one, other))
    return found
