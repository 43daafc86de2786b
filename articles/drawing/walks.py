"""What an overview tells: who was with which party where, taken from events laid out for a page."""

import datetime
import math
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from articles.models import Attendance, Meeting

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
    """A party of an inspection, or a meeting: a run of columns, and a row of the table."""

    day: datetime.date
    kind: str
    title: str
    group: str = ""
    places: list[str] = field(default_factory=list)
    open_ended: bool = False
    is_meeting: bool = False
    #: Role by person: the official's key, else the printed name.
    roles: dict[int | str, str] = field(default_factory=dict)

    @property
    def is_led(self) -> bool:
        """Whether someone named led it."""
        return Role.LEAD in self.roles.values()

    def mark_of(self, person) -> str | None:
        """Mark of a person, by key; None for who was not named there."""
        return MARKS.get(self.roles.get(person))

    def by(self, kind_of) -> dict[str, list]:
        """Keys of its people by ``kind_of`` their role, the weightiest first."""
        found = {}
        for role in _WEIGHTIEST:
            keys = [key for key, held in self.roles.items() if held == role]
            if keys:
                found.setdefault(kind_of(role), []).extend(keys)
        return found

    def add(self, person, role) -> None:
        """Note that a person had a role; of two roles the weightier stays."""
        held = self.roles.get(person, role)
        self.roles[person] = min(held, role, key=_WEIGHTIEST.index)


@dataclass
class Person:
    """Someone named, with the best rank of those days; infinite where the register has none."""

    name: str
    rank: float = math.inf


def walks_of(events) -> tuple[list[Walk], dict[int | str, Person]]:
    """Walks of ``events`` in their order, and the people named there, by rank, then as printed."""
    walks, people = [], {}
    for event in events:
        rows = [(row.official_id or row.printed_name, row) for row in event.present]
        rows = [(key, row) for key, row in rows if row.printed_name]
        for key, row in rows:
            name = row.official.name if row.official else row.printed_name
            person = people.setdefault(key, Person(name))
            if row.rank is not None:
                person.rank = min(person.rank, row.rank)
        walks += _walks(event, rows)
    return walks, dict(sorted(people.items(), key=lambda item: item[1].rank))


def _walks(event, rows):
    if isinstance(event, Meeting):
        kind = _lasting(event.form or _("会议"), event)
        walks = [Walk(event.held_on, kind, event.name, is_meeting=True)]
    else:
        kind = _lasting(event.get_kind_display(), event)
        walks = [
            Walk(event.held_on, kind, event.title, group, places)
            for group, places in _groups(event, rows).items()
        ]
    for walk in walks:
        walk.open_ended = event.open_ended
        for key, row in rows:
            if walk.is_meeting or row.group in {walk.group, ""}:
                walk.add(key, row.role)
    return walks


def _lasting(kind, event):
    """Kind of an event, and how long it went on after the day that a drawing gives."""
    return "，".join(filter(None, [kind, event.until]))


def _groups(event, rows):
    """Places by group. Who led without a group led all of them."""
    groups = {party.name: [stop.place for stop in party.stops] for party in event.parties}
    for _key, row in rows:
        groups.setdefault(row.group, [])
    if len(groups) > 1 and not groups.get("", True):
        del groups[""]
    return groups or {"": []}
