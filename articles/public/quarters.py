"""The quarter as one record: who went where, what was decided, seen, asked and printed."""

import math
from collections import Counter
from dataclasses import dataclass, field
from operator import attrgetter

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from articles.models import (
    Article,
    Inspection,
    Meeting,
    Mention,
    Project,
    counts_of,
)
from articles.models.choices import AttendanceRole
from articles.public.base import NoSuchPage, PublicPage
from articles.public.charts import overview
from articles.public.event_queries import load_events
from articles.public.months import by_month
from articles.public.seo import PageMetadata, quarter_metadata, quarters_metadata
from articles.quarter import QUARTERS, Quarter
from people.models import Official

#: Rows of a kind that a page prints in full; of a longer quarter each event has a line.
MOST = 20
#: Lines of a kind; beyond that the page links to the filtered list.
MOST_LINES = 60


@dataclass
class Participant:
    """Someone in a quarter, and the rows of attendance that say so, by day.

    An official; a name that the register does not have; or none, for what was said without one.
    """

    official: Official | None = None
    name: str = ""
    rows: list = field(default_factory=list)

    def rank(self) -> float:
        """Best rank on those days; infinite where the register has none."""
        return min((row.rank for row in self.rows if row.rank is not None), default=math.inf)

    @property
    def roles(self) -> list[tuple[str, int]]:
        """What the official did on those days, and how often, the weightiest first."""
        counts = Counter(row.role for row in self.rows)
        return [(role.label, counts[role]) for role in AttendanceRole if counts[role]]

    @property
    def titles(self) -> list[str]:
        """The different titles of those days, as the pages print them."""
        return list(dict.fromkeys(row.title for row in self.rows if row.title))

    @property
    def demands(self) -> list[str]:
        return [demand for row in self.rows for demand in row.demands]


def load_quarter(quarter: Quarter, most, mentions) -> dict:
    """The newest events of a quarter laid out, by day, with the officials there.

    ``mentions``: rows of the same page.
    """
    of_quarter = {"quarter": quarter}
    inspections, meetings = load_events(
        Inspection.objects.public()
        .with_meeting()
        .filter(**of_quarter)
        .order_by("-held_on", "-pk")[:most],
        Meeting.objects.public().filter(**of_quarter).order_by("-held_on", "-pk")[:most],
        mentions,
    )
    inspections.reverse()
    meetings.reverse()
    # Of one day the inspection first: a party looks, then it meets.
    calendar = sorted([*inspections, *meetings], key=lambda record: record.event.held_on)
    return {
        "quarter": quarter,
        "counts": counts_of(quarter),
        "inspections": inspections,
        "meetings": meetings,
        "calendar": calendar,
        "participants": _participants(calendar),
        "askers": _askers(calendar),
    }


def _participants(calendar):
    """Officials in the paper's order of rank, those without a rank after them as printed."""
    participants = {}
    for record in calendar:
        for row in record.present:
            if row.official_id:
                known = participants.setdefault(row.official_id, Participant(row.official))
                known.rows.append(row)
    return sorted(participants.values(), key=Participant.rank)


def _askers(calendar):
    """Who asked something: people in their order, then meetings, then whoever is not named."""
    named, speakerless, unnamed = {}, Participant(name=_("会议提出")), Participant(name=_("未列名"))
    for record in calendar:
        for row in record.asked:
            if row.printed_name:
                key, name = row.official_id or row.printed_name, row.printed_name
                asker = named.setdefault(key, Participant(row.official, name))
            else:
                asker = speakerless if row.is_speakerless else unnamed
            asker.rows.append(row)
    askers = [*sorted(named.values(), key=Participant.rank), speakerless, unnamed]
    return [asker for asker in askers if asker.rows]


def _years(quarters):
    """Years, the newest first, each with its quarters between the first and the last on record."""
    years = {}
    for year in dict.fromkeys(quarter.year for quarter in quarters):
        row = (Quarter(year, number + 1) for number in range(QUARTERS))
        row = [quarter for quarter in row if quarters[-1] <= quarter <= quarters[0]]
        years[year] = [(quarter, quarter in quarters) for quarter in row]
    return list(years.items())


class QuarterList(PublicPage, TemplateView):
    """All quarters on record."""

    template_name = "articles/quarter_list.html"
    here = "quarters"

    def get_context_data(self, **context) -> dict:
        """Context with the quarters, the numbers of the newest, and by year also those without."""
        quarters = Article.objects.live().quarters()
        return super().get_context_data(
            quarters=quarters,
            counts=counts_of(quarters[0]) if quarters else None,
            years=_years(quarters),
            **context,
        )

    def page_metadata(self, site, context) -> PageMetadata:
        return quarters_metadata(context["quarters"])


class QuarterPage(PublicPage, TemplateView):
    """The record of one quarter."""

    template_name = "articles/quarter.html"
    here = "quarters"

    def get(self, request, *args, **kwargs) -> HttpResponse:
        """The page; an address with a capital Q leads to the one with a small."""
        quarter = kwargs["quarter"]
        if not request.path.endswith(f"/{quarter}/"):
            return redirect("quarter", quarter=quarter, permanent=True)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **context) -> dict:
        """Context with the record; 404 where nothing is on record."""
        quarter = context["quarter"]
        stories = list(Article.objects.live().filter(quarter=quarter).defer("body")[:MOST])
        named = Mention.objects.filter(article__in=stories).select_related("official", "article")
        mentions = list(named.defer("article__body"))
        record = load_quarter(quarter, MOST_LINES, mentions)
        counts = record["counts"]
        if not counts.on_record:
            raise NoSuchPage(_("这个季度没有记录。"))
        inspections, meetings = record["inspections"], record["meetings"]
        is_long = max(len(inspections), len(meetings)) > MOST
        seen = {project.pk: project for event in inspections for project in event.projects}
        figure = overview(record["calendar"], _("谁去了哪里"))
        asked = {asker.official for asker in record["askers"]}
        told = (
            Project.objects.filter(appearances__article__in=stories).exclude(pk__in=seen).distinct()
        )
        return super().get_context_data(
            **{**context, **record},
            is_long=is_long,
            overview=figure,
            months=by_month(figure.events, attrgetter("day")) if figure else [],
            silent=[one for one in record["participants"] if one.official not in asked],
            stories=stories,
            seen=list(seen.values()),
            told=list(told[:MOST]),
            mentions=mentions,
            neighbours=[
                {"quarter": quarter.previous, "on_record": counts.before},
                {"quarter": quarter.following, "on_record": counts.after},
            ],
        )

    def page_metadata(self, site, context) -> PageMetadata:
        return quarter_metadata(context["quarter"], context["counts"])
