"""Projects, inspections and meetings: their lists and pages."""

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy

from articles.filters import InspectionFilters, MeetingFilters, ProjectFilters
from articles.models import Article, Inspection, Meeting, Milestone, Project, Stop
from articles.models.choices import Status
from articles.views.base import DossierPage, ListPage
from articles.views.gather import attach_stories, gather


class InspectionList(ListPage):
    """Inspections that live stories record."""

    model = Inspection
    filterset_class = InspectionFilters
    template_name = "articles/inspection_list.html"
    here = "inspections"
    title = gettext_lazy("观摩督导")
    unit = gettext_lazy("次")
    nothing = gettext_lazy("没有符合条件的观摩、调研或督导")

    def get_context_data(self, **context):
        """Context with the parties of each."""
        context = super().get_context_data(**context)
        gather(inspections=context["rows"])
        return context


class MeetingList(ListPage):
    """Meetings that live stories record."""

    model = Meeting
    filterset_class = MeetingFilters
    template_name = "articles/meeting_list.html"
    here = "meetings"
    title = gettext_lazy("会议")
    unit = gettext_lazy("场")
    nothing = gettext_lazy("没有符合条件的会议")

    def get_context_data(self, **context):
        """Context with who was at each."""
        context = super().get_context_data(**context)
        gather(meetings=context["rows"])
        return context


class InspectionPage(DossierPage):
    """An inspection: parties, stops in order, who was there, what was asked."""

    model = Inspection
    template_name = "articles/inspection.html"
    here = "inspections"

    def get_context_data(self, **context):
        """Context with the inspection laid out."""
        gather(inspections=[self.object])
        attach_stories([self.object])
        return super().get_context_data(**context)


class MeetingPage(DossierPage):
    """A meeting: who was there, what was asked, which inspection belongs to it."""

    model = Meeting
    template_name = "articles/meeting.html"
    here = "meetings"

    def get_context_data(self, **context):
        """Context with the meeting laid out."""
        gather(meetings=[self.object])
        attach_stories([self.object])
        return super().get_context_data(
            organisers=list(self.object.organisers.all()),
            inspections=list(Inspection.objects.public().filter(meeting=self.object)),
            **context,
        )


class ProjectList(ListPage):
    """Projects that live stories show."""

    model = Project
    filterset_class = ProjectFilters
    template_name = "articles/project_list.html"
    here = "projects"
    title = gettext_lazy("项目")
    unit = gettext_lazy("个")
    nothing = gettext_lazy("没有符合条件的项目")

    def get_rows(self):
        """Public projects with their public steps, newest first."""
        steps = Prefetch("milestones", Milestone.objects.public(), to_attr="steps")
        return super().get_rows().prefetch_related(steps)


class ProjectPage(DossierPage):
    """A project: what stories showed of it, who looked at it and when."""

    model = Project
    template_name = "articles/project.html"
    here = "projects"

    def get_context_data(self, **context):
        """Context with steps, visits and stories."""
        project = self.object
        stops = (
            Stop.objects.filter(projects=project, inspection__in=Inspection.objects.public())
            .select_related("inspection")
            .order_by("-inspection__held_on", "order", "pk")
        )
        visits = list(stops)
        inspections, _meetings = gather(
            inspections={stop.inspection_id: stop.inspection for stop in visits}.values()
        )
        laid_out = {inspection.pk: inspection for inspection in inspections}
        for stop in visits:
            stop.inspection = laid_out[stop.inspection_id]
            stop.leaders = [
                row
                for party in stop.inspection.parties
                if party.name in (stop.group, "")
                for row in party.leaders
            ]
        milestones = list(
            Milestone.objects.public().filter(project=project).select_related("article")
        )
        reached = {milestone.status for milestone in milestones}
        return super().get_context_data(
            visits=visits,
            milestones=milestones,
            steps=[(status.label, status in reached) for status in Status],
            stories=list(
                Article.objects.live().filter(project_stories__project=project).for_list()
            ),
            **context,
        )
