"""A page: its stories, and proof that nothing of it was lost."""

import datetime

from articles.importing.parser.dates import Calendar
from articles.importing.parser.findings import ParsedPage, Piece, Question
from articles.importing.parser.layout import Layout
from articles.importing.parser.stories import read_story
from articles.importing.parser.text import Span, without_space


class Lost(AssertionError):
    """The pieces of a page are not the page: a fault of the parser."""


def parse(text: str, issued_on: datetime.date | None = None) -> ParsedPage:
    """Read the raw text of a page. Whatever is unclear is a question; nothing is left out."""
    calendar = Calendar.of(text, issued_on)
    layout = Layout(text).read()
    stories, pieces = [], []
    for raw in layout.stories:
        if not raw.blocks:  # 导读, a column's name: lines that stand above no text
            pieces += (Piece("heading", line.flow.text, line.span) for line in raw.title)
            continue
        story, parts = read_story(raw, calendar)
        stories.append(story)
        pieces += parts
    for block in layout.marks:
        flow = block.flow()
        pieces.append(Piece(block.kind, flow.text, flow.span(0, len(flow))))
    pieces = sorted(pieces, key=lambda piece: piece.span)
    _check(text, pieces)
    return ParsedPage(tuple(stories), tuple(pieces), tuple(_questions(text, calendar)))


def _check(text: str, pieces: list[Piece]) -> None:
    """Raise Lost unless the pieces put together are ``text``, white space aside."""
    whole, together = without_space(text), without_space("".join(piece.text for piece in pieces))
    if whole != together:
        at = next(
            (at for at, (a, b) in enumerate(zip(whole, together, strict=False)) if a != b),
            min(len(whole), len(together)),
        )
        was, became = whole[at : at + 20], together[at : at + 20]
        msg = f"character {at} is lost or moved: {was!r} became {became!r}"
        raise Lost(msg)


def _questions(text, calendar):
    if calendar.issued_on is None and text.strip():
        where = Span(0, 0)
        year = f"按{calendar.year}年推算" if calendar.year else "文中没有年份"
        yield Question("issue-date", f"文中没有见报日期,年份{year},对吗?", where)
