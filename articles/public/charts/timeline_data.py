"""Data of a timeline: dated facts, the quarters they are recorded in, and those without any."""

import datetime
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.public.charts.svg import date, full_date
from articles.quarter import Quarter

#: Mark of each kind of fact, and what the key says of it.
MARKS = {"step": "box", "visit": "dot", "story": "ring"}
KEY = (
    ("box", gettext_lazy("进展")),
    ("dot", gettext_lazy("观摩、调研、督导")),
    ("ring", gettext_lazy("见报")),
    ("way-open", gettext_lazy("记入别的季度")),
    ("void", gettext_lazy("没有记录的季度")),
)
#: Facts that a drawing names in a quarter; of the others it gives the number.
MOST_NAMED = 6


class Fact(NamedTuple):
    """A step, a visit or a story: its day, the quarter it is recorded in, and what to call it."""

    kind: str
    day: datetime.date
    quarter: Quarter
    words: str = ""

    @property
    def is_away(self) -> bool:
        """Whether it is recorded in a quarter other than that of its day."""
        return self.quarter != Quarter.of(self.day)

    @property
    def line(self) -> str:
        """Day and words; the year where the quarter does not say it."""
        said = date if self.day.year == self.quarter.year else full_date
        return said(self.day) + self.words


@dataclass
class Entry:
    """What is recorded in a quarter; without facts, a run of quarters up to ``last``."""

    first: Quarter
    last: Quarter
    facts: list[Fact] = field(default_factory=list)

    @property
    def label(self) -> str:
        """The quarter, or the first and the last of a run."""
        if self.first == self.last:
            return self.first.label
        return _("%(first)s至%(last)s") % {"first": self.first.label, "last": self.last.label}

    @property
    def events(self) -> list[Fact]:
        """Steps and visits."""
        return [fact for fact in self.facts if fact.kind != "story"]

    @property
    def stories(self) -> int:
        """Number of stories."""
        return len(self.facts) - len(self.events)

    def lines(self, most=None) -> list[tuple[str, str]]:
        """Mark, if any, and words of all that is recorded; of events no more than ``most``."""
        if not self.facts:
            return [("", _("没有记录"))]
        events = self.events
        lines = [(MARKS[fact.kind], fact.line) for fact in events[:most]]
        if len(lines) < len(events):
            lines.append(("", _("另有%(count)d次") % {"count": len(events) - len(lines)}))
        if self.stories:
            count = _("%(count)d篇稿件") % {"count": self.stories}
            lines.append((MARKS["story"], count))
        return lines


def entries_of(facts) -> list[Entry]:
    """Entries from the first to the last quarter on record; quarters without one stand in runs."""
    facts = sorted(facts, key=lambda fact: (fact.quarter, fact.day, fact.kind))
    entries = []
    for quarter, some in groupby(facts, lambda fact: fact.quarter):
        if entries and entries[-1].last.following < quarter:
            entries.append(Entry(entries[-1].last.following, quarter.previous))
        entries.append(Entry(quarter, quarter, list(some)))
    return entries
