"""Lines of a page, each by what it is: text, a label's line, a byline, a mark of the page."""

import re
from dataclasses import dataclass
from functools import cached_property

from articles.importing.parser.bylines import is_signed, is_staff, read_byline
from articles.importing.parser.datelines import LEAD_IN, label_at
from articles.importing.parser.findings import Byline
from articles.importing.parser.names import is_name
from articles.importing.parser.page_marks import JUMP, is_caption, is_page_head
from articles.importing.parser.text import FOLDED, WHITE, Flow, Span
from people.shared.characters import HAN

_LINE = re.compile("[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BREAK = re.compile("\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_BLANK = re.compile(f"[{WHITE}]*")
#: Marks that end a sentence, perhaps with a closing quotation mark or bracket behind them.
_SENTENCE_END = re.compile(r"(?:[。!?…]|\.{3,})[”’)\]》]{0,3}$")
#: Marks that end a line of a list.
_ITEM_END = re.compile(r"[:;]$")
_NUMERAL = "一二三四五六七八九十"
_ITEM = re.compile(
    rf"[{_NUMERAL}]{{1,2}}[、是要.]|[(][{_NUMERAL}\d]{{1,2}}[)]|\d{{1,2}}[.、]|——|[●▲]|第[{_NUMERAL}][,、]"
)
_NO_HEADLINE = re.compile(r"[。;]")
#: What only names, and no more, is a byline where a story begins or ends.
_LONE = re.compile(rf"[(\[]? ?{HAN}{{1,3}}(?: {{1,3}}{HAN}{{1,3}}){{0,2}} ?[)\]]?")
_LONGEST, _SHORT, _LONG_TITLE, _LONG_PART = 160, 60, 110, 45


@dataclass
class Line:
    """A line without the white space around it."""

    page: str
    span: Span
    #: Breaks between it and the line before it: 2 is an empty line.
    gap: int
    indented: bool

    @cached_property
    def folded(self) -> str:
        return self.page[self.span.start : self.span.end].translate(FOLDED)

    @cached_property
    def flow(self) -> Flow:
        return Flow(self.page, [self.span])

    @property
    def is_closed(self) -> bool:
        """Whether a sentence ends with the line."""
        return bool(_SENTENCE_END.search(self.folded[-8:]))

    @property
    def ends_item(self) -> bool:
        return bool(_ITEM_END.search(self.folded))

    @property
    def opens_item(self) -> bool:
        return bool(_ITEM.match(self.folded))

    @cached_property
    def label(self):
        return label_at(self.folded)

    @cached_property
    def bylines(self) -> list[Byline]:
        """The byline that the line is; none where it is something else."""
        if len(self.folded) > _LONGEST or self.folded.count("(") != self.folded.count(")"):
            return []
        if opening_byline(self.folded):
            return []
        found = read_byline(self.flow) or []
        if is_signed(found) or all(byline.role for byline in found):
            return found
        lone = _LONE.fullmatch(self.folded) and all(is_name(byline.name) for byline in found)
        return found if lone else []

    @cached_property
    def kind(self) -> str:  # noqa: PLR0911
        """jump, head, label, byline, name, staff, caption or text."""
        folded = self.folded
        if len(folded) < _SHORT:
            if JUMP.fullmatch(folded):
                return "jump"
            if is_page_head(folded):
                return "head"
        if self.label:
            return "label"
        if self.bylines:
            if not is_signed(self.bylines):
                return "outlet" if self.bylines[0].role else "name"
            return "staff" if is_staff(self.bylines) else "byline"
        if is_caption(folded):
            return "caption"
        return "text"

    @cached_property
    def opens_story(self) -> bool:
        """Whether the line alone begins the text of a story."""
        return self.label is not None or opening_byline(self.folded) is not None

    @cached_property
    def may_be_headline(self) -> bool:
        folded = self.folded
        return (
            self.kind in ("text", "name", "outlet")
            and len(folded) <= _LONG_TITLE
            and not _NO_HEADLINE.search(folded)
            and not folded.endswith((",", "、"))
            and max(map(len, folded.split(" "))) <= _LONG_PART
        )


_OPENING_BRACKET = re.compile(r"[(\[]([^()\[\]]{2,80})[)\]]")


def opening_byline(folded: str, place: int = 0, *, bare: bool = False) -> Span | None:
    """The byline in brackets, with its brackets, with which the text goes on at ``place``.

    ``bare``: it may be names alone.
    """
    start = LEAD_IN.match(folded, place, place + 20).end()
    found = _OPENING_BRACKET.match(folded, start)
    if not found or start + len(found[0]) >= len(folded.rstrip()):
        return None
    bylines = read_byline(Flow.of(found[1]))
    signs = _may_sign(found[1]) if bare else bylines and is_signed(bylines)
    return Span(start, found.end()) if signs else None


def closing_byline(folded: str) -> int | None:
    """Where the byline begins that stands behind the last sentence, with its bracket."""
    offset = max(0, len(folded) - 140)
    tail = folded[offset:].rstrip()
    bracket = re.search(r"[(\[]([^()\[\]]{1,100})[)\]][。 ]?$", tail)
    if bracket and _may_sign(bracket[1]):
        return offset + bracket.start()
    ends = list(re.finditer(r"[。!?…][”’)\]]{0,2}", tail))
    if not ends or ends[-1].end() == len(tail):
        return None
    last = ends[-1].end()
    bylines = read_byline(Flow.of(tail[last:]))
    return offset + last if bylines and is_signed(bylines) else None


def _may_sign(text) -> bool:
    """Whether what stands in brackets behind a story is a byline: a bare name may be one."""
    bylines = read_byline(Flow.of(text))
    return bool(bylines) and (is_signed(bylines) or all(is_name(byline.name) for byline in bylines))


def lines_of(page: str) -> list[Line]:
    """Lines that are not blank."""
    lines, end = [], 0
    for found in _LINE.finditer(page):
        before = _BLANK.match(page, *found.span())
        start = before.end()
        if start == found.end():
            continue
        stop = found.end()
        while _BLANK.fullmatch(page[stop - 1]):
            stop -= 1
        margin = before[0]
        lines.append(
            Line(
                page,
                Span(start, stop),
                len(_BREAK.findall(page, end, start)),
                len(margin) > 1 or "\u3000" in margin or "\t" in margin,
            )
        )
        end = stop
    return lines
