"""Data of an overview: who was with which party where, taken from records of events."""

import datetime
import math
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from articles.models import Attendance, Inspection, Meeting
from people.models import Official

Role = Attendance.Role

#: Mark of each role, the weightiest first.
MARKS = {
    Role.LEAD: "dot",
    Role.CHAIR: "box",
    Role.SPEAK: "box",
    Role.ACCOMPANY: "ring",
    Role.ATTEND: "ring",
}
_WEIGHTIEST = list(MARKS)


@dataclass
class Walk:
    """A party of an inspection, or a meeting: a run of columns, and a line of the list."""

    event: Inspection | Meeting
    kind: str
    group: str = ""
    #: Each with its ``place`` and ``projects``.
    stops: list = field(default_factory=list)
    #: Role by person: the official's key, else the printed name.
    roles: dict[int | str, str] = field(default_factory=dict)
    #: Label of each role and who had it, the weightiest first.
    there: list[tuple[str, list["Person"]]] = field(default_factory=list)

    @property
    def day(self) -> datetime.date:
        return self.event.held_on

    @property
    def is_meeting(self) -> bool:
        """Whether it is a meeting, which has no stops."""
        return isinstance(self.event, Meeting)

    @property
    def open_ended(self) -> bool:
        return self.event.open_ended

    @property
    def places(self) -> list[str]:
        return [stop.place for stop in self.stops]

    def mark_of(self, person) -> str | None:
        """Mark of a person, by key; None for who was not named there."""
        return MARKS.get(self.roles.get(person))

    def add(self, person, role) -> None:
        """Note that a person had a role; of two roles the weightier stays."""
        held = self.roles.get(person, role)
        self.roles[person] = min(held, role, key=_WEIGHTIEST.index)


@dataclass
class Person:
    """Someone named, with the best rank of those days; infinite where the register has none."""

    name: str
    official: Official | None = None
    rank: float = math.inf


def walks_of(records) -> tuple[list[Walk], dict[int | str, Person]]:
    """Walks of events in their order, and the people named there, by rank, then as printed."""
    walks, people = [], {}
    for record in records:
        rows = [(row.official_id or row.printed_name, row) for row in record.present]
        rows = [(key, row) for key, row in rows if row.printed_name]
        for key, row in rows:
            name = row.official.name if row.official else row.printed_name
            person = people.setdefault(key, Person(name, row.official))
            if row.rank is not None:
                person.rank = min(person.rank, row.rank)
        walks += _walks(record, rows)
    people = dict(sorted(people.items(), key=lambda item: item[1].rank))
    for walk in walks:
        for role in _WEIGHTIEST:
            there = [person for key, person in people.items() if walk.roles.get(key) == role]
            if there:
                walk.there.append((role.label, there))
    return walks, people


def _walks(record, rows):
    event = record.event
    if isinstance(event, Meeting):
        walks = [Walk(event, _lasting(event.form or _("会议"), event))]
    else:
        kind = _lasting(event.get_kind_display(), event)
        walks = [Walk(event, kind, group, stops) for group, stops in _groups(record, rows).items()]
    for walk in walks:
        for key, row in rows:
            if walk.is_meeting or row.group in {walk.group, ""}:
                walk.add(key, row.role)
    return walks


def _lasting(kind, event):
    """Kind of an event, and how long it went on after the day that a drawing gives."""
    return "，".join(filter(None, [kind, event.until]))


def _groups(record, rows):
    """Stops by group. Who led without a group led all of them."""
    groups = {party.name: party.stops for party in record.parties}
    for _key, row in rows:
        groups.setdefault(row.group, [])
    if len(groups) > 1 and not groups.get("", True):
        del groups[""]
    return groups or {"": []}
