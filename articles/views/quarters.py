"""The quarter as one record: who went where, what was decided, seen, asked and printed."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from articles.models import Article, Inspection, Meeting, Mention, Project, ProjectStory
from articles.quarter import Quarter
from articles.views.base import NoSuchPage, PublicPage
from articles.views.gather import attach_stories, gather
from people.models import Official

#: Rows of a kind that the page prints; beyond that it links to the filtered list.
MOST = 100


@dataclass
class Appearance:
    """An official in a quarter, and the rows of attendance that say so, by day."""

    official: Official
    rows: list = field(default_factory=list)

    @property
    def titles(self) -> list[str]:
        """The different titles of those days, as the pages print them."""
        return list(dict.fromkeys(row.title for row in self.rows if row.title))


@dataclass
class Sighting:
    """A project seen at stops of the quarter."""

    project: Project
    stops: list = field(default_factory=list)


def quarters_on_record() -> list[Quarter]:
    """Quarters that live stories belong to, newest first."""
    quarters = Article.objects.live().order_by().values_list("quarter", flat=True).distinct()
    return sorted(quarters, reverse=True)


def events_of(quarter: Quarter) -> dict:
    """Events of a quarter laid out, by day, with the projects seen and the officials there."""
    inspections, meetings = gather(
        Inspection.objects.public().filter(quarter=quarter).order_by("held_on", "pk")[:MOST],
        Meeting.objects.public().filter(quarter=quarter).order_by("held_on", "pk")[:MOST],
    )
    return {
        "quarter": quarter,
        "inspections": inspections,
        "meetings": meetings,
        "stop_count": sum(len(inspection.stops.all()) for inspection in inspections),
        "sightings": _sightings(inspections),
        "appearances": _appearances(inspections, meetings),
    }


def _sightings(inspections):
    seen = {}
    for inspection in inspections:
        for party in inspection.parties:
            for stop in party.stops:
                for project in stop.projects.all():
                    stop.inspection = inspection
                    seen.setdefault(project.pk, Sighting(project)).stops.append(stop)
    return list(seen.values())


def _appearances(inspections, meetings):
    """Officials by weight of what they did, then as printed; each with rows by day."""
    appearances = {}
    for event in sorted([*inspections, *meetings], key=lambda event: (event.held_on, event.pk)):
        for row in event.present:
            if row.official_id:
                known = appearances.setdefault(row.official_id, Appearance(row.official))
                known.rows.append(row)
    return sorted(appearances.values(), key=lambda appearance: -len(appearance.rows))


class QuarterList(PublicPage, TemplateView):
    """All quarters on record."""

    template_name = "articles/quarter_list.html"
    here = "quarters"

    def get_context_data(self, **context):
        """Context with the quarters."""
        return super().get_context_data(quarters=quarters_on_record(), **context)


class QuarterPage(PublicPage, TemplateView):
    """The record of one quarter."""

    template_name = "articles/quarter.html"
    here = "quarters"

    def get(self, request, *args, **kwargs):
        """The page; an address with a capital Q leads to the one with a small."""
        quarter = kwargs["quarter"]
        if not request.path.endswith(f"/{quarter}/"):
            return redirect("quarter", quarter=quarter, permanent=True)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **context):
        """Context with the record; 404 where nothing is on record."""
        quarter = context["quarter"]
        record = events_of(quarter)
        stories = list(Article.objects.live().filter(quarter=quarter).defer("body")[:MOST])
        if not stories and not record["inspections"] and not record["meetings"]:
            raise NoSuchPage(_("这个季度没有记录。"))
        attach_stories(record["inspections"])
        attach_stories(record["meetings"])
        seen = [sighting.project.pk for sighting in record["sightings"]]
        linked = ProjectStory.objects.live().filter(
            article__quarter=quarter, project=OuterRef("pk")
        )
        named = Mention.objects.filter(article__in=stories).select_related("official", "article")
        return super().get_context_data(
            **{**context, **record},
            stories=stories,
            told=list(Project.objects.filter(Exists(linked)).exclude(pk__in=seen)[:MOST]),
            mentions=list(named.defer("article__body")),
            neighbours=self._neighbours(quarter),
            most=MOST,
        )

    def _neighbours(self, quarter):
        near = [quarter.previous, quarter.following]
        stories = Article.objects.live().order_by().filter(quarter__in=near)
        on_record = set(stories.values_list("quarter", flat=True).distinct())
        return [{"quarter": other, "on_record": other in on_record} for other in near]
