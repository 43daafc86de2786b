"""What is found on a page. Each finding has the passage it was read from, and how sure it is."""

import datetime
from dataclasses import dataclass, field

from articles.importing.parser.text import Span


@dataclass(frozen=True)
class Finding:
    """Something read: where, and how surely, from 0 to 1."""

    span: Span
    confidence: float


@dataclass(frozen=True)
class Question:
    """What a person has to decide. ``kind`` names the sort, ``text`` asks it."""

    kind: str
    text: str
    span: Span
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Piece:
    """A passage of the page, as it was read. All pieces together are the page."""

    kind: str
    text: str
    span: Span


@dataclass(frozen=True)
class Title(Finding):
    """Lines above a story; ``other`` is the other way to split them: kicker, headline, subhead."""

    kicker: str = ""
    headline: str = ""
    subhead: str = ""
    column: str = ""
    other: tuple[str, str, str] | None = None


@dataclass(frozen=True)
class Day(Finding):
    """A day as printed; ``date`` is None where the year or more is missing."""

    printed: str
    date: datetime.date | None
    part: str = ""


@dataclass(frozen=True)
class Dateline(Finding):
    """``label`` as printed; the day of the label, or else the first that the story names."""

    label: str
    place: str = ""
    agency: str = ""
    day: Day | None = None


@dataclass(frozen=True)
class Byline(Finding):
    """Who signs. ``role`` as printed, ``duty`` without prefixes: 本报记者 is 记者."""

    role: str
    name: str
    duty: str = ""
    outlet: str = ""
    #: What was made: 文, 摄, 文/图.
    work: str = ""


@dataclass(frozen=True)
class Person(Finding):
    """A person named in the text, at the first place."""

    name: str
    title: str
    organisation: str = ""


@dataclass(frozen=True)
class Attendee(Finding):
    """Who took part and how. No name: a body of people, called by ``title``."""

    name: str
    title: str
    role: str


@dataclass(frozen=True)
class Stop(Finding):
    """A place or matter visited, as printed, with the projects it names."""

    text: str
    projects: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group(Finding):
    """Those who went together; no name where the whole party did."""

    name: str
    leader: str
    stops: tuple[Stop, ...]
    open_ended: bool = False


@dataclass(frozen=True)
class Inspection(Finding):
    kind: str
    day: Day | None
    place: str = ""
    groups: tuple[Group, ...] = ()
    attendees: tuple[Attendee, ...] = ()


@dataclass(frozen=True)
class Meeting(Finding):
    """``name`` as printed; ``organiser`` is who called it, where it stands before 召开."""

    name: str
    day: Day | None
    form: str = ""
    organiser: str = ""
    attendees: tuple[Attendee, ...] = ()
    open_ended: bool = False


@dataclass(frozen=True)
class Statement(Finding):
    """What someone said or asked, point by point. ``speaker`` may be 会议."""

    speaker: str
    verb: str
    points: tuple[Span, ...]


@dataclass(frozen=True)
class Figure(Finding):
    """A number with its unit; ``about`` is 余, 多, 近 … where it is approximate."""

    number: str
    unit: str
    about: str = ""


@dataclass(frozen=True)
class Caption(Finding):
    text: str


@dataclass(frozen=True)
class Paragraph(Finding):
    text: str


@dataclass(frozen=True)
class Organisation(Finding):
    name: str


@dataclass(frozen=True)
class ParsedStory:
    """A story with all that was read in it."""

    title: Title | None
    dateline: Dateline | None
    paragraphs: tuple[Paragraph, ...]
    #: The first day that the text names.
    day: Day | None = None
    bylines: tuple[Byline, ...] = ()
    captions: tuple[Caption, ...] = ()
    persons: tuple[Person, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    inspections: tuple[Inspection, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    statements: tuple[Statement, ...] = ()
    figures: tuple[Figure, ...] = ()
    questions: tuple[Question, ...] = ()

    @property
    def projects(self) -> tuple[str, ...]:
        """Names of the projects visited, each once."""
        names = (
            name
            for inspection in self.inspections
            for group in inspection.groups
            for stop in group.stops
            for name in stop.projects
        )
        return tuple(dict.fromkeys(names))


@dataclass(frozen=True)
class ParsedPage:
    stories: tuple[ParsedStory, ...]
    pieces: tuple[Piece, ...]
    questions: tuple[Question, ...] = field(default=())
