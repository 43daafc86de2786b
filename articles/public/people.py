"""Officials and reporters: what printed stories say of them."""

import datetime
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Article, Attendance, Byline, Mention, OfficialAppearance
from articles.public.base import PER_PAGE, DossierPage, ListPage
from articles.public.charts import tenure
from articles.public.dossiers import OF_QUARTER, QuarterlyDossier
from articles.public.event_queries import stories_of_events
from articles.public.filters import OfficialFilters, ReporterFilters
from articles.public.months import by_month, chosen_month, count_by_month, days_of
from articles.public.seo import PageMetadata, Subscription, official_metadata, reporter_metadata
from people.models import Official, Reporter

#: Appearances of a quarter that stand on one page; of more, a month does.
UNPARTED = 40


class ActSummary(NamedTuple):
    """An appearance in short: its key, day and role."""

    pk: int
    day: datetime.date
    role: str


@dataclass
class Act:
    """An appearance: the row of attendance, and the live stories that say so, newest first."""

    row: Attendance
    stories: list[Article]


class OfficialList(ListPage):
    """Officials whom live stories show."""

    model = Official
    filterset_class = OfficialFilters
    template_name = "articles/official_list.html"
    here = "officials"
    title = gettext_lazy("人物")
    unit = gettext_lazy("人")
    nothing = gettext_lazy("没有符合条件的人物")

    def get_rows(self) -> QuerySet:
        return super().get_rows().with_posts()

    def get_context_data(self, **context) -> dict:
        """Context with what each official is today, or was."""
        context = super().get_context_data(**context)
        today = timezone.localdate()
        officials = [(official, official.said_on(today)) for official in context["rows"]]
        return {**context, "officials": officials}


class ReporterList(ListPage):
    """Names that sign live stories."""

    model = Reporter
    filterset_class = ReporterFilters
    template_name = "articles/reporter_list.html"
    here = "reporters"
    title = gettext_lazy("记者与通讯员")
    unit = gettext_lazy("人")
    nothing = gettext_lazy("没有符合条件的记者或通讯员")


