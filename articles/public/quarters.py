"""The quarter as one record: who went where, what was decided, seen, asked and printed."""

import math
from dataclasses import dataclass, field, replace
from operator import attrgetter

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from articles.models import (
    Article,
    Inspection,
    Meeting,
    Mention,
    Project,
)
from articles.public.base import NoSuchPage, PublicPage
from articles.public.charts import overview
from articles.public.event_queries import load_events
from articles.public.months import by_month
from articles.public.quarter_counts import counts_of
from articles.public.seo import PageMetadata, Subscription, quarter_metadata, quarters_metadata
from articles.quarter import QUARTERS, Quarter
from people.models import Official

#: Visits, meetings and stories that the page shows of a quarter that has more, the newest of each.
MOST = 12
#: The same for the page to print.
MOST_PRINTED = 600
#: Events that are listed unfolded: those of the page, and not those of the page to print.
UNFOLDED = 2 * MOST


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
    here, current = "quarters", "page"

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
    """The record of one quarter; of a long one its newest part, which leads to the lists."""

    template_name = "articles/quarter.html"
    here = "quarters"
    most = MOST

    def get(self, request, *args, **kwargs) -> HttpResponse:
        """The page; an address with a capital Q leads to the one with a small."""
        quarter = kwargs["quarter"]
        if f"/{quarter}/" not in request.path:
            name = request.resolver_match.url_name
            return redirect(name, quarter=quarter, permanent=True)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **context) -> dict:
        """Context with the record; 404 where nothing is on record."""
        quarter = context["quarter"]
        stories = list(Article.objects.live().filter(quarter=quarter).defer("body")[: self.most])
        named = Mention.objects.filter(article__in=stories).select_related("official", "article")
        mentions = list(named.defer("article__body"))
        record = load_quarter(quarter, self.most, mentions)
        counts = record["counts"]
        if not counts.on_record:
            reason = _("%(quarter)s没有记录。") % {"quarter": quarter.label}
            raise NoSuchPage(reason, (_("有记录的季度"), reverse("quarters")))
        inspections, meetings = record["inspections"], record["meetings"]
        shown = (len(inspections), len(meetings), len(stories))
        is_cut = shown != (counts.inspections, counts.meetings, counts.stories)
        seen = {project.pk: project for event in inspections for project in event.projects}
        figure = overview(record["calendar"], _("谁去了哪里"))
        asked = {asker.official for asker in record["askers"]}
        return super().get_context_data(
            **{**context, **record},
            is_cut=is_cut,
            overview=figure,
            months=by_month(figure.events, attrgetter("day"), UNFOLDED) if figure else [],
            silent=[one for one in record["participants"] if one.official not in asked],
            stories=stories,
            seen=list(seen.values()),
            told=[] if is_cut else _told(stories, seen),
            mentions=mentions,
            neighbours=[
                {"quarter": quarter.previous, "on_record": counts.before},
                {"quarter": quarter.following, "on_record": counts.after},
            ],
        )

    def subscription(self, context) -> Subscription | None:
        return Subscription({"quarter": str(context["quarter"])})

    def page_metadata(self, site, context) -> PageMetadata:
        return quarter_metadata(context["quarter"], context["counts"])


def _told(stories, seen):
    """Projects of the ``stories`` that were not ``seen``."""
    told = Project.objects.filter(appearances__article__in=stories).exclude(pk__in=seen)
    return list(told.distinct())


class PrintedQuarter(QuarterPage):
    """The record of one quarter on one page, to print."""

    template_name = "articles/quarter_print.html"
    most = MOST_PRINTED

    def subscription(self, context) -> None:
        """None: it is there to be printed."""

    def page_metadata(self, site, context) -> PageMetadata:
        page = super().page_metadata(site, context)
        return replace(page, title=_("%s整季打印版") % page.title, is_indexed=False)

    def canonical_path(self, context) -> str:
        """Address of the page of the quarter."""
        return reverse("quarter", kwargs={"quarter": context["quarter"]})
