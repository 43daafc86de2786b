"""The body of a story as its page prints it: dateline, links at first mentions, photos inside.

None of it is stored: a body is what its editor wrote.
"""

import re
from dataclasses import dataclass, field
from functools import partial
from html import escape as escape_text

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from articles.line_breaks import trade_words
from articles.models import ArticlePhoto

#: As text stands in a body, where quotation marks are themselves.
_in_html = partial(escape_text, quote=False)
#: A tag, its name, and the sign of a closing one; an attribute may hold >.
_TAG = re.compile(r'<(?P<end>/?)(?P<name>[a-z0-9]+)(?:"[^"]*"|[^">])*>')
#: Elements without an end.
_VOID = ("br", "hr", "img")
#: Where a name is no link: it is one already, or the place is no running text.
_UNLINKED = ("a", "h2", "h3")
#: A shorter name is found in other words.
_SHORTEST_PERSON, _SHORTEST_PROJECT = 2, 3
#: What makes a name that of a road, a house or a body called after it; 区长 and 路过 do not.
_NAMESAKE = re.compile(
    "(?:公路|高速|大道|大街|街道|立交|大?桥|小区|社区|大厦|广场|中心|公园|水库|大?酒店|工作室"
    "|医院|学校|[小中大]学|学院|幼儿园|公司|集团|物业|指挥部|管委会|派出所"
    "|路(?![过经遇])|[街村镇乡县市区站](?![长委支级里场民分])"
    "|[\u4e00-\u9fff]{0,8}(?:有限|责任|股份|分)公司)"
)
#: Third characters of names, such as 王宁波 beside 王宁; a word of the trade may begin with one.
_GIVEN = frozenset("波伟强军明华平生文龙斌辉峰民涛超杰磊宇飞刚勇鹏鑫亮东林霞丽娟芳敏艳萍玲红燕琳")
_LONGEST_WORD = max(map(len, trade_words()))


@dataclass
class Part:
    """Blocks of a body, and the photo that follows them."""

    html: SafeString
    photo: ArticlePhoto | None = None


@dataclass
class Names:
    """Names that a text may hold, each with the address of its page; empty where it has none."""

    addresses: dict[str, str] = field(default_factory=dict)
    people: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, people, projects) -> "Names":
        """Names of printed ``people`` (mentions, attendance) and of ``projects`` with aliases."""
        names = cls()
        for row in people:
            official = row.official
            address = official.get_absolute_url() if official else ""
            called = {row.printed_name, official.name if official else ""}
            names.people |= called
            for name in called:
                names._add(name, address, _SHORTEST_PERSON)
        for project in projects:
            for name in (project.name, *project.aliases.split("\n")):
                names._add(name.strip(), project.get_absolute_url(), _SHORTEST_PROJECT)
        return names

    def _add(self, name, address, shortest):
        if len(name) >= shortest:
            self.addresses[name] = self.addresses.get(name) or address

    def pattern(self) -> re.Pattern:
        """Any of the names, the longest first, so that none is found inside of another."""
        names = sorted(self.addresses, key=len, reverse=True)
        return re.compile("|".join([r"&#?\w+;", *map(_whole, names)]))

    def stands(self, found) -> bool:
        """Whether what the pattern found is the name, and not part of another name or a word."""
        text, start, end = found.string, found.start(), found.end()
        is_short = found[0] in self.people and len(found[0]) == _SHORTEST_PERSON
        goes_on = is_short and text[end : end + 1] in _GIVEN and not _word_at(text, end)
        return not (goes_on or _NAMESAKE.match(text, end) or _is_in_word(text, start, end))


def _word_at(text, place):
    """Length of the longest word of the trade that begins at a place; 0 where none does."""
    sizes = range(min(_LONGEST_WORD, len(text) - place), 1, -1)
    return next((size for size in sizes if text[place : place + size] in trade_words()), 0)


def _is_in_word(text, start, end):
    """Whether a known word crosses an edge of the match: 时博 is no name in 当时博物馆.

    李强调研 has 李强 in it: the word after the name goes on where 强调 has ended.
    """
    for left in range(max(0, start - _LONGEST_WORD), end):
        right = left + _word_at(text, left)
        is_over = left < start < right or (
            left < end < right and end + _word_at(text, end) <= right
        )
        if is_over:
            return True
    return False


def _whole(name):
    """Pattern of a name as it stands in HTML; a Latin one is no part of a longer word."""
    before = r"(?<![A-Za-z0-9])" if name[0].isascii() else ""
    after = r"(?![A-Za-z0-9])" if name[-1].isascii() else ""
    return before + re.escape(_in_html(name)) + after


def first_mentions(html: str, names: Names) -> str:
    """HTML with a link at the first mention of each name that has a page."""
    if not names.addresses:
        return html
    pattern, met, inside, place, pieces = names.pattern(), set(), 0, 0, []
    addresses = {_in_html(name): address for name, address in names.addresses.items()}

    def linked(found):
        address = addresses.get(found[0])
        if not address or address in met or not names.stands(found):
            return found[0]
        met.add(address)
        return f'<a class="known" href="{escape(address)}">{found[0]}</a>'

    for tag in _TAG.finditer(html):
        text = html[place : tag.start()]
        pieces += [text if inside else pattern.sub(linked, text), tag[0]]
        if tag["name"] in _UNLINKED:
            inside += -1 if tag["end"] else 1
        place = tag.end()
    return "".join([*pieces, html[place:]])


def blocks(html: str) -> list[str]:
    """The paragraphs, lists and tables that a body is made of."""
    found, depth, begin = [], 0, 0
    for tag in _TAG.finditer(html):
        if tag["name"] not in _VOID:
            depth += -1 if tag["end"] else 1
        if depth == 0 and (tag["end"] or tag["name"] in _VOID):
            found.append(html[begin : tag.end()])
            begin = tag.end()
    return [*found, html[begin:]] if begin < len(html) else found


def body_parts(story, names: Names, photos: list[ArticlePhoto]) -> list[Part]:
    """The body cut at its photos: one after the first paragraph, the others evenly spaced."""
    text = blocks(first_mentions(story.body, names)) or [""]
    if story.dateline:
        dateline = format_html('<span class="dateline">{}</span>　', story.dateline)
        first = text[0]
        opened = first.startswith("<p>")
        text[0] = (
            f"<p>{dateline}{first.removeprefix('<p>')}" if opened else f"<p>{dateline}</p>{first}"
        )
    last = len(text)
    first = next((number for number, block in enumerate(text, 1) if block.startswith("<p")), 1)
    places = [first + (last - first) * number // len(photos) for number in range(len(photos))]
    parts, begin = [], 0
    for photo, place in zip([*photos, None], [*places, last], strict=True):
        parts.append(Part(_printed("".join(text[begin:place])), photo))
        begin = place
    return parts if parts[-1].html else parts[:-1] or parts


def _printed(html):
    # A wide table scrolls, so the keyboard has to reach it. There are no quotation marks around
    # the zero: where an address holds the same characters, they would end its attribute.
    return mark_safe(html.replace("<table>", "<table tabindex=0>"))  # noqa: S308  as BodyField keeps it
