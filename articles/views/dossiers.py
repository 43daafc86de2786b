"""Dossiers, read quarter by quarter or month by month: some things show in thousands of stories."""

from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from articles.models import Article
from articles.quarter import Quarter
from articles.views.base import DossierPage, NoSuchPage

#: Newest stories that a dossier looks into, and those of one quarter; the list of stories has all.
LATEST, OF_QUARTER = 100, 200
#: Stories of a quarter that it prints; there is a link to all.
STORIES = 10


class Shown(NamedTuple):
    """A story that shows the subject of a dossier."""

    pk: int
    issued_on: object
    quarter: Quarter


class QuarterlyDossier(DossierPage):
    """A dossier of what a derived table traces, such as an official or a project."""

    #: Derived table, and the name of its column and of the filter of the list of stories.
    appearances = None
    parameter = ""
    parameters = ("quarter",)

    def get_context_data(self, **context):
        """Context with the quarters, and the newest stories of one.

        ``self.shown``: the newest live stories; ``self.told``: keys of those of the quarter.
        """
        traces = self.appearances.objects.live().filter(**{self.parameter: self.object})
        self.shown = self._newest(traces, LATEST)
        quarters = list(
            dict.fromkeys(sorted((story.quarter for story in self.shown), reverse=True))
        )
        if len(self.shown) == LATEST:
            quarters = traces.quarters()
        self.quarter = self._chosen(quarters)
        self.told = [story.pk for story in self.shown if story.quarter == self.quarter]
        if len(self.shown) == LATEST:
            of_quarter = self._newest(traces.filter(quarter=self.quarter), OF_QUARTER)
            self.told = [story.pk for story in of_quarter]
        listed = self.to_list()
        stories = Article.objects.live().filter(pk__in=listed[:STORIES]).for_list()
        query = {self.parameter: self.object.slug}
        of_list = reverse("articles")
        return super().get_context_data(
            quarter=self.quarter,
            quarters=quarters,
            stories=list(stories),
            story_count=len(self.told),
            all_stories=f"{of_list}?{urlencode({**query, 'quarter': self.quarter})}",
            # None where there are more than it looks into.
            total=len(self.shown) if len(self.shown) < LATEST else None,
            every_story=f"{of_list}?{urlencode(query)}",
            **context,
        )

    def to_list(self) -> list[int]:
        """Keys of the stories of the quarter that the page lists, the newest first."""
        return self.told

    def _newest(self, traces, most):
        rows = traces.order_by("-issued_on", "-article_id")
        rows = rows.values_list("article_id", "issued_on", "quarter")[:most]
        return [Shown(*row) for row in rows]

    def _chosen(self, quarters):
        """Quarter of the address, else the newest; 404 for one without a story."""
        wanted = self.request.GET.get("quarter")
        if not wanted:
            return quarters[0]
        try:
            quarter = Quarter.parse(wanted)
        except ValueError:
            quarter = None
        if quarter not in quarters:
            raise NoSuchPage(_("这里没有“%(quarter)s”的记录。") % {"quarter": wanted[:20]})
        return quarter


def chosen_month(request, months):
    """Month of the address among ``months``, else the first of them; 404 for another."""
    wanted = request.GET.get("month")
    if not wanted:
        return next(iter(months))
    for month in months:
        if wanted == month.isoformat()[:7]:
            return month
    raise NoSuchPage(_("这里没有“%(month)s”的记录。") % {"month": wanted[:20]})
