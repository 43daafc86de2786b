"""The front page, what is new for it, and the pages on which the paper speaks of itself."""

import datetime
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from math import inf
from operator import attrgetter, itemgetter

from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone
from django.views.generic import TemplateView

from articles.images import CROP
from articles.models import (
    Article,
    ArticlePhoto,
    Attendance,
    Inspection,
    Meeting,
    Mention,
    Page,
    Placement,
)
from articles.public.base import DossierPage, PublicPage
from articles.public.event_queries import EventRecord, load_events
from articles.public.quarter_counts import counts_of
from articles.public.seo import PageMetadata, Subscription, front_metadata, page_metadata
from articles.quarter import Quarter
from people.models import Official

#: Stories that the page is made of: a lead, a second one, some told of, and briefs.
STORIES, TOP, TOLD, BRIEFS = 30, 2, 4, 9
#: Characters of the headline of a lead from which on it is set like others.
BANNER = 15
#: Rows of the other blocks.
FEWEST_EVENTS, EVENTS, PEOPLE = 3, 8, 7
A_DAY = datetime.timedelta(days=1)
#: Newest stories that are looked at for who is in the news.
LOOKED_AT = 30


@dataclass
class InTheNews:
    """An official: ``title`` in the ``newest`` story, the best rank, the keys of the stories."""

    official: Official
    newest: int
    #: Day of that story, and that of what it shows the official at.
    issued: datetime.date
    day: datetime.date
    stories: set[int] = field(default_factory=set)
    title: str = ""
    rank: float = inf


@dataclass
class TopStory:
    """A story at the top of the page, with the events that it records."""

    story: Article
    inspections: list[EventRecord]
    meetings: list[EventRecord]

    @property
    def photo(self) -> ArticlePhoto | None:
        return next(iter(self.story.photos.all()), None)

    @property
    def is_banner(self) -> bool:
        """Whether its headline is short enough to be set over the whole page."""
        return len(self.story.headline) < BANNER

    @property
    def picture(self) -> dict | None:
        """That picture, cut for its place."""
        return self.photo and self.photo.photo.picture(CROP)


def placed_and_newest(most: int) -> tuple[list[Article], set[int]]:
    """Stories of the front page, the lead first, each once; and keys of those an editor placed.

    Pinned stories follow the lead; the newest leads where no editor chose one. What bears a day
    after tomorrow's paper is no news yet, or a slip of the pen.
    """
    placements = Placement.objects.shown()
    issued = Article.objects.live().filter(issued_on__lte=timezone.localdate() + A_DAY)
    newest = list(issued.defer("body").select_related("section")[:most])
    leads = [one.story for one in placements if one.place == Placement.Place.LEAD]
    pinned = [one.story for one in placements if one.place == Placement.Place.PINNED]
    # By key and not by row: a story that is placed and new was read twice.
    stories = {story.pk: story for story in [*(leads or newest[:1]), *pinned, *newest]}
    return list(stories.values())[:most], {story.pk for story in (*leads, *pinned)}


def _top(stories):
    """Stories of the top of the page. At most ten queries."""
    by_key = (
        Prefetch(name, model.objects.order_by("pk"))
        for name, model in (("inspections", Inspection), ("meetings", Meeting))
    )
    photos = Prefetch("photos", ArticlePhoto.objects.select_related("photo"))
    prefetch_related_objects(stories, photos, *by_key)
    loaded = load_events(
        [event for story in stories for event in story.inspections.all()],
        [event for story in stories for event in story.meetings.all()],
    )
    records = {record.event: record for record in chain(*loaded)}
    return [
        TopStory(
            story,
            [records[event] for event in story.inspections.all()],
            [records[event] for event in story.meetings.all()],
        )
        for story in stories
    ]


def newest_events(quarter: Quarter, most: int) -> list[Inspection | Meeting]:
    """The newest events of a quarter, newest first."""
    return _in_print(most, quarter=quarter)


def events_a_year_ago(most: int) -> list[Inspection | Meeting]:
    """Events of this day last year; none where that had no 29 February."""
    today = timezone.localdate()
    try:
        return _in_print(most, held_on=today.replace(year=today.year - 1))
    except ValueError:
        return []


