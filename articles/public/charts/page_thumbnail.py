"""A page of the paper drawn small: its headlines as words, its texts as lines."""

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from articles.line_breaks import CLOSING, words
from articles.public.charts.svg import LATIN

WIDTH, HEIGHT, EDGE, GUTTER = 100, 140, 6, 4
#: Base line under which the stories stand, and the depth at which they end.
TOP, BOTTOM = 20, 132
#: Height of a line of text, and what all stories under the first share of the page.
LINE, BELOW = 2.6, 0.55
#: Size of a headline: of the only story, of one that leads, of another in a column so wide.
ALONE, LEADING, SHARE = 8.6, 7.6, 0.12
#: Stories that are drawn under the first, and columns that they stand in.
MOST, COLUMNS = 6, 3


def page_thumbnail(headlines: list[str], nameplate: str = "") -> SafeString:
    """What stands inside the ``<svg>`` of a page with these headlines, the first leading.

    A front page has the ``nameplate``, any other a bar.
    """
    first, *others = headlines
    others = others[:MOST]
    width = WIDTH - 2 * EDGE
    head = _text("page-nameplate", EDGE, 14, 11, nameplate) if nameplate else _bar()
    depth = BOTTOM - TOP
    lead = depth * (1 - BELOW) if others else depth
    parts = [head, *_story(first, (EDGE, TOP, width, lead), LEADING if others else ALONE)]
    rows = [others[at : at + COLUMNS] for at in range(0, len(others), COLUMNS)]
    for number, row in enumerate(rows):
        deep, share = depth * BELOW / len(rows), (width + GUTTER) / len(row)
        y = TOP + lead + number * deep
        for column, headline in enumerate(row):
            x, wide = EDGE + column * share, share - GUTTER
            parts += _story(headline, (x, y, wide, deep), min(wide * SHARE, ALONE / 2))
    return mark_safe("".join(parts))  # noqa: S308  numbers, and words that are escaped


def _story(headline, place, size):
    """Headline over lines that fill what is left of a place: left, top, width and depth."""
    x, y, width, depth = place
    end, drawn = y + depth - GUTTER, []
    for line in _lines(headline, width / size):
        if y + size * 1.1 > end:
            break
        y += size * 1.1
        drawn.append(_text("page-title", x, y, size, line))
    count = int((end - y - GUTTER) / LINE)
    lines = (f"M{x:g} {y + GUTTER + LINE * number:.1f}h{width:.1f}" for number in range(count))
    return [*drawn, f'<path class="text-line" d="{"".join(lines)}"/>']


def _lines(headline, room):
    """Lines of a headline, a part to itself, broken between words where one is longer."""
    for part in headline.split():
        line, used = "", 0
        for word in words(part):
            length = sum(LATIN if letter.isascii() else 1 for letter in word)
            if line and used + length > room and word not in CLOSING:
                yield line
                line, used = "", 0
            line, used = line + word, used + length
        yield line


def _bar():
    return f'<path class="head-bar" d="M{EDGE} 9h12"/>'


def _text(role, x, y, size, said):
    return f'<text class="{role}" x="{x:g}" y="{y:.1f}" font-size="{size:g}">{escape(said)}</text>'
