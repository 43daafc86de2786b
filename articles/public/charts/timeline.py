"""The timeline of a project: days on an axis, and under each quarter what is recorded in it."""

import datetime
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.public.charts.svg import Drawing, Figure, wrap
from articles.quarter import MONTHS, QUARTERS, Quarter

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
        this_year = self.day.year == self.quarter.year
        return (
            date_format(self.day, "MONTH_DAY_FORMAT" if this_year else "DATE_FORMAT") + self.words
        )


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
        return [fact for fact in self.facts if fact.kind != "story"]

    @property
    def stories(self) -> int:
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


WIDE, NARROW = 1224, 324
#: Wide: height of the axis, of a lane of marks, of a line; width of a mark, between two quarters.
AXIS, LANE, LINE, MARK, GAP = 50, 16, 19, 15, 16
#: Narrow: where the bar and the words stand, characters of a line.
BAR, TEXT, ROOM = 88, 124, 14
SIZE = 14
#: As many days as the longest month.
DAYS = 31


def timeline(facts: list[Fact], title: str) -> Figure | None:
    """Figure of ``facts``; None where there are none. Its rows are ``entries_of`` them."""
    entries = entries_of(facts)
    if not entries:
        return None
    words = (title, _("每个季度记下的事，图下的文字版逐一列出。"))
    used = {MARKS[fact.kind] for fact in facts}
    used |= {"way-open" for fact in facts if fact.is_away}
    used |= {"void" for entry in entries if not entry.facts}
    recorded = {entry.first: entry for entry in entries if entry.facts}
    wide = [_Strip(strip, facts, recorded, *words).drawing for strip in _strips(facts, recorded)]
    return Figure(
        name="timeline",
        title=title,
        drawings=[*wide, _draw_narrow(entries, *words)],
        key=[(mark, words) for mark, words in KEY if mark in used],
        columns=[_("季度"), _("记录")],
        rows=[
            [entry.label, "；".join(words for _mark, words in entry.lines())] for entry in entries
        ],
    )


def _strips(facts, recorded):
    """Quarters of each drawing, four at most; a run of four or more without records is left out."""
    dated = {Quarter.of(fact.day) for fact in facts}
    quarters = [min(dated | set(recorded))]
    while quarters[-1] < max(dated | set(recorded)):
        quarters.append(quarters[-1].following)
    strips = []
    for is_blank, some in groupby(quarters, lambda one: one not in dated and one not in recorded):
        run = list(some)
        if is_blank and len(run) >= QUARTERS:
            strips.append([])
            continue
        for quarter in run:
            if not strips or len(strips[-1]) == QUARTERS:
                strips.append([])
            strips[-1].append(quarter)
    return [strip for strip in strips if strip]


class _Strip:
    """One wide drawing: some quarters, the marks of their days, and what is recorded in each."""

    def __init__(self, quarters, facts, recorded, title, description):
        self.quarters, self.recorded = quarters, recorded
        self.drawing = Drawing("wide", WIDE, title, description)
        self.width = WIDE // len(quarters)
        dated = [fact for fact in facts if Quarter.of(fact.day) in quarters]
        for quarter in quarters:
            self._draw_head(quarter)
        self.drawing.line("firm", f"M0 {AXIS}H{self.width * len(quarters)}")
        lanes = self._draw_days(dated)
        self.bar = AXIS + 30 + LANE * lanes
        self._draw_detours(dated)
        self.drawing.height = max(self._draw_record(quarter) for quarter in quarters)

    def _left(self, quarter):
        return self.quarters.index(quarter) * self.width

    def _place(self, day):
        months = (day.month - 1) % MONTHS + (day.day - 1) / DAYS
        return (
            self._left(Quarter.of(day)) + MARK // 2 + round((self.width - MARK) * months / MONTHS)
        )

    def _draw_head(self, quarter):
        left = self._left(quarter)
        self.drawing.line("firm", f"M{left} 1V24")
        self.drawing.write("day", left + 10, 20, quarter.label)
        for number in range(MONTHS):
            x = left + self.width * number // MONTHS
            month = _("%(month)d月") % {"month": (quarter.number - 1) * MONTHS + number + 1}
            self.drawing.line("thin", f"M{x} 34V{AXIS}")
            self.drawing.write("faint", x + 10, AXIS - 6, month)

    def _draw_days(self, dated):
        """Marks below the axis, each in the first lane where it has room; the number of lanes."""
        lanes = []
        for x, mark in self._spots(dated):
            free = (number for number, taken in enumerate(lanes) if taken + MARK <= x)
            lane = next(free, len(lanes))
            lanes[lane : lane + 1] = [x]
            y = AXIS + LANE * (lane + 1)
            self.drawing.line("way", f"M{x} {AXIS}V{y}")
            self.drawing.mark(mark, x, y)
        return len(lanes)

    def _spots(self, dated):
        """Place and mark of each fact; stories of one day have one."""
        spots = [(self._place(fact.day), fact) for fact in dated]
        stories = {(x, MARKS["story"]) for x, fact in spots if fact.kind == "story"}
        events = [(x, MARKS[fact.kind]) for x, fact in spots if fact.kind != "story"]
        return sorted([*stories, *events])

    def _draw_detours(self, dated):
        """Broken lines to the quarter that a fact of another quarter is recorded in."""
        y, away = self.bar - 14, {}
        for fact in dated:
            if fact.is_away and fact.quarter in self.quarters:
                away.setdefault(fact.quarter, set()).add(self._place(fact.day))
        for quarter, places in away.items():
            target = self._left(quarter) + (self.width - GAP) // 2
            for x in places:
                self.drawing.line("way-open", f"M{x} {AXIS}V{y}")
            ends = min(target, *places), max(target, *places)
            self.drawing.line("way-open", f"M{ends[0]} {y}H{ends[1]}M{target} {y}V{self.bar}")

    def _draw_record(self, quarter):
        """The bar of a quarter and what is recorded in it; where the words end."""
        left, y = self._left(quarter), self.bar + 26
        end = left + self.width - GAP
        if quarter in self.recorded:
            self.drawing.line("bar", f"M{left} {self.bar}H{end}")
            for _mark, words in self.recorded[quarter].lines(MOST_NAMED):
                lines = wrap(words, (self.width - GAP) / SIZE - 1)
                y = self.drawing.write_lines("label", left, y, lines, LINE) + 3
        elif min(self.recorded) < quarter < max(self.recorded):
            self.drawing.line("void", f"M{left} {self.bar}H{end}")
            y = self.drawing.write_lines("faint", left, y, [_("没有记录")], LINE)
        return y - LINE + 8


def _draw_narrow(entries, title, description):
    drawing, y = Drawing("narrow", NARROW, title, description), 0
    for entry in entries:
        drawing.line("thin" if y else "firm", f"M0 {y + 1}H{NARROW}")
        top, label_end = y + 12, y + 26
        if entry.first == entry.last:
            label_end = drawing.write_lines("name", 0, y + 26, wrap(entry.label, 4), 20) - 20
            lines = entry.lines(MOST_NAMED)
        else:
            lines = [(mark, entry.label + words) for mark, words in entry.lines()]
        y += 26
        for mark, words in lines:
            if mark:
                drawing.mark(mark, TEXT - 16, y - 5)
            role = "label" if entry.facts else "faint"
            y = drawing.write_lines(role, TEXT, y, wrap(words, ROOM), LINE) + 3
        y = max(y - LINE, label_end) + 14
        drawing.line("bar" if entry.facts else "void", f"M{BAR} {top}V{y - 10}")
    drawing.height = y
    return drawing