def _in_print(most, **condition):
    """The newest public events; of one day the inspection first: a party looks, then it meets."""
    events = [
        event
        for model in (Inspection, Meeting)
        for event in model.objects.public().filter(**condition)[:most]
    ]
    return sorted(events, key=attrgetter("held_on"), reverse=True)[:most]


def people_in_the_news(most: int) -> list[InTheNews]:
    """Officials whom the newest stories show, those of the latest day first. Six queries.

    Of one day they stand in the paper's order of rank. The title is that of the newest of those
    stories: as printed, else the one of the day.
    """
    shown = _shown()
    officials = Official.objects.prefetch_related("appointments")
    officials = officials.in_bulk({official for *_row, official in shown})
    people = {}
    for issued, story, day, title, pk in shown:
        official = officials[pk]
        person = people.setdefault(pk, InTheNews(official, story, issued, day))
        person.stories.add(story)
        if story == person.newest:
            person.title = person.title or title
        rank = official.rank_on(day)
        person.rank = min(person.rank, inf if rank is None else rank)
    # Both sorts are stable: of two with one rank, the later in the news goes first.
    by_rank = sorted(people.values(), key=attrgetter("rank"))
    found = sorted(by_rank, key=attrgetter("issued"), reverse=True)[:most]
    for person in found:
        person.title = person.title or person.official.title_on(person.day)
    return found


def _shown():
    """Day and key of a new story, day of what it shows, title there, key of an official.

    The newest story first.
    """
    newest = list(Article.objects.live().values_list("pk", flat=True)[:LOOKED_AT])
    rows = [
        row
        for model, story, day in (
            (Mention, "article", "article__issued_on"),
            (Attendance, "inspection__articles", "inspection__held_on"),
            (Attendance, "meeting__articles", "meeting__held_on"),
        )
        for row in model.objects.filter(**{f"{story}__in": newest}, official__isnull=False)
        .order_by()
        .values_list(f"{story}__issued_on", f"{story}__pk", day, "printed_title", "official")
    ]
    return sorted(rows, key=itemgetter(0, 1), reverse=True)


class Front(PublicPage, TemplateView):
    """What the editor placed and what is new, and the record of the newest story's quarter."""

    template_name = "articles/front.html"
    here = "front"

    def get_context_data(self, **context) -> dict:
        """Context with the blocks of the page; without any on an empty site."""
        stories, placed = placed_and_newest(STORIES)
        if not stories:
            return super().get_context_data(**context)
        others = stories[TOP:]
        told = [story for story in others if story.summary or story.pk in placed][:TOLD]
        briefs = [story for story in others if story not in told][:BRIEFS]
        quarter = max(stories, key=lambda story: story.issued_on).quarter
        top, beside = _top(stories[:TOP]), self.shared("front", partial(_beside, quarter))
        events = beside["events"][: _fitting(top[1:], told, beside["a_year_ago"])]
        prefetch_related_objects([*stories[:TOP], *told], "bylines")
        return super().get_context_data(
            **{**beside, "events": events},
            top=top,
            told=told,
            briefs=briefs,
            quarter=quarter,
            **context,
        )

    def subscription(self, context) -> Subscription:
        return Subscription()

    def page_metadata(self, site, context) -> PageMetadata:
        top = [one.story for one in context.get("top", ())]
        return front_metadata(site, [*top, *context.get("told", ())])


def _beside(quarter):
    """What stands beside the stories; the same in every display mode."""
    return {
        "counts": counts_of(quarter),
        "events": newest_events(quarter, EVENTS),
        "a_year_ago": events_a_year_ago(EVENTS),
        "people": people_in_the_news(PEOPLE),
    }


def _fitting(second, told, a_year_ago):
    """Number of events that come out about as high as the stories beside them, on a wide page."""
    rows = (len(told) + 1) // 2
    left = 350 * len(second) + 190 * rows
    right = 160 + (200 if a_year_ago else 0)
    return min(max(round((left - right) / 75), FEWEST_EVENTS), EVENTS)


class PageOfPaper(DossierPage):
    """A page of the paper's own: 关于本报, 联系 and the like."""

    model = Page
    template_name = "articles/page.html"

    def page_metadata(self, site, context) -> PageMetadata:
        return page_metadata(self.object.title, self.object.body)
