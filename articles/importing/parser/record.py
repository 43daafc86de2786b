"""What a story records: people, events, statements, figures."""

from dataclasses import dataclass, field

from articles.importing.parser.attendance import read_attendance
from articles.importing.parser.dates import Calendar, days
from articles.importing.parser.doubts import read_doubts
from articles.importing.parser.figures import read_figures
from articles.importing.parser.findings import (
    Day,
    Figure,
    Inspection,
    Meeting,
    Organisation,
    Person,
    Question,
    Statement,
    Title,
)
from articles.importing.parser.inspections import Scene, read_inspections
from articles.importing.parser.meetings import read_meetings
from articles.importing.parser.persons import first_mentions, people_in
from articles.importing.parser.statements import read_statements
from articles.importing.parser.text import Flow

#: A longer paragraph is kept, and not read: no paper prints one.
LONGEST = 20_000
_UNSURE = 0.6


@dataclass
class Record:
    day: Day | None = None
    persons: tuple[Person, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    inspections: tuple[Inspection, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    statements: tuple[Statement, ...] = ()
    figures: tuple[Figure, ...] = ()
    questions: list[Question] = field(default_factory=list)


def read_record(paragraphs: list[Flow], title: Title | None, calendar: Calendar) -> Record:
    record = Record()
    for flow in paragraphs:
        if len(flow) > LONGEST:
            asked = f"这一段有{len(flow)}字,没有读人名和活动,是否漏了换行?"
            record.questions.append(Question("too-long", asked, flow.span(0, len(flow))))
    flows = [flow for flow in paragraphs if len(flow) <= LONGEST]
    record.day = next((day for flow in flows for day in days(flow, calendar)), None)
    found: list[Person] = []
    story = "\n".join(flow.folded for flow in flows)
    for flow in flows:
        known = frozenset(person.name for person in found)
        found += people_in(flow, known=known, story=story)
    record.persons = tuple(first_mentions(found))
    record.questions += _questions(record)
    record.questions += (doubt for flow in flows for doubt in read_doubts(flow))
    opening = f"{title.kicker} {title.headline} " if title else ""
    scene = Scene(
        calendar, record.persons, record.day, opening + (flows[0].folded if flows else "")
    )
    inspections, asked = read_inspections(flows, scene)
    record.questions += asked
    meetings = read_meetings(flows, calendar, record.day)
    record.inspections, record.meetings = read_attendance(
        flows, record.persons, inspections, meetings
    )
    record.statements = tuple(read_statements(flows, record.persons))
    record.figures = tuple(figure for flow in flows for figure in read_figures(flow))
    record.organisations = tuple(_organisations(record))
    return record


def _questions(record):
    for person in record.persons:
        if person.confidence < _UNSURE:
            asked = f"“{person.name}”是人名吗?"
            yield Question("person", asked, person.span, (person.name,))


def _organisations(record):
    """Bodies that titles name, each once."""
    seen = set()
    for person in record.persons:
        if person.organisation and person.organisation not in seen:
            seen.add(person.organisation)
            yield Organisation(person.span, 0.7, person.organisation)
