"""Dossiers, read quarter by quarter or month by month: some things show in thousands of stories."""

import datetime
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from articles.models import Article
from articles.public.base import DossierPage, NoSuchPage
from articles.public.seo import Subscription
from articles.quarter import Quarter

#: Newest stories that a dossier looks into, and those of one quarter; the list of stories has all.
LATEST, OF_QUARTER = 100, 200
#: Stories of a quarter that it prints; there is a link to all.
STORIES = 10


class DatedStory(NamedTuple):
    """A story that shows the subject of a dossier."""

    pk: int
    issued_on: datetime.date
    quarter: Quarter


@dataclass
class ListedStory:
    """A story that the dossier lists, and how it names the subject; empty: it need not be said."""

    story: Article
    naming: str = ""


class QuarterlyDossier(DossierPage):
    """Dossier of an official or a project, by way of its derived table of appearances."""

    #: Derived table, and the name of its column and of the filter of the list of stories.
    appearances = None
    parameter = ""
    parameters = ("quarter",)

    def get_context_data(self, **context) -> dict:
        """Context with the quarters, and the newest stories of one.

        ``self.newest_stories``: live ones; ``self.quarter_ids``: keys of those of the quarter.
        """
        rows = self.appearances.objects.live().filter(**{self.parameter: self.object})
        self.newest_stories = self._newest(rows, LATEST)
        quarters = list(
            dict.fromkeys(sorted((story.quarter for story in self.newest_stories), reverse=True))
        )
        if len(self.newest_stories) == LATEST:
            quarters = rows.quarters()
        self.quarter = self._chosen(quarters)
        self.quarter_ids = [
            story.pk for story in self.newest_stories if story.quarter == self.quarter
        ]
        if len(self.newest_stories) == LATEST:
            of_quarter = self._newest(rows.filter(quarter=self.quarter), OF_QUARTER)
            self.quarter_ids = [story.pk for story in of_quarter]
        listed = self.listed_ids()
        stories = list(Article.objects.live().filter(pk__in=listed[:STORIES]).for_list())
        naming = self.naming(stories)
        query = {self.parameter: self.object.slug}
        of_list = reverse("articles")
        return super().get_context_data(
            quarter=self.quarter,
            quarters=quarters,
            stories=[ListedStory(story, naming.get(story.pk, "")) for story in stories],
            story_count=len(self.quarter_ids),
            all_stories=f"{of_list}?{urlencode({**query, 'quarter': self.quarter})}",
            # None where there are more than it looks into.
            total=len(self.newest_stories) if len(self.newest_stories) < LATEST else None,
            every_story=f"{of_list}?{urlencode(query)}",
            **context,
        )

    def subscription(self, context) -> Subscription:
        return Subscription({self.parameter: self.object.slug})

    def listed_ids(self) -> list[int]:
        """Keys of the stories of the quarter that the page lists, the newest first."""
        return self.quarter_ids

    def naming(self, stories) -> dict[int, str]:
        """How a story names the subject, by key, where the page says so."""
        return {}

    def _newest(self, rows, most):
        rows = rows.order_by("-issued_on", "-article_id")
        rows = rows.values_list("article_id", "issued_on", "quarter")[:most]
        return [DatedStory(*row) for row in rows]

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
            reason = _("这里没有“%(quarter)s”的记录。") % {"quarter": wanted[:20]}
            raise NoSuchPage(reason, (_("看最近的"), self.request.path))
        return quarter
