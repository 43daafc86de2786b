"""A part of a page alone, as typed into one field: an attendance, a list of stops, a byline."""

from dataclasses import dataclass

from articles.importing.parser.attendance import attendees_in, bodies_in
from articles.importing.parser.bylines import questions_of, read_byline
from articles.importing.parser.findings import Attendee, Byline, Question, Stop
from articles.importing.parser.persons import people_in
from articles.importing.parser.stops import read_stops
from articles.importing.parser.text import Flow, Span

#: A longer text is no part of a page.
LONGEST = 20_000


@dataclass(frozen=True)
class ParsedAttendance:
    attendees: tuple[Attendee, ...]
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True)
class ParsedStops:
    stops: tuple[Stop, ...]
    #: Whether the list ends in 等.
    open_ended: bool = False
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True)
class ParsedByline:
    bylines: tuple[Byline, ...]
    questions: tuple[Question, ...] = ()


def _flow(text: str) -> Flow:
    if len(text) > LONGEST:
        msg = f"{len(text)} characters are more than {LONGEST}"
        raise ValueError(msg)
    return Flow.of(text)


def parse_attendance(text: str) -> ParsedAttendance:
    """Those whom a clause names, with their roles; those without a role took part (参加)."""
    flow = _flow(text)
    rows = attendees_in(flow)
    if not rows:
        people = [
            Attendee(one.span, one.confidence, one.name, one.title, "参加")
            for one in people_in(flow)
        ]
        rows = [*people, *bodies_in(flow, people)]
    return ParsedAttendance(tuple(sorted(rows, key=lambda row: row.span)))


def parse_stops(text: str) -> ParsedStops:
    """Places that a list names."""
    found = read_stops(_flow(text))
    return ParsedStops(tuple(found.stops), found.etc is not None, tuple(found.questions))


def parse_byline(text: str) -> ParsedByline:
    """Who signs; a question instead where the text is no byline."""
    flow = _flow(text)
    found = read_byline(flow)
    if found is None:
        asked = Question("byline", f"没有读出署名:{text.strip()[:40]}", Span(0, len(text)))
        return ParsedByline((), (asked,) if text.strip() else ())
    return ParsedByline(tuple(found), tuple(questions_of(found)))
