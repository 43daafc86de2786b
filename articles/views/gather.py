"""Events laid out as pages print them, in a fixed number of queries however many there are."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Prefetch, Q, prefetch_related_objects

from articles.models import Article, Attendance, Inspection, Meeting, Project, Stop


@dataclass
class Party:
    """A group of an inspection, as printed: who led it, and its stops in order."""

    name: str
    stops: list[Stop] = field(default_factory=list)
    leaders: list[Attendance] = field(default_factory=list)

    @property
    def projects(self) -> list[Project]:
        """Projects that its stops show, in the order of the stops, each once."""
        return list(dict.fromkeys(project for stop in self.stops for project in stop.seen))


def gather(inspections=(), meetings=()) -> tuple[list[Inspection], list[Meeting]]:
    """Evaluate both and give each event what a page prints of it.

    ``present``: all rows of attendance in order; ``asked``: those with demands; an inspection also
    ``parties`` in the order of their first row, ``company`` (who went without leading) and
    ``related_meeting`` where the public may see it. Six queries, a seventh where a title is to be
    looked up.
    """
    inspections, meetings = list(inspections), list(meetings)
    _attach_attendance(inspections, meetings)
    stops = Stop.objects.select_related("organisation").prefetch_related("projects")
    prefetch_related_objects(inspections, Prefetch("stops", stops))
    shown = {meeting.pk: meeting for meeting in meetings}
    linked = {inspection.meeting_id for inspection in inspections} - {None, *shown}
    if linked:
        shown |= Meeting.objects.public().in_bulk(linked)
    for inspection in inspections:
        inspection.related_meeting = shown.get(inspection.meeting_id)
        inspection.parties = _parties(inspection)
        inspection.company = [row for row in inspection.present if row.role != row.Role.LEAD]
    return inspections, meetings


def _attach_attendance(inspections, meetings):
    present = defaultdict(list)
    if inspections or meetings:
        at_them = Q(inspection__in=inspections) | Q(meeting__in=meetings)
        for row in Attendance.objects.filter(at_them).with_rank().select_related("official"):
            present["inspection" if row.inspection_id else "meeting", row.event_id].append(row)
    for name, events in (("inspection", inspections), ("meeting", meetings)):
        for event in events:
            event.present = present[name, event.pk]
            event.asked = [row for row in event.present if row.demands]
            for row in event.present:
                setattr(row, name, event)
    untitled = [
        row.official
        for rows in present.values()
        for row in rows
        if row.official and not row.printed_title
    ]
    prefetch_related_objects(untitled, "appointments")


def _parties(inspection):
    parties: dict[str, Party] = {}
    for stop in inspection.stops.all():
        stop.seen = _as_printed(stop)
        parties.setdefault(stop.group, Party(stop.group)).stops.append(stop)
    for row in inspection.present:
        if row.role == row.Role.LEAD:
            parties.setdefault(row.group, Party(row.group)).leaders.append(row)
    return list(parties.values())


def _as_printed(stop):
    """Projects of a stop in the order in which its printed place names them."""
    places = {project: stop.place.find(project.name) for project in stop.projects.all()}
    return sorted(places, key=lambda project: (places[project] < 0, places[project]))


def attach_stories(events) -> None:
    """Give each event ``stories``: the live ones that record it, newest first. One query."""
    prefetch_related_objects(
        events, Prefetch("articles", Article.objects.live().defer("body"), to_attr="stories")
    )
