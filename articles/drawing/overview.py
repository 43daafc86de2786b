"""The overview of a quarter: people against the places and meetings of its days.

A short quarter has a column for each stop; a long one has a column for each party and meeting,
and its months are named.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.drawing import ladder, matrix
from articles.drawing.sheet import Figure, date
from articles.drawing.walks import Role, walks_of

#: Stops beyond which a walk has one column.
MOST_COLUMNS = 64
#: Meaning of each mark.
KEY = (
    ("dot", gettext_lazy("带队")),
    ("box", gettext_lazy("主持或讲话")),
    ("ring", gettext_lazy("陪同或参加")),
    ("way-open", gettext_lazy("原文以“等”结尾，名单未尽")),
)


def overview(events, title: str) -> Figure | None:
    """Figure of ``events``, laid out and in order of days; None where there are none.

    Each event has ``present`` rows with their ``rank``, an inspection its ``parties``.
    """
    walks, people = walks_of(events)
    if not walks:
        return None
    with_stops = sum(max(len(walk.places), 1) for walk in walks) <= MOST_COLUMNS
    words = (title, _("图下的文字版逐场列出。"))
    strips = matrix.by_stop(walks) if with_stops else matrix.by_walk(walks)
    wide = [
        drawing
        for strip in strips
        for drawing in matrix.draw(strip, people, *words, whole_days=with_stops)
    ]
    return Figure(
        name="overview",
        title=title,
        drawings=[*wide, ladder.draw(walks, people, *words, with_stops=with_stops)],
        key=list(KEY),
        columns=[_("日期"), _("场次"), _("具名的人"), _("点位")],
        rows=[_row(walk, people) for walk in walks],
    )


def _row(walk, people):
    """Cells of a walk: day, what, who, where."""
    there = "；".join(
        "、".join(people[key].name for key in keys) + role.label
        for role, keys in walk.by(Role).items()
    )
    what = "，".join(filter(None, [walk.kind, walk.title, walk.group]))
    cells = [date(walk.day), what, there or _("原文未列名"), "、".join(walk.places)]
    if walk.open_ended:
        cells[2 if walk.is_meeting else 3] += _("（名单未尽）")
    return cells
