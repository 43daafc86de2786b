"""Events as pages print them, loaded in a fixed number of queries however many there are."""

from dataclasses import dataclass, field
from itertools import accumulate, chain

from django.db.models import F, Prefetch, Q, Value, prefetch_related_objects

from articles.models import Article, Attendance, Inspection, Meeting, Project, Stop

#: Stops of a visit that a list shows unfolded on a wide page.
MOST_STOPS = 14


@dataclass
class PrintedStop:
    """A stop as printed, with its projects in the order in which its place names them."""

    place: str
    projects: list[Project] = field(default_factory=list)
    group: str = ""


@dataclass
class Party:
    """A group of an inspection, as printed: who led it, and its stops in order."""

    name: str
    stops: list[PrintedStop] = field(default_factory=list)
    leaders: list[Attendance] = field(default_factory=list)
    #: Whether the parties before it fill what a list shows of a visit; it is folded there.
    is_further: bool = False

    @property
    def names(self) -> list[str]:
        """Who led it, bodies without a name left out."""
        return [row.printed_name for row in self.leaders if row.printed_name]

    @property
    def projects(self) -> list[Project]:
        """Projects of its stops, in the order of the stops, each once."""
        return list(dict.fromkeys(project for stop in self.stops for project in stop.projects))


@dataclass
class EventRecord:
    """An event with the rows that pages print of it, all in their printed order."""

    event: Inspection | Meeting
    #: Who was there, bodies of people included.
    present: list[Attendance] = field(default_factory=list)
    #: Rows with demands, what was said without a speaker included.
    asked: list[Attendance] = field(default_factory=list)
    #: Parties of an inspection.
    parties: list[Party] = field(default_factory=list)
    #: The meeting that an inspection belongs to, if readers may see it.
    meeting: Meeting | None = None
    #: Live stories that record it, newest first; empty unless they were asked for.
    stories: list[Article] = field(default_factory=list)

    @property
    def named(self) -> list[Attendance]:
        """Rows of people with a name."""
        return [row for row in self.present if row.printed_name]

    @property
    def unnamed(self) -> list[Attendance]:
        """Rows of bodies of people, such as 区四个班子领导."""
        return [row for row in self.present if not row.printed_name]

    @property
    def demand_count(self) -> int:
        """Number of all that was asked."""
        return sum(len(row.demands) for row in self.asked)

    @property
    def projects(self) -> list[Project]:
        """Projects that its parties were shown."""
        return [project for party in self.parties for project in party.projects]


def load_events(
    inspections=(), meetings=(), mentions=(), *, with_stories=False
) -> tuple[list[EventRecord], list[EventRecord]]:
    """Records of both, in at most seven queries, those of the arguments included.

    Of inspections ``with_meeting`` the record has the meeting, where readers may see it.
    ``mentions`` that the same page prints get their titles, too.
    """
    inspections, meetings = list(inspections), list(meetings)
    attendance = []
    if inspections or meetings:
        at_them = Q(inspection__in=inspections) | Q(meeting__in=meetings)
        attendance = list(Attendance.objects.filter(at_them).select_related("official"))
    prefetch_related_objects(
        inspections, Prefetch("stops", Stop.objects.prefetch_related("projects"))
    )
    stops = {
        inspection.pk: [printed_stop(stop, stop.projects.all()) for stop in inspection.stops.all()]
        for inspection in inspections
    }
    told = (event for event in inspections if getattr(event, "meeting_told_by", None))
    shown = {event.meeting_id: event.meeting for event in told}
    load_posts((*attendance, *mentions))
    records = event_records(inspections, meetings, attendance, stops, shown)
    if with_stories:
        stories = stories_of_events(inspections, meetings)
        for record in chain(*records):
            record.stories = stories[record.event]
    return records


def load_posts(rows) -> None:
    """Load the posts of officials that ``rows`` name, for their titles of the day. One query."""
    officials = [row.official for row in rows if row.official]
    prefetch_related_objects(officials, "appointments")


def event_records(
    inspections, meetings, attendance, stops, shown
) -> tuple[list[EventRecord], list[EventRecord]]:
    """Records of ``inspections`` and of ``meetings``, made of rows that are loaded.

    ``stops``: by the key of their inspection; ``shown``: meetings that readers may see, by key.
    """
    events = {("inspection", event.pk): event for event in inspections}
    events |= {("meeting", event.pk): event for event in meetings}
    rows = {event: [] for event in events.values()}
    for row in attendance:
        kind = "inspection" if row.inspection_id else "meeting"
        event = events[kind, row.event_id]
        setattr(row, kind, event)
        rows[event].append(row)
    return (
        [
            _record(event, rows[event], stops[event.pk], shown.get(event.meeting_id))
            for event in inspections
        ],
        [_record(event, rows[event]) for event in meetings],
    )


def _record(event, rows, stops=(), meeting=None):
    present = [row for row in rows if not row.is_speakerless]
    asked = [row for row in rows if row.demands]
    return EventRecord(event, present, asked, _parties(stops, present), meeting)


def _parties(stops, present):
    """Parties in the order of their first row."""
    parties: dict[str, Party] = {}
    for stop in stops:
        parties.setdefault(stop.group, Party(stop.group)).stops.append(stop)
    for row in present:
        # A meeting has no parties, and nobody leads one.
        if row.inspection_id and row.role == row.Role.LEAD:
            parties.setdefault(row.group, Party(row.group)).leaders.append(row)
    ends = accumulate(len(party.stops) for party in parties.values())
    for number, (party, end) in enumerate(zip(parties.values(), ends, strict=True)):
        party.is_further = number > 0 and end > MOST_STOPS
    return list(parties.values())


def printed_stop(stop, projects) -> PrintedStop:
    """The stop with its ``projects``."""
    places = {project: stop.place.find(project.name) for project in projects}
    in_order = sorted(places, key=lambda project: (places[project] < 0, places[project]))
    return PrintedStop(stop.place, in_order, stop.group)


def stories_of_events(inspections=(), meetings=()) -> dict[Inspection | Meeting, list[Article]]:
    """Live stories that record each event, newest first, with what a link prints. One query."""
    events = {("inspections", event.pk): event for event in inspections}
    events |= {("meetings", event.pk): event for event in meetings}
    stories = {event: [] for event in events.values()}
    columns = ("pk", "headline", "slug", "issued_on", "summary")
    # Two indexed halves: no database finds its way through an OR over two joins.
    first, second = (
        Article.objects.live()
        .filter(**{f"{relation}__in": [event.pk for event in found]})
        .order_by()
        .values_list(Value(relation), F(relation), *columns)
        for relation, found in (("inspections", inspections), ("meetings", meetings))
    )
    for relation, pk, *values in first.union(second, all=True).order_by("-issued_on", "pk"):
        story = Article(**dict(zip(columns, values, strict=True)))
        stories[events[relation, pk]].append(story)
    return stories
