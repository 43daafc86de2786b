"""The digital paper: the calendar of issues, and an issue by its pages."""

import calendar
import datetime
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Article, Bulletin
from articles.public.base import CappedPaginator, DossierPage, ListPage, years
from articles.public.charts import page_thumbnail
from articles.public.filters import BulletinFilters
from articles.public.seo import PageMetadata, bulletin_metadata

#: Issues on one page: a daily paper's year, and specials.
A_YEAR = 400
#: Issues of a month that are named under its table; of more, only the days are linked.
NAMED = 6
#: A day in the table.
LINK = '<a href="{}" aria-label="{}">{}</a>'


@dataclass
class CalendarMonth:
    """A month with issues, by day."""

    first: datetime.date
    issues: list[Bulletin]

    @property
    def named(self) -> list[Bulletin]:
        """Issues to name under the table."""
        return self.issues if len(self.issues) <= NAMED else []

    @property
    def weeks(self) -> SafeString:
        """Rows of the table; written here, as a template would take longer than all the rest."""
        days = {day: list(issues) for day, issues in groupby(self.issues, key=_day)}
        weeks = calendar.monthcalendar(self.first.year, self.first.month)
        rows = ("".join(_cell(day, days.get(day)) for day in week) for week in weeks)
        return mark_safe("".join(f"<tr>{row}</tr>" for row in rows))  # noqa: S308  cells are escaped


def _day(issue):
    return issue.issued_on.day


def _cell(day, issues):
    if not issues:
        return f"<td>{day or ''}</td>"
    said = _("%(day)d日") % {"day": day}
    links = ((issue.get_absolute_url(), f"{said} {issue.title}", day) for issue in issues)
    return f"<td>{format_html_join('', LINK, links)}</td>"


@dataclass
class Sheet:
    """A page of an issue; ``name`` as printed (01版：要闻), empty for stories without a page."""

    name: str
    stories: list[Article]

    #: Name of the paper, on the page that bears it.
    nameplate: str = ""

    @property
    def number(self) -> str:
        """Its name without what it is about: 01版."""
        return _number(self.stories[0])

    @property
    def subject(self) -> str:
        """What it is about: 要闻; empty where its name does not say."""
        return self.name.partition("：")[2]

    @property
    def is_numbered(self) -> bool:
        """Whether each story has a place of its own."""
        return len({story.position for story in self.stories}) == len(self.stories)

    @property
    def view(self) -> SafeString:
        """The page in small."""
        return page_thumbnail([story.headline for story in self.stories], self.nameplate)


def _number(story):
    return story.page.partition("：")[0]


def _sheets(stories):
    """Pages of ``stories``, which come in their order; what has no page, or no place, goes last."""
    sheets = []
    for number, group in groupby(stories, key=_number):
        of_page = sorted(group, key=lambda story: (not story.position, story.position))
        names = {story.page for story in of_page}
        sheets.append(Sheet(names.pop() if len(names) == 1 else number, of_page))
    sheets.sort(key=lambda sheet: not sheet.name)
    for sheet in sheets[:1]:
        sheet.nameplate = settings.SITE_NAME
    return sheets


class WholePaginator(CappedPaginator):
    """All rows on one page, so that they are counted as they are read."""

    @cached_property
    def counted(self) -> int:
        return len(self.object_list)


class BulletinList(ListPage):
    """The calendar of issues with a live story: the newest year, or what is asked for."""

    model = Bulletin
    filterset_class = BulletinFilters
    template_name = "articles/bulletin_list.html"
    paginate_by = A_YEAR
    paginator_class = WholePaginator
    here = "bulletins"
    title = gettext_lazy("数字报")
    unit = gettext_lazy("期")
    nothing = gettext_lazy("没有符合条件的专刊")

    @cached_property
    def years(self) -> list[int]:
        """Years that have issues, the newest first."""
        return self.shared("years.bulletins", lambda: years(Bulletin.objects.public()))

    def get_queryset(self) -> QuerySet:
        """Issues that pass the filters; without any, those of the newest year."""
        issues = super().get_queryset()
        self.year = None
        if not self.filterset.chosen and self.years:
            self.year = self.years[0]
            issues = issues.filter(issued_on__year=self.year)
        return issues

    def get_context_data(self, **context) -> dict:
        """Context with the years, and the months with their issues, newest month first."""
        context = super().get_context_data(**context)
        asked = self.filterset.form.cleaned_data.get("year") if self.filterset.is_bound else None
        months = groupby(context["rows"], key=lambda issue: issue.issued_on.replace(day=1))
        return {
            **context,
            "newest": context["rows"][0] if context["rows"] else None,
            "sheets": self._sheets(context["rows"][:1]),
            "years": self.years,
            "year": self.year or asked,
            "months": [CalendarMonth(first, list(issues)[::-1]) for first, issues in months],
        }

    def _sheets(self, issues):
        """Pages of the newest issue, in small."""
        stories = Article.objects.live().filter(bulletin__in=issues).defer("body")
        return _sheets(stories.order_by("page", "position", "pk"))


def _beside(issue):
    """The public issues before and after one; None where there is none."""
    issues, day = Bulletin.objects.public(), issue.issued_on
    before = issues.filter(Q(issued_on__lt=day) | Q(pk__lt=issue.pk), issued_on__lte=day)
    after = issues.filter(Q(issued_on__gt=day) | Q(pk__gt=issue.pk), issued_on__gte=day)
    return [before.first(), after.order_by("issued_on", "pk").first()]


class BulletinPage(DossierPage):
    """An issue: its live stories as they stand on its pages, and its neighbours."""

    model = Bulletin
    template_name = "articles/bulletin.html"
    here = "bulletins"

    def get_context_data(self, **context) -> dict:
        """Context with the stories, in print order, and the issues beside this one."""
        stories = Article.objects.live().filter(bulletin=self.object).defer("body")
        stories = stories.select_related("section").prefetch_related("bylines")
        stories = list(stories.order_by("page", "position", "pk"))
        return super().get_context_data(
            count=len(stories),
            sheets=_sheets(stories),
            neighbours=_beside(self.object),
            **context,
        )

    def page_metadata(self, site, context) -> PageMetadata:
        return bulletin_metadata(
            self.object, [story for sheet in context["sheets"] for story in sheet.stories]
        )
