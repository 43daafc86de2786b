"""What stories and issues can be narrowed by."""

import django_filters as filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Bulletin, Byline, Section
from articles.public.filters.base import RecordFilters
from articles.public.filters.fields import (
    OFFICIAL,
    PROJECT,
    QuarterFilter,
    SlugFilter,
    YearFilter,
    public_rows,
)
from people.models import Reporter


class ArticleFilters(RecordFilters):
    """Stories."""

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

    def by_official(self, stories, _name, official):
        """Stories in which the official shows."""
        # A join and no EXISTS: the derived rows of one official are few beside all stories.
        return stories.filter(official_stories__official=official)

    def by_project(self, stories, _name, project):
        """Stories in which the project shows."""
        return stories.filter(project_stories__project=project)

    def by_reporter(self, stories, _name, reporter):
        """Stories that the reporter signed."""
        return stories.filter(pk__in=Byline.objects.filter(reporter=reporter).values("article"))

    def by_words(self, stories, _name, words):
        """Stories whose title holds the words."""
        return stories.filter(
            Q(kicker__holds=words) | Q(headline__holds=words) | Q(subhead__holds=words)
        )


class SectionFilters(ArticleFilters):
    """Stories of one section, which the address names."""

    @classmethod
    def get_filters(cls):
        """All but the section."""
        return {name: one for name, one in super().get_filters().items() if name != "section"}


class BulletinFilters(RecordFilters):
    """Issues."""

    quarter = QuarterFilter(label=_("季度"))
    year = YearFilter("issued_on", label=_("年份"))

    class Meta:
        model = Bulletin
        fields = ()
