"""What each list can be narrowed by."""

import django_filters as filters
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from articles.models import (
    Article,
    Attendance,
    Bulletin,
    Byline,
    Inspection,
    Meeting,
    Milestone,
    OfficialAppearance,
    Project,
    ProjectAppearance,
    Section,
    Stop,
)
from articles.models.choices import Kind, Status
from articles.public.filters.base import (
    OFFICIAL,
    PROJECT,
    PrintedFilter,
    QuarterFilter,
    RecordFilters,
    SlugFilter,
    SortFilter,
    YearFilter,
    public_rows,
)
from people.models import Official, Reporter


class ArticleFilters(RecordFilters):
    quarter = QuarterFilter(label=_("季度"))
    section = filters.ModelChoiceFilter(
        queryset=Section.objects.all(),
        to_field_name="slug",
        label=_("栏目"),
        empty_label=_("全部"),
        error_messages={"invalid_choice": _("没有这个栏目，请从列表中选择。")},
    )
    date_after = filters.DateFilter("issued_on", "gte", label=_("见报日期，从"))
    date_before = filters.DateFilter("issued_on", "lte", label=_("到"))
    official = SlugFilter(method="by_official", **OFFICIAL)
    reporter = SlugFilter(
        method="by_reporter",
        queryset=public_rows(Reporter),
        label=_("记者/通讯员"),
        unknown=_("没有“%(value)s”这位记者，请从记者页点进来。"),
    )
    project = SlugFilter(method="by_project", **PROJECT)
    q = filters.CharFilter(method="by_words", label=_("标题含"), max_length=100)

    class Meta:
        model = Article
        fields = ()

    def by_official(self, stories, _name, official) -> QuerySet:
        """Stories in which the official shows."""
        # A join and no EXISTS: the derived rows of one official are few beside all stories.
        return stories.filter(official_appearances__official=official)

    def by_project(self, stories, _name, project) -> QuerySet:
        """Stories in which the project shows."""
        return stories.filter(project_appearances__project=project)

    def by_reporter(self, stories, _name, reporter) -> QuerySet:
        return stories.filter(pk__in=Byline.objects.filter(reporter=reporter).values("article"))

    def by_words(self, stories, _name, words) -> QuerySet:
        return stories.filter(
            Q(kicker__holds=words) | Q(headline__holds=words) | Q(subhead__holds=words)
        )


class SectionFilters(ArticleFilters):
    """Stories of one section, which the address names."""

    @classmethod
    def get_filters(cls) -> dict:
        """All but the section."""
        return {name: one for name, one in super().get_filters().items() if name != "section"}


class BulletinFilters(RecordFilters):
    quarter = QuarterFilter(label=_("季度"))
    year = YearFilter("issued_on", label=_("年份"))

    class Meta:
        model = Bulletin
        fields = ()


class EventFilters(RecordFilters):
    """What inspections and meetings share."""

    quarter = QuarterFilter(label=_("季度"))
    # Of several days one is enough: 10 to 12 May is found by the 11th alone.
    date_after = filters.DateFilter(method="by_first_day", label=_("日期，从"))
    date_before = filters.DateFilter("held_on", "lte", label=_("到"))
    official = SlugFilter(method="by_official", **OFFICIAL)

    def by_first_day(self, events, _name, day) -> QuerySet:
        """Events that were not over before ``day``."""
        return events.since(day)

    def by_official(self, events, _name, official) -> QuerySet:
        """Events at which the official is recorded."""
        event = self._meta.model._meta.model_name
        return events.filter(
            Exists(Attendance.objects.filter(official=official, **{event: OuterRef("pk")}))
        )


class InspectionFilters(EventFilters):
    kind = filters.ChoiceFilter(choices=Kind, label=_("类型"), empty_label=_("全部"))
    project = SlugFilter(method="by_project", **PROJECT)
    q = filters.CharFilter("title", "holds", label=_("名称含"), max_length=100)

    class Meta:
        model = Inspection
        fields = ()

    def by_project(self, inspections, _name, project) -> QuerySet:
        """Inspections with a stop at the project."""
        return inspections.filter(
            Exists(Stop.objects.filter(projects=project, inspection=OuterRef("pk")))
        )


class MeetingFilters(EventFilters):
    kind = PrintedFilter(Meeting, field_name="form", label=_("形式"))
    q = filters.CharFilter("name", "holds", label=_("名称含"), max_length=100)

    class Meta:
        model = Meeting
        fields = ()


class ProjectFilters(RecordFilters):
    quarter = QuarterFilter(method="by_quarter", label=_("见报季度"))
    area = PrintedFilter(Project, field_name="area", label=_("片区"))
    sector = PrintedFilter(Project, field_name="sector", label=_("类型"))
    status = filters.ChoiceFilter(
        method="by_status",
        choices=Status,
        label=_("进展"),
        empty_label=_("全部"),
    )
    q = filters.CharFilter(method="by_name", label=_("名称含"), max_length=100)
    sort = SortFilter(
        _("最近看过"),
        oldest=(_("很久没看过"), (F("seen_on").asc(nulls_last=True), "slug")),
        name=(_("按名称"), ("slug",)),
    )

    class Meta:
        model = Project
        fields = ()

    def by_quarter(self, projects, _name, quarter) -> QuerySet:
        """Projects that a live story of the quarter shows."""
        shown = ProjectAppearance.objects.live().filter(article__quarter=quarter)
        return projects.filter(Exists(shown.filter(project=OuterRef("pk"))))

    def by_status(self, projects, _name, status) -> QuerySet:
        """Projects whose newest public step is this one."""
        newest = Milestone.objects.public().filter(project=OuterRef("pk"))
        return projects.annotate(newest=Subquery(newest.values("status")[:1])).filter(newest=status)

    def by_name(self, projects, _name, words) -> QuerySet:
        return projects.filter(Q(name__holds=words) | Q(aliases__holds=words))


class PersonFilters(RecordFilters):
    """What lists of officials and of reporters share."""

    q = filters.CharFilter(method="by_name", label=_("姓名或拼音首字母"), max_length=40)

    def by_name(self, people, _name, words) -> QuerySet:
        return people.search(words)


class OfficialFilters(PersonFilters):
    quarter = QuarterFilter(method="by_quarter", label=_("见报季度"))

    class Meta:
        model = Official
        fields = ()

    def by_quarter(self, officials, _name, quarter) -> QuerySet:
        """Officials whom a live story of the quarter shows."""
        shown = OfficialAppearance.objects.live().filter(article__quarter=quarter)
        return officials.filter(Exists(shown.filter(official=OuterRef("pk"))))


class ReporterFilters(PersonFilters):
    class Meta:
        model = Reporter
        fields = ()
