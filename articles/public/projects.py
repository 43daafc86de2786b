"""Projects: the list, and what stories and inspections say of one."""

from django.db.models import F, OuterRef, Prefetch, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Attendance, Inspection, Milestone, Project, ProjectAppearance, Stop
from articles.models.choices import Status
from articles.public.base import ROOMS, ListPage
from articles.public.charts import Fact, entries_of, timeline
from articles.public.dossiers import LATEST, QuarterlyDossier
from articles.public.filters import ProjectFilters
from articles.public.months import by_month
from articles.public.queries import fill_events
from articles.public.seo import project_metadata


class ProjectList(ListPage):
    """Projects that live stories show."""

    model = Project
    filterset_class = ProjectFilters
    template_name = "articles/project_list.html"
    here = "projects"
    title = ROOMS["projects"]
    unit = gettext_lazy("个")
    nothing = gettext_lazy("没有符合条件的项目")

    def get_rows(self):
        """Public projects with their public steps, the last one visited first."""
        steps = Prefetch("milestones", Milestone.objects.public(), to_attr="steps")
        visits = Inspection.objects.public().filter(stops__projects=OuterRef("pk"))
        seen_on = Subquery(visits.order_by("-held_on").values("held_on")[:1])
        rows = super().get_rows().prefetch_related(steps).annotate(seen_on=seen_on)
        return rows.order_by(F("seen_on").desc(nulls_last=True), "slug")

    def get_context_data(self, **context):
        """Context with the last visit of each: how long ago, and led by whom."""
        context = super().get_context_data(**context)
        projects = {project.pk: project for project in context["rows"]}
        today = timezone.localdate()
        for project in projects.values():
            project.days = project.seen_on and (today - project.seen_on).days
            project.last = None
        stops = Stop.objects.filter(
            projects__in=projects, inspection__in=Inspection.objects.public()
        )
        stops = stops.annotate(project=F("projects")).select_related("inspection")
        for stop in stops.filter(
            inspection__held_on__in={project.seen_on for project in projects.values()} - {None}
        ):
            if stop.inspection.held_on == projects[stop.project].seen_on:
                projects[stop.project].last = stop
        seen = [project for project in projects.values() if project.last]
        visits = {project.last.inspection_id for project in seen}
        led = list(Attendance.objects.filter(inspection__in=visits, role=Attendance.Role.LEAD))
        for project in seen:
            here = project.last.inspection_id, (project.last.group, "")
            project.led = [
                row.printed_name
                for row in led
                if row.inspection_id == here[0] and row.group in here[1] and row.printed_name
            ]
        return context


class ProjectPage(QuarterlyDossier):
    """A project: what stories showed of it, who looked at it and when."""

    model = Project
    template_name = "articles/project.html"
    appearances = ProjectAppearance
    parameter = "project"
    here = "projects"

    def get_context_data(self, **context):
        """Context with its steps, and the visits of the quarter's stories."""
        context = super().get_context_data(**context)
        milestones = Milestone.objects.public().filter(project=self.object)
        of_story = (f"article__{column}" for column in ("headline", "issued_on", "slug", "quarter"))
        milestones = milestones.select_related("article").only("status", "reached_on", *of_story)
        milestones = list(milestones)
        # The newest of each status stays.
        reached = {milestone.status: milestone for milestone in reversed(milestones)}
        stops = self._stops()
        facts = self._facts(milestones, stops)
        visits = self._visits([stop for stop in stops if stop.story_ids & set(self.quarter_ids)])
        last = stops[0] if stops else None
        return {
            **context,
            "milestones": milestones,
            "steps": [(status.label, reached.get(status)) for status in Status],
            "timeline": timeline(facts, _("时间线")),
            "silences": [entry for entry in entries_of(facts) if not entry.facts],
            "aliases": self.object.aliases.split(),
            "visits": visits,
            "last_visit": last,
            "days": last and (timezone.localdate() - last.inspection.held_on).days,
            # Those of another quarter's visits are not looked up.
            "led": [row for row in getattr(last, "leaders", ()) if row.printed_name],
            "facts": self._written(),
            "is_cut": len(self.newest_stories) == LATEST,
        }

    def page_metadata(self, site, context):
        """The project."""
        return project_metadata(self.object)

    def _written(self):
        """Word and value of what some text gives of the project."""
        names = ("area", "sector", "developer", "place")
        values = ((name, getattr(self.object, name)) for name in names)
        return [
            (Project._meta.get_field(name).verbose_name, value) for name, value in values if value
        ]

    def _stops(self):
        """Stops at the project that its newest stories record, newest first, once each.

        ``story_ids``: keys of those stories.
        """
        stories = {*self.quarter_ids, *(story.pk for story in self.newest_stories)}
        rows = Stop.objects.filter(projects=self.object, inspection__articles__in=stories)
        rows = rows.annotate(story=F("inspection__articles")).select_related("inspection")
        stops = {}
        for row in rows:
            stop = stops.setdefault(row.pk, row)
            stop.story_ids = {*getattr(stop, "story_ids", ()), row.story}
        return sorted(stops.values(), key=lambda stop: stop.inspection.held_on, reverse=True)

    def _facts(self, milestones, stops):
        """What a timeline draws of the project; a party that stopped there twice came once."""
        visits = [
            Fact(
                "visit",
                stop.inspection.held_on,
                stop.inspection.quarter,
                _words(stop),
            )
            for stop in {(stop.inspection_id, stop.group): stop for stop in stops}.values()
        ]
        steps = [
            Fact("step", step.reached_on, step.article.quarter, step.get_status_display())
            for step in milestones
        ]
        stories = [Fact("story", story.issued_on, story.quarter) for story in self.newest_stories]
        return [*visits, *steps, *stories]

    def _visits(self, stops):
        """The stops, each with those who led the party there."""
        led = Attendance.objects.filter(
            inspection__in={stop.inspection_id for stop in stops}, role=Attendance.Role.LEAD
        )
        inspections = {stop.inspection_id: stop.inspection for stop in stops}
        for inspection in inspections.values():
            inspection.route = []
        fill_events(inspections.values(), [], led.select_related("official"), {})
        for stop in stops:
            stop.inspection = inspections[stop.inspection_id]
            here = (stop.group, "")
            stop.leaders = [row for row in stop.inspection.present if row.group in here]
            stop.asked = [row for row in stop.leaders if row.demands]
        return by_month(stops, lambda stop: stop.inspection.held_on)


def _words(stop):
    """What a timeline says of a visit."""
    visit = stop.inspection
    return "，".join(filter(None, [visit.get_kind_display(), stop.group, visit.until]))