class OfficialPage(QuarterlyDossier):
    """An official: posts, appearances with the title of the day, what was asked, stories."""

    model = Official
    template_name = "articles/official.html"
    appearances = OfficialAppearance
    parameter = "official"
    parameters = ("quarter", "month")
    here = "officials"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().with_posts()

    def get_context_data(self, **context) -> dict:
        """Context with what the stories of the quarter record."""
        context = super().get_context_data(**context)
        today = timezone.localdate()
        # Of a post that is to come readers hear on its day.
        posts = [post for post in self.object.appointments.all() if post.has_begun(today)]
        return {
            **context,
            "posts": posts,
            "held": self.object.title_on(today),
            "former": self.object.former_on(today),
            "terms": tenure(posts, [act.row for act in self.acts], _("任职")),
            "counts": self._counts(),
            "month": self.month,
            "months": self.months,
            "days": by_month(self.acts, lambda act: act.row.event.held_on),
            "is_cut": self.is_cut or len(self.quarter_ids) == OF_QUARTER,
            "of_month": urlencode(days_of(self.month)) if self.is_cut else "",
        }

    def listed_ids(self) -> list[int]:
        """Keys of the stories that no act on the page comes from.

        ``self.found``: all acts of the quarter in short; ``self.acts``: those of ``self.month``,
        or all where they are few; of a month at most ``UNPARTED``.
        """
        self.found = found = self._found()
        self.months = count_by_month((act.day, 1) for act in found)
        self.month = None
        if len(found) > UNPARTED:
            self.month = chosen_month(self.request, self.months)
            found = [act for act in found if act.day.replace(day=1) == self.month]
        self.is_cut = len(found) > UNPARTED
        self.acts = self._acts(found[:UNPARTED])
        said = {story.pk for act in self.acts for story in act.stories}
        return [pk for pk in self.quarter_ids if pk not in said]

    def page_metadata(self, site, context) -> PageMetadata:
        """The official, with the posts of today and those on record."""
        return official_metadata(site, self.object, context["held"], context["posts"])

    def naming(self, stories) -> dict[int, str]:
        """Title and name, as printed, by the key of the stories that mention the official."""
        by_key, naming = {story.pk: story for story in stories}, {}
        for mention in Mention.objects.filter(official=self.object, article__in=by_key):
            mention.article, mention.official = by_key[mention.article_id], self.object
            naming[mention.article_id] = f"{mention.title}{mention.printed_name}"
        return naming

    def _found(self):
        """Attendance at the events of the quarter's stories in short, the newest day first."""
        acts = Attendance.objects.filter(official=self.object).order_by()
        # A union, as either half finds its few rows by an index; OR reads all of a career.
        first, second = (
            acts.filter(
                **{f"{event}__in": told.objects.filter(article__in=self.quarter_ids).values(event)}
            ).values_list("pk", f"{event}__held_on", "role")
            for event, told in (
                ("meeting", Article.meetings.through),
                ("inspection", Article.inspections.through),
            )
        )
        found = [ActSummary(*row) for row in first.union(second)]
        return sorted(found, key=lambda act: act.day, reverse=True)

    def _acts(self, found):
        """The whole rows, the newest day first, with the stories of their events."""
        rows = Attendance.objects.filter(pk__in=[act.pk for act in found])
        rows = list(rows.select_related("meeting", "inspection"))
        for row in rows:
            row.official = self.object
        stories = stories_of_events(
            {row.inspection for row in rows if row.inspection_id},
            {row.meeting for row in rows if row.meeting_id},
        )
        # Of one day the inspection first: a party looks, then it meets.
        rows.sort(key=lambda row: bool(row.meeting_id))
        rows.sort(key=lambda row: row.event.held_on, reverse=True)
        return [Act(row, stories[row.event]) for row in rows]

    def _counts(self):
        """Word and number of what the quarter comes to, without those that there are none of."""
        demands = sum(len(act.row.demands) for act in self.acts)
        counts = (
            (_("次出场"), len(self.found)),
            (_("次带队"), sum(act.role == Attendance.Role.LEAD for act in self.found)),
            # Of a month they would stand beside numbers of the quarter.
            (_("条要求"), 0 if self.month else demands),
        )
        return [(word, number) for word, number in counts if number]


def _months(stories):
    """Numbers of stories by month, the newest first."""
    days = stories.order_by("-issued_on").values_list("issued_on")
    return count_by_month(days.annotate(number=Count("pk")))


class ReporterPage(DossierPage):
    """A reporter or correspondent, and the stories that bear the name, month by month."""

    model = Reporter
    template_name = "articles/reporter.html"
    here = "reporters"
    parameters = ("month",)

    def get_context_data(self, **context) -> dict:
        """Context with the months and their numbers, and the newest stories of one."""
        signed = Byline.objects.filter(reporter=self.object)
        stories = Article.objects.live().filter(pk__in=signed.values("article"))
        # The page of each month prints all of them.
        months = self.shared(f"months.{self.object.pk}", partial(_months, stories))
        month = chosen_month(self.request, months)
        span = days_of(month)
        query = {"reporter": self.object.slug, **span}
        of_month = stories.filter(issued_on__range=tuple(span.values()))
        return super().get_context_data(
            month=month,
            months=months,
            total=sum(months.values()),
            count=months[month],
            stories=list(of_month.for_list()[:PER_PAGE]),
            all_stories=f"{reverse('articles')}?{urlencode(query)}",
            **context,
        )

    def subscription(self, context) -> Subscription:
        return Subscription({"reporter": self.object.slug})

    def page_metadata(self, site, context) -> PageMetadata:
        return reporter_metadata(site, self.object, context["total"])
