"""Inspections and meetings: their lists and pages."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from articles.models import Inspection, Meeting, Stop
from articles.public.base import ROOMS, DossierPage, ListPage
from articles.public.event_queries import load_events
from articles.public.filters import InspectionFilters, MeetingFilters
from articles.public.seo import PageMetadata, event_metadata

#: Other visits that the page of an inspection shows.
OTHERS = 6


class InspectionList(ListPage):
    """Inspections that live stories record."""

    model = Inspection
    filterset_class = InspectionFilters
    template_name = "articles/inspection_list.html"
    here = "inspections"
    title = ROOMS["inspections"]
    unit = gettext_lazy("次")
    nothing = gettext_lazy("没有符合条件的观摩、调研或督导")

    def get_rows(self) -> QuerySet:
        return super().get_rows().with_meeting()

    def get_context_data(self, **context) -> dict:
        """Context with the records and the stories of the rows."""
        context = super().get_context_data(**context)
        records, _meetings = load_events(inspections=context["rows"], with_stories=True)
        return {**context, "records": records}


class MeetingList(ListPage):
    """Meetings that live stories record."""

    model = Meeting
    filterset_class = MeetingFilters
    template_name = "articles/meeting_list.html"
    here = "meetings"
    title = ROOMS["meetings"]
    unit = gettext_lazy("场")
    nothing = gettext_lazy("没有符合条件的会议")

    def get_context_data(self, **context) -> dict:
        """Context with the records of the rows."""
        context = super().get_context_data(**context)
        _inspections, records = load_events(meetings=context["rows"])
        return {**context, "records": records}


class InspectionPage(DossierPage):
    """An inspection: parties, stops in order, who was there, what was asked."""

    model = Inspection
    template_name = "articles/inspection.html"
    here = "inspections"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().with_meeting()

    def get_context_data(self, **context) -> dict:
        """Context with the record of the inspection, and other visits to its projects."""
        (record,), _meetings = load_events(inspections=[self.object], with_stories=True)
        there = Stop.objects.filter(projects__in=record.projects).values("inspection")
        others = Inspection.objects.public().filter(pk__in=there).exclude(pk=self.object.pk)
        others = others[:OTHERS]
        return super().get_context_data(record=record, others=list(others), **context)

    def page_metadata(self, site, context) -> PageMetadata:
        return event_metadata(site, context["record"], self.object.place)


class MeetingPage(DossierPage):
    """A meeting: who was there, what was asked, which inspection belongs to it."""

    model = Meeting
    template_name = "articles/meeting.html"
    here = "meetings"

    def get_context_data(self, **context) -> dict:
        """Context with the records of the meeting and of its inspections."""
        inspections = Inspection.objects.public().filter(meeting=self.object).with_meeting()
        inspections, (record,) = load_events(inspections, [self.object], with_stories=True)
        return super().get_context_data(
            record=record,
            organisers=[body.name_on(self.object.held_on) for body in self.object.organisers.all()],
            inspections=inspections,
            **context,
        )

    def page_metadata(self, site, context) -> PageMetadata:
        return event_metadata(site, context["record"], self.object.venue, context["organisers"])
