"""Stories: the list, the archives by date, a section, and a story with its record."""

from itertools import groupby
from operator import attrgetter

from django.db.models import Count, F, QuerySet
from django.db.models.functions import TruncMonth
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Article, Inspection, Meeting, Project, Section
from articles.public.base import ROOMS, ListPage, NoSuchPage, years
from articles.public.filters import ArticleFilters, SectionFilters
from articles.public.months import span
from articles.public.seo import Subscription


class ArticleList(ListPage):
    """All live stories."""

    model = Article
    filterset_class = ArticleFilters
    template_name = "articles/article_list.html"
    here = "articles"
    title = ROOMS["articles"]
    unit = gettext_lazy("篇")
    nothing = gettext_lazy("没有符合条件的稿件")

    def get_rows(self) -> QuerySet:
        """Live stories as a list prints them: without their bodies."""
        return Article.objects.live().for_list()

    def get_context_data(self, **context) -> dict:
        """Context with the years of the archive, and the stories by month."""
        shown = self.shared("years", lambda: years(Article.objects.live()))
        context = super().get_context_data(years=shown, **context)
        return {**context, "months": _months(context["rows"])}

    def subscription(self, context) -> Subscription | None:
        """The stories that meet the same conditions."""
        conditions = self.canonical_query(context)
        conditions.pop("page", None)
        return Subscription(conditions)


def _months(stories):
    """First day of each month and its stories, in the order of the stories."""
    months = groupby(stories, key=lambda story: story.issued_on.replace(day=1))
    return [(first, list(of_month)) for first, of_month in months]


#: Lengths of an archive, by the name of its address; the label of each, alone and in a longer one.
SPANS = ("year", "month", "day")
LABELS, PARTS = ("Y年", "YEAR_MONTH_FORMAT", "DATE_FORMAT"), ("Y年", "n月", "j日")


def archive_link(day, depth) -> dict[str, str]:
    """Label and address of the year, month or day (``depth`` 1 to 3) that holds ``day``.

    ``part`` is what the label adds to that of the longer span.
    """
    values = {part: getattr(day, part) for part in SPANS[:depth]}
    return {
        "label": date_format(day, LABELS[depth - 1]),
        "part": date_format(day, PARTS[depth - 1]),
        "url": reverse(SPANS[depth - 1], kwargs=values),
    }


class ArticleArchive(ArticleList):
    """Stories printed in a year, a month or on a day."""

    def setup(self, request, *args, **kwargs) -> None:
        """Span of days that the address names; 404 for one that is no date."""
        super().setup(request, *args, **kwargs)
        self.days = span(**kwargs)
        self.title = _("%(span)s的稿件") % {
            "span": archive_link(self.days[0], len(kwargs))["label"]
        }

    def get_context_data(self, **context) -> dict:
        """Context with the parts of the span and their numbers of stories, and its neighbours."""
        first, last = self.days
        earlier = self._nearest(issued_on__lt=first, order="-issued_on")
        later = self._nearest(issued_on__gt=last, order="issued_on")
        return super().get_context_data(
            parts=self._parts(),
            parts_unit=_("个月") if len(self.kwargs) == 1 else _("天"),
            earlier=earlier,
            later=later,
            year=first.year,
            **context,
        )

    def subscription(self, context) -> None:
        """What is past brings nothing new."""

    def _nearest(self, order, **condition):
        """Span of this length that holds the nearest story before or after."""
        days = Article.objects.live().filter(**condition).order_by(order)
        day = days.values_list("issued_on", flat=True).first()
        return day and archive_link(day, len(self.kwargs))

    def _parts(self):
        """Months of a year or days of a month that have stories; none for a day."""
        depth = len(self.kwargs)
        if depth == len(SPANS):
            return []
        part = TruncMonth("issued_on") if depth == 1 else F("issued_on")
        stories = Article.objects.live().filter(issued_on__range=self.days).order_by()
        counts = stories.values_list(part).annotate(Count("pk")).order_by(part)
        return [{**archive_link(day, depth + 1), "count": count} for day, count in counts]

    def get_rows(self) -> QuerySet:
        """Live stories of the span; 404 where it has none."""
        rows = super().get_rows().filter(issued_on__range=self.days)
        if not rows.exists():
            raise NoSuchPage(_("这段时间没有稿件。"), (ROOMS["articles"], reverse("articles")))
        return rows


#: Rows of the record beside the lead of a section: about as high as one without a photo, and with.
BESIDE, BESIDE_PHOTO = 2, 4


class SectionPage(ArticleList):
    """Stories of a section: a front of its own, until one narrows them or goes on."""

    filterset_class = SectionFilters
    template_name = "articles/section.html"

    def get_rows(self) -> QuerySet:
        """Live stories of the section; 404 for an unknown one."""
        self.section = get_object_or_404(Section, slug=self.kwargs["slug"])
        self.here = self.section.slug
        self.title = self.column = self.section.name
        return super().get_rows().filter(section=self.section)

    def get_context_data(self, **context) -> dict:
        """Context with the lead of the front, and what its stories record."""
        context = super().get_context_data(**context)
        rows = context["rows"]
        if not rows or context["page_obj"].number > 1 or context["is_narrowed"]:
            return context
        lead, *others = rows
        photo = next(iter(lead.photos.all()), None)
        return {
            **context,
            "lead": lead,
            "lead_photo": photo,
            "record": self._record(rows, BESIDE_PHOTO if photo else BESIDE),
            "months": _months(others),
        }

    def subscription(self, context) -> Subscription:
        """The stories of the section that meet the same conditions."""
        narrowed = super().subscription(context)
        return Subscription({"section": self.section.slug, **narrowed.conditions})

    def _record(self, stories, most):
        """The newest events of the stories, then projects that they show: at most ``most``."""
        events = [
            event
            for model in (Inspection, Meeting)
            for event in model.objects.filter(articles__in=stories).distinct()[:most]
        ]
        events.sort(key=attrgetter("held_on"), reverse=True)
        projects = Project.objects.filter(appearances__article__in=stories).distinct()[:most]
        return [*events, *projects][:most]
