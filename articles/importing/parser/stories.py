"""One story: its label, bylines and paragraphs, and all that is read in them."""

import re
from dataclasses import dataclass, field, replace

from articles.importing.parser.bylines import is_signed, questions_of, read_byline
from articles.importing.parser.datelines import label_at
from articles.importing.parser.dates import Calendar, days
from articles.importing.parser.findings import (
    Byline,
    Caption,
    Dateline,
    Paragraph,
    ParsedStory,
    Piece,
    Question,
)
from articles.importing.parser.headlines import read_title
from articles.importing.parser.layout import RawStory
from articles.importing.parser.lines import closing_byline, opening_byline
from articles.importing.parser.names import is_name
from articles.importing.parser.page_marks import credit_in
from articles.importing.parser.record import read_record
from articles.importing.parser.roles import ROLE
from articles.importing.parser.text import Flow

#: A byline that opens a text without brackets: 记者 王一凡 报道.
_OPEN = re.compile(r" ?(?P<who>[^,。:;\d(]{4,40}?)(?: ?报道[,: ]| (?=\d)| (?=近日|昨日|日前))")


@dataclass
class Story:
    """A story while it is put together."""

    raw: RawStory
    calendar: Calendar
    pieces: list[Piece] = field(default_factory=list)
    bylines: list[Byline] = field(default_factory=list)
    captions: list[Caption] = field(default_factory=list)
    paragraphs: list[Flow] = field(default_factory=list)
    dateline: Dateline | None = None
    questions: list[Question] = field(default_factory=list)

    def take(self, kind: str, flow: Flow) -> None:
        """Keep a passage as one piece, or as several where a mark of the page is in it."""
        for part in flow.unbroken():
            self.pieces.append(Piece(kind, part.text, part.span(0, len(part))))

    def sign(self, flow: Flow, *, kind: str = "byline") -> None:
        """Read ``flow`` as a byline; what cannot be read stays a piece of its own."""
        found = read_byline(flow)
        self.take(kind if found else "unread", flow)
        self.bylines += found or []

    def read_blocks(self) -> None:
        for line in self.raw.title:
            self.take("title", line.flow)
        texts = [block for block in self.raw.blocks if block.kind == "text"]
        for block in self.raw.blocks:
            flow = block.flow()
            if block.kind == "text":
                self._read_text(flow, first=block is texts[0], last=block is texts[-1])
            elif block.kind == "caption":
                self._read_caption(flow)
            elif block.kind in ("byline", "staff"):
                self.sign(flow, kind=block.kind)
            else:
                self.take(block.kind, flow)
        once: dict[tuple[str, str], Byline] = {}
        for byline in self.bylines:
            once.setdefault((byline.role, byline.name), byline)
        self.bylines = list(once.values())

    def _read_text(self, flow, *, first, last):
        start = self._read_opening(flow) if first else 0
        end = len(flow)
        closing = closing_byline(flow.folded)
        if closing is not None and closing >= start:
            tail = flow.cut(closing, end)
            # A name alone in brackets signs where a sentence has ended, or the story.
            signed = is_signed(read_byline(tail) or [])
            if signed or last or flow.folded[max(0, closing - 1)] in "。!?”":
                end = closing
        body = flow.cut(start, end)
        if len(body):
            self.paragraphs.append(body)
            self.take("paragraph", body)
        if end < len(flow):
            self.sign(flow.cut(end, len(flow)))

    def _read_opening(self, flow) -> int:
        """Label and byline with which a story opens; says where its text begins."""
        at = 0
        if before := opening_byline(flow.folded):
            self.sign(flow.cut(before.start, before.end))
            at = before.end
        label = label_at(flow.folded, at)
        if label:
            self.take("label", flow.cut(at, label.end))
            self.dateline = Dateline(
                flow.span(*label.inner),
                0.98,
                flow.text[slice(*label.inner)],
                label.place,
                label.agency,
                next(days(flow, self.calendar, *label.inner), None),
            )
            at = label.end
        while after := opening_byline(flow.folded, at, bare=label is not None):
            self.sign(flow.cut(at, after.end))
            at = after.end
        return self._read_plain_byline(flow, at) if label else at

    def _read_plain_byline(self, flow, at) -> int:
        found = _OPEN.match(flow.folded, at)
        if not found or not ROLE.match(found["who"].strip()):
            return at
        bylines = read_byline(flow, *found.span("who")) or []
        if not is_signed(bylines) or not all(is_name(row.name) for row in bylines):
            return at
        self.take("byline", flow.cut(at, found.end()))
        self.bylines += bylines
        return found.end()

    def _read_caption(self, flow):
        self.take("caption", flow)
        credit = credit_in(flow.folded)
        end = len(flow)
        if credit:
            self.bylines += read_byline(flow, *credit) or []
        self.captions.append(Caption(flow.span(0, end), 0.9, flow.text))


def read_story(raw: RawStory, calendar: Calendar) -> tuple[ParsedStory, list[Piece]]:
    story = Story(raw, calendar)
    story.read_blocks()
    title, asked = read_title(raw.title)
    story.questions += asked + questions_of(story.bylines)
    record = read_record(story.paragraphs, title, calendar)
    story.questions += record.questions
    dateline = _dateline(story, record)
    paragraphs = tuple(
        Paragraph(flow.span(0, len(flow)), 0.95, flow.text) for flow in story.paragraphs
    )
    parsed = ParsedStory(
        title,
        dateline,
        paragraphs,
        record.day,
        tuple(story.bylines),
        tuple(story.captions),
        record.persons,
        record.organisations,
        record.inspections,
        record.meetings,
        record.statements,
        record.figures,
        tuple(story.questions),
    )
    return parsed, story.pieces


def _dateline(story, record):
    """The label with its own day, or else with the first that the story names."""
    label = story.dateline
    return replace(label, day=label.day or record.day) if label else None
