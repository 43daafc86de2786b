"""What inspections and meetings can be narrowed by."""

import django_filters as filters
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from articles.models import Attendance, Inspection, Meeting, Stop
from articles.models.choices import Kind
from articles.public.filters.base import RecordFilters
from articles.public.filters.fields import (
    OFFICIAL,
    PROJECT,
    PrintedFilter,
    QuarterFilter,
    SlugFilter,
)


class EventFilters(RecordFilters):
    """What inspections and meetings share."""

    quarter = QuarterFilter(label=_("季度"))
    # Of several days one is enough: 10 to 12 May is found by the 11th alone.
    date_after = filters.DateFilter(method="by_first_day", label=_("日期，从"))
    date_before = filters.DateFilter("held_on", "lte", label=_("到"))
    official = SlugFilter(method="by_official", **OFFICIAL)

    def by_first_day(self, events, _name, day):
        """Events that were not over before ``day``."""
        return events.since(day)

    def by_official(self, events, _name, official):
        """Events at which the official is recorded."""
        event = self._meta.model._meta.model_name
        return events.filter(
            Exists(Attendance.objects.filter(official=official, **{event: OuterRef("pk")}))
        )


class InspectionFilters(EventFilters):
    """Inspections."""

    kind = filters.ChoiceFilter(choices=Kind, label=_("类型"), empty_label=_("全部"))
    project = SlugFilter(method="by_project", **PROJECT)
    q = filters.CharFilter("title", "holds", label=_("名称含"), max_length=100)

    class Meta:
        model = Inspection
        fields = ()

    def by_project(self, inspections, _name, project):
        """Inspections with a stop at the project."""
        return inspections.filter(
            Exists(Stop.objects.filter(projects=project, inspection=OuterRef("pk")))
        )


class MeetingFilters(EventFilters):
    """Meetings."""

    kind = PrintedFilter(Meeting, field_name="form", label=_("形式"))
    q = filters.CharFilter("name", "holds", label=_("名称含"), max_length=100)

    class Meta:
        model = Meeting
        fields = ()
