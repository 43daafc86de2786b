"""Inspections and meetings: their lists and pages."""

from django.utils.translation import gettext_lazy

from articles.models import Inspection, Meeting
from articles.public.base import ROOMS, DossierPage, ListPage
from articles.public.filters import InspectionFilters, MeetingFilters
from articles.public.queries import attach_stories, load_events
from articles.public.seo import event_metadata

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

    def get_rows(self):
        """Public inspections with their meetings."""
        return super().get_rows().with_meeting()

    def get_context_data(self, **context):
        """Context with the parties and the stories of each."""
        context = super().get_context_data(**context)
        load_events(inspections=context["rows"])
        attach_stories(inspections=context["rows"])
        return context


class MeetingList(ListPage):
    """Meetings that live stories record."""

    model = Meeting
    filterset_class = MeetingFilters
    template_name = "articles/meeting_list.html"
    here = "meetings"
    title = ROOMS["meetings"]
    unit = gettext_lazy("场")
    nothing = gettext_lazy("没有符合条件的会议")

    def get_context_data(self, **context):
        """Context with who was at each and what was asked there."""
        context = super().get_context_data(**context)
        load_events(meetings=context["rows"])
        for meeting in context["rows"]:
            meeting.demand_count = sum(len(row.demands) for row in meeting.asked)
        return context


class InspectionPage(DossierPage):
    """An inspection: parties, stops in order, who was there, what was asked."""

    model = Inspection
    template_name = "articles/inspection.html"
    here = "inspections"

    def get_queryset(self):
        """Public inspections with their meetings."""
        return super().get_queryset().with_meeting()

    def get_context_data(self, **context):
        """Context with the inspection laid out, and other visits to its projects."""
        load_events(inspections=[self.object])
        attach_stories(inspections=[self.object])
        seen = [project for party in self.object.parties for project in party.projects]
        others = Inspection.objects.public().filter(stops__projects__in=seen).distinct()
        others = others.exclude(pk=self.object.pk)[:OTHERS]
        return super().get_context_data(others=list(others), **context)

    def page_metadata(self, site, context):
        """The inspection and who was there."""
        return event_metadata(site, self.object, self.object.place)


class MeetingPage(DossierPage):
    """A meeting: who was there, what was asked, which inspection belongs to it."""

    model = Meeting
    template_name = "articles/meeting.html"
    here = "meetings"

    def get_context_data(self, **context):
        """Context with the meeting and its inspections laid out."""
        inspections = Inspection.objects.public().filter(meeting=self.object).with_meeting()
        inspections, _meetings = load_events(inspections, [self.object])
        attach_stories(meetings=[self.object])
        return super().get_context_data(
            organisers=[body.name_on(self.object.held_on) for body in self.object.organisers.all()],
            inspections=inspections,
            **context,
        )

    def page_metadata(self, site, context):
        """The meeting and who was there."""
        return event_metadata(site, self.object, self.object.venue, context["organisers"])
