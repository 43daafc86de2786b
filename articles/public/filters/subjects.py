"""What projects, officials and reporters can be narrowed by."""

import django_filters as filters
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from articles.models import Milestone, OfficialStory, Project, ProjectStory
from articles.models.choices import Status
from articles.public.filters.base import RecordFilters
from articles.public.filters.fields import PrintedFilter, QuarterFilter, SortFilter
from people.models import Official, Reporter


class ProjectFilters(RecordFilters):
    """Projects."""

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

    def by_quarter(self, projects, _name, quarter):
        """Projects that a live story of the quarter shows."""
        shown = ProjectStory.objects.live().filter(article__quarter=quarter)
        return projects.filter(Exists(shown.filter(project=OuterRef("pk"))))

    def by_status(self, projects, _name, status):
        """Projects whose newest public step is this one."""
        newest = Milestone.objects.public().filter(project=OuterRef("pk"))
        return projects.annotate(newest=Subquery(newest.values("status")[:1])).filter(newest=status)

    def by_name(self, projects, _name, words):
        """Projects by name or alias."""
        return projects.filter(Q(name__holds=words) | Q(aliases__holds=words))


class PersonFilters(RecordFilters):
    """What lists of officials and of reporters share."""

    q = filters.CharFilter(method="by_name", label=_("姓名或拼音首字母"), max_length=40)

    def by_name(self, people, _name, words):
        """People by name, pinyin or initials."""
        return people.search(words)


class OfficialFilters(PersonFilters):
    """Officials."""

    quarter = QuarterFilter(method="by_quarter", label=_("见报季度"))

    class Meta:
        model = Official
        fields = ()

    def by_quarter(self, officials, _name, quarter):
        """Officials whom a live story of the quarter shows."""
        shown = OfficialStory.objects.live().filter(article__quarter=quarter)
        return officials.filter(Exists(shown.filter(official=OuterRef("pk"))))


class ReporterFilters(PersonFilters):
    """Reporters and correspondents."""

    class Meta:
        model = Reporter
        fields = ()
