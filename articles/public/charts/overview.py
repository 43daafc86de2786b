"""The overview of a quarter: people against the places and meetings of its days.

A short quarter has a column for each stop; a long one has a column for each party and meeting,
and its months are named. A column leads to its event. A page without the room for it has the
events as a list, which says the same.
"""

import datetime
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Inspection, Meeting
from articles.public.charts import overview_wide
from articles.public.charts.overview_data import Walk, walks_of
from articles.public.charts.svg import Figure

#: Stops beyond which a walk has one column.
MOST_COLUMNS = 64
#: Meaning of each mark.
KEY = (
    ("dot", gettext_lazy("带队")),
    ("box", gettext_lazy("主持或讲话")),
    ("ring", gettext_lazy("陪同或参加")),
    ("way-open", gettext_lazy("原文以“等”结尾，名单未尽")),
)


@dataclass
class OverviewEvent:
    """An event of the list under the figure: the walks of its parties, or itself as one."""

    event: Inspection | Meeting
    walks: list[Walk]

    @property
    def day(self) -> datetime.date:
        return self.event.held_on

    @property
    def kind(self) -> str:
        """What it was, and how long it went on."""
        return self.walks[0].kind


@dataclass
class Overview(Figure):
    """The figure, and its events in the order of their days."""

    events: list[OverviewEvent] = field(default_factory=list)


def overview(records, title: str) -> Overview | None:
    """Figure of the events in ``records``, which come by day; None where there are none.

    A record has its ``event``, ``present`` rows with their ``rank``, and the ``parties``.
    """
    walks, people = walks_of(records)
    if not walks:
        return None
    with_stops = sum(max(len(walk.places), 1) for walk in walks) <= MOST_COLUMNS
    words = (title, _("图下的文字版逐场列出。"))
    strips = overview_wide.by_stop(walks) if with_stops else overview_wide.by_walk(walks)
    return Overview(
        name="overview",
        title=title,
        drawings=[
            drawing
            for strip in strips
            for drawing in overview_wide.draw(strip, people, *words, whole_days=with_stops)
        ],
        key=list(KEY),
        events=[
            OverviewEvent(event, list(own)) for event, own in groupby(walks, attrgetter("event"))
        ],
    )
