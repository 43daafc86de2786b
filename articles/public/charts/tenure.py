"""Titles over time: terms as lines, and the days on which the paper printed a title as dots."""

import datetime
from dataclasses import dataclass, field

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.public.charts.svg import Drawing, Figure, wrap

WIDTH = 372
#: Ends of the axis; a broken line goes on beyond them by ``BEYOND``.
FIRST, LAST, BEYOND = 44, 328, 36
#: Characters of a title on a line, and heights: of it, of the dates, of a line of a term.
ROOM, LINE, DATES, TERM = 22, 21, 34, 30
#: Days that a cell of the table lists one by one.
MOST_DAYS = 4
KEY = (
    ("dot", gettext_lazy("报道这样称呼的日子")),
    ("way", gettext_lazy("任期")),
    ("way-open", gettext_lazy("没有写到的起止")),
)


@dataclass
class Term:
    """A title from ``starts`` to ``ends``, each None if unknown, and the days it was printed on.

    ``organisation`` is empty for a title that the paper printed and the register does not have.
    """

    title: str
    organisation: str = ""
    starts: datetime.date | None = None
    ends: datetime.date | None = None
    days: list[datetime.date] = field(default_factory=list)

    @property
    def known(self) -> list[datetime.date]:
        """All days that are known of it, in order."""
        return sorted({*filter(None, (self.starts, self.ends)), *self.days})


def terms_of(posts, acts) -> list[Term]:
    """Terms of an official: the ``posts``, then titles that only the rows of attendance give."""
    terms = [Term(post.title, post.body, post.starts, post.ends) for post in posts]
    held = list(zip(posts, terms, strict=True))
    printed = {}
    for act in sorted(acts, key=lambda act: act.event.held_on):
        day = act.event.held_on
        for title in filter(None, act.title.split("、")):
            fitting = [term for post, term in held if post.title == title and post.covers(day)]
            for term in fitting or [printed.setdefault(title, Term(title))]:
                if day not in term.days[-1:]:
                    term.days.append(day)
    return [*terms, *printed.values()]


def tenure(posts, acts, title: str) -> Figure | None:
    """Figure of an official's titles; None where none is known."""
    found = terms_of(posts, acts)
    if not found:
        return None
    known = sorted({day for term in found for day in term.known})
    drawings = [_draw(found, known, title)] if known else []
    return Figure(
        name="terms",
        title=title,
        drawings=drawings,
        key=list(KEY) if known else [],
        columns=[_("职务"), _("起止"), _("见于")],
        rows=[[_titled(term), _span(term), _seen(term)] for term in found],
    )


def _titled(term):
    return f"{term.title}（{term.organisation}）" if term.organisation else term.title


def _span(term):
    if not term.organisation:
        return _("报道中的称谓")
    if not (term.starts or term.ends):
        return _("起止没有写")
    starts = date_format(term.starts) if term.starts else _("起始没有写")
    ends = date_format(term.ends) if term.ends else _("截止没有写")
    return _("%(starts)s至%(ends)s") % {"starts": starts, "ends": ends}


def _seen(term):
    days = [date_format(day, "MONTH_DAY_FORMAT") for day in term.days]
    if len(days) <= MOST_DAYS:
        return "、".join(days)
    said = {"first": days[0], "last": days[-1], "count": len(days)}
    return _("%(first)s至%(last)s，%(count)d天") % said


def _draw(found, known, title):
    drawing = Drawing("single", WIDTH, title, _("每项职务的起止和见报的日子，图旁的文字逐一列出。"))
    first, last = known[0], known[-1]
    days = (last - first).days

    def place(day):
        return FIRST + round((LAST - FIRST) * (day - first).days / days) if days else WIDTH // 2

    if days:
        drawing.write("faint", 0, 16, date_format(first))
        drawing.write("far", WIDTH, 16, date_format(last))
    else:
        drawing.write("middle", place(first), 16, date_format(first))
    y = DATES
    for term in found:
        y = drawing.write_lines("name", 0, y + 16, wrap(term.title, ROOM), LINE) - LINE + TERM - 12
        _draw_term(drawing, term, place, y)
        y += 14
    for day in dict.fromkeys((first, last)):
        drawing.line("thin", f"M{place(day)} 24V{y}")
    drawing.height = y + 2
    return drawing


def _draw_term(drawing, term, place, y):
    """The line: whole between the first and the last day that is known, broken beyond."""
    places = [place(day) for day in term.known] or [WIDTH // 2]
    if term.organisation:
        drawing.line("way", f"M{places[0]} {y}H{places[-1]}")
        if not term.starts:
            drawing.line("way-open", f"M{places[0]} {y}H{FIRST - BEYOND}")
        if not term.ends:
            drawing.line("way-open", f"M{places[-1]} {y}H{LAST + BEYOND}")
    for day in term.days:
        drawing.mark("dot", place(day), y)
