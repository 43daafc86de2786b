"""Projects: the list, and what stories and inspections say of one."""

from dataclasses import dataclass, field

from django.db.models import F, OuterRef, Prefetch, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Attendance, Inspection, Milestone, Project, ProjectAppearance, Stop
from articles.models.choices import Status
from articles.public.base import ROOMS, ListPage
from articles.public.charts import Fact, entries_of, timeline
from articles.public.dossiers import LATEST, QuarterlyDossier
from articles.public.event_queries import load_posts
from articles.public.filters import ProjectFilters
from articles.public.months import by_month
from articles.public.seo import PageMetadata, project_metadata


@dataclass
class ProjectRow:
    """A project as the list prints it, with the last visit to it."""

    project: Project
    #: Its newest public step.
    step: Milestone | None = None
    visit: Stop | None = None
    #: Days since that visit; negative for one that is to come.
    days: int | None = None
    #: Names of those who led the party.
    led_by: list[str] = field(default_factory=list)


@dataclass
class Visit:
    """A stop at a project, the newest stories that record it, and who led the party there."""

    stop: Stop
    story_ids: set[int] = field(default_factory=set)
    leaders: list[Attendance] = field(default_factory=list)

    @property
    def inspection(self) -> Inspection:
        """The inspection that it was a stop of."""
        return self.stop.inspection

    @property
    def asked(self) -> list[Attendance]:
        """Leaders who asked something."""
        return [row for row in self.leaders if row.demands]


class ProjectList(ListPage):
    """Projects that live stories show."""

    model = Project
    filterset_class = ProjectFilters
    template_name = "articles/project_list.html"
    here = "projects"
    title = ROOMS["projects"]
    unit = gettext_lazy("个")
    nothing = gettext_lazy("没有符合条件的项目")

    def get_rows(self) -> QuerySet:
        """Public projects with their public steps and ``seen_on``, the last one visited first."""
        visits = Inspection.objects.public().filter(stops__projects=OuterRef("pk"))
        seen_on = Subquery(visits.order_by("-held_on").values("held_on")[:1])
        rows = super().get_rows().annotate(seen_on=seen_on)
        rows = rows.prefetch_related(Prefetch("milestones", Milestone.objects.public()))
        return rows.order_by(F("seen_on").desc(nulls_last=True), "slug")

    def get_context_data(self, **context) -> dict:
        """Context with the last visit to each: how long ago, and led by whom."""
        context = super().get_context_data(**context)
        return {**context, "projects": _project_rows(context["rows"])}


def _project_rows(projects):
    """Rows of projects that come with ``seen_on``, the day of the last visit. Two queries."""
    seen_on = {project.pk: project.seen_on for project in projects if project.seen_on}
    stops = Stop.objects.filter(projects__in=seen_on, inspection__in=Inspection.objects.public())
    stops = stops.annotate(project=F("projects")).select_related("inspection")
    stops = stops.filter(inspection__held_on__in=set(seen_on.values()))
    visits = {
        stop.project: stop for stop in stops if stop.inspection.held_on == seen_on[stop.project]
    }
    leaders = Attendance.objects.filter(
        inspection__in={stop.inspection_id for stop in visits.values()}, role=Attendance.Role.LEAD
    )
    leaders, today = list(leaders), timezone.localdate()
    rows = []
    for project in projects:
        visit = visits.get(project.pk)
        step = next(iter(project.milestones.all()), None)
        row = ProjectRow(project, step, visit)
        if visit:
            row.days = (today - project.seen_on).days
            led = _leaders_at(visit, leaders)
            row.led_by = [one.printed_name for one in led if one.printed_name]
        rows.append(row)
    return rows


def _leaders_at(stop, leaders):
    """Those of ``leaders``, rows of attendance, who led the party at a stop, or all parties."""
    here = stop.inspection_id, (stop.group, "")
    return [row for row in leaders if row.inspection_id == here[0] and row.group in here[1]]


class ProjectPage(QuarterlyDossier):
    """A project: what stories showed of it, who looked at it and when."""

    model = Project
    template_name = "articles/project.html"
    appearances = ProjectAppearance
    parameter = "project"
    here = "projects"

    def get_context_data(self, **context) -> dict:
        """Context with its steps, and the visits of the quarter's stories."""
        context = super().get_context_data(**context)
        milestones = Milestone.objects.public().filter(project=self.object)
        of_story = (f"article__{column}" for column in ("headline", "issued_on", "slug", "quarter"))
        milestones = milestones.select_related("article").only("status", "reached_on", *of_story)
        milestones = list(milestones)
        # The newest of each status stays.
        reached = {milestone.status: milestone for milestone in reversed(milestones)}
        visits = self._visits()
        facts = self._facts(milestones, [visit.stop for visit in visits])
        of_quarter = [visit for visit in visits if visit.story_ids & set(self.quarter_ids)]
        _find_leaders(of_quarter)
        last = visits[0] if visits else None
        return {
            **context,
            "milestones": milestones,
            "steps": [(status.label, reached.get(status)) for status in Status],
            "timeline": timeline(facts, _("时间线")),
            "silences": [entry for entry in entries_of(facts) if not entry.facts],
            "aliases": self.object.aliases.split(),
            "visits": by_month(of_quarter, lambda visit: visit.inspection.held_on),
            "last_visit": last,
            "days": last and (timezone.localdate() - last.inspection.held_on).days,
            # Those of another quarter's visits are not looked up.
            "led": [row for row in last.leaders if row.printed_name] if last else [],
            "facts": self._written(),
            "is_cut": len(self.newest_stories) == LATEST,
        }

    def page_metadata(self, site, context) -> PageMetadata:
        return project_metadata(self.object)

    def _written(self):
        """Word and value of what some text gives of the project."""
        names = ("area", "sector", "developer", "place")
        values = ((name, getattr(self.object, name)) for name in names)
        return [
            (Project._meta.get_field(name).verbose_name, value) for name, value in values if value
        ]

    def _visits(self):
        """Stops at the project that its newest stories record, newest first, without leaders."""
        stories = {*self.quarter_ids, *(story.pk for story in self.newest_stories)}
        rows = Stop.objects.filter(projects=self.object, inspection__articles__in=stories)
        rows = rows.annotate(story=F("inspection__articles")).select_related("inspection")
        visits = {}
        for stop in rows:
            visits.setdefault(stop.pk, Visit(stop)).story_ids.add(stop.story)
        return sorted(visits.values(), key=lambda visit: visit.inspection.held_on, reverse=True)

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


def _find_leaders(visits):
    """Give each visit those who led the party there. Two queries."""
    inspections = {visit.stop.inspection_id: visit.inspection for visit in visits}
    rows = Attendance.objects.filter(inspection__in=inspections, role=Attendance.Role.LEAD)
    leaders = list(rows.select_related("official"))
    for row in leaders:
        row.inspection = inspections[row.inspection_id]
    load_posts(leaders)
    for visit in visits:
        visit.leaders = _leaders_at(visit.stop, leaders)


def _words(stop):
    """What a timeline says of a visit."""
    visit = stop.inspection
    return "，".join(filter(None, [visit.get_kind_display(), stop.group, visit.until]))
