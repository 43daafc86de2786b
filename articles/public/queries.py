"""What pages load: events and the record of a story, in few queries however much there is."""

import datetime
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import F, Prefetch, Q, Value, prefetch_related_objects

from articles.models import Article, Attendance, Inspection, Meeting, Project, Stop
from articles.quarter import Quarter

#: Placeholders: for the key of a row or for a quarter, one a statement; and for a day.
ANY_KEY, ANY_QUARTER, ANY_DAY = -1, Quarter(9999, 4), datetime.date(9999, 12, 31)


def fetch_compiled(statement, subject=None, day=ANY_DAY) -> list[tuple]:
    """Run ``statement``, the SQL and parameters of a queryset, with values for its placeholders.

    ``subject`` is the key or the quarter that it is about, as the column holds it.
    """
    sql, params = statement
    given = {str(ANY_KEY): subject, str(ANY_QUARTER): subject, str(ANY_DAY): day}
    with connection.cursor() as cursor:
        cursor.execute(sql, [given.get(str(value), value) for value in params])
        return cursor.fetchall()


@dataclass
class Party:
    """A group of an inspection, as printed: who led it, and its stops in order."""

    name: str
    stops: list[Stop] = field(default_factory=list)
    leaders: list[Attendance] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """Who led it, the bodies without a name left out."""
        return [row.printed_name for row in self.leaders if row.printed_name]

    @property
    def projects(self) -> list[Project]:
        """Projects that its stops show, in the order of the stops, each once."""
        return list(dict.fromkeys(project for stop in self.stops for project in stop.seen))


def load_events(inspections=(), meetings=(), mentions=()) -> tuple[list[Inspection], list[Meeting]]:
    """Evaluate both and fill them: six queries at most, theirs included.

    Inspections come ``with_meeting``. ``mentions`` that the same page prints get their titles, too.
    """
    inspections, meetings = list(inspections), list(meetings)
    attendance = []
    if inspections or meetings:
        at_them = Q(inspection__in=inspections) | Q(meeting__in=meetings)
        rows = Attendance.objects.filter(at_them).with_rank()
        attendance = list(rows.select_related("official"))
    stops = Stop.objects.prefetch_related(Prefetch("projects", to_attr="seen"))
    prefetch_related_objects(inspections, Prefetch("stops", stops, to_attr="route"))
    shown = {event.meeting_id: event.meeting for event in inspections if event.meeting_told_by}
    fill_events(inspections, meetings, attendance, shown, mentions)
    return inspections, meetings


def fill_events(inspections, meetings, attendance, shown, mentions=()) -> None:
    """Give each event what a page prints of it.

    ``present``: who was there, in order, the ``named`` among them and the ``unnamed`` bodies of
    people; ``asked``: rows with demands; an inspection
    also ``parties`` in the order of their first row, ``company`` (who went without leading) and
    ``related_meeting``, where ``shown`` has that meeting by its key. Inspections come with their
    ``route`` of stops, and stops with the projects ``seen`` there. ``mentions``: of the same page.
    """
    events = {("inspection", event.pk): event for event in inspections}
    events |= {("meeting", event.pk): event for event in meetings}
    for event in events.values():
        event.present = []
    for row in attendance:
        kind = "inspection" if row.inspection_id else "meeting"
        setattr(row, kind, events[kind, row.event_id])
        row.event.present.append(row)
    officials = [row.official for row in (*attendance, *mentions) if row.official]
    prefetch_related_objects(officials, "appointments")
    for event in events.values():
        event.asked = [row for row in event.present if row.demands]
        event.present = [row for row in event.present if not row.is_speakerless]
        event.named = [row for row in event.present if row.printed_name]
        event.unnamed = [row for row in event.present if not row.printed_name]
    for inspection in inspections:
        inspection.related_meeting = shown.get(inspection.meeting_id)
        inspection.parties = _parties(inspection)
        inspection.company = [row for row in inspection.present if row.role != row.Role.LEAD]


def _parties(inspection):
    parties: dict[str, Party] = {}
    for stop in inspection.route:
        stop.seen = _as_printed(stop)
        parties.setdefault(stop.group, Party(stop.group)).stops.append(stop)
    for row in inspection.present:
        if row.role == row.Role.LEAD:
            parties.setdefault(row.group, Party(row.group)).leaders.append(row)
    return list(parties.values())


def _as_printed(stop):
    """Projects of a stop in the order in which its printed place names them."""
    places = {project: stop.place.find(project.name) for project in stop.seen}
    return sorted(places, key=lambda project: (places[project] < 0, places[project]))


def attach_stories(inspections=(), meetings=()) -> None:
    """Give each event ``stories``: the live ones that record it, newest first. One query."""
    events = {("inspections", event.pk): event for event in inspections}
    events |= {("meetings", event.pk): event for event in meetings}
    for event in events.values():
        event.stories = []
    columns = ("pk", "headline", "slug", "issued_on", "summary")
    # Two indexed halves: no database finds its way through an OR over two joins.
    first, second = (
        Article.objects.live()
        .filter(**{f"{relation}__in": [event.pk for event in found]})
        .order_by()
        .values_list(Value(relation), F(relation), *columns)
        for relation, found in (("inspections", inspections), ("meetings", meetings))
    )
    for relation, event, *values in first.union(second, all=True).order_by("-issued_on", "pk"):
        events[relation, event].stories.append(Article(**dict(zip(columns, values, strict=True))))
