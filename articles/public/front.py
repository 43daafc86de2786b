"""The front page, what is new for it, and the pages on which the paper speaks of itself."""

import datetime
from dataclasses import dataclass, field
from functools import cache
from math import inf
from operator import attrgetter, itemgetter

from django.db.models import DateField, Value, prefetch_related_objects
from django.db.models.functions import Now
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
    counts_of,
)
from articles.public.base import DossierPage, PublicPage
from articles.public.compiled import ANY_DAY, ANY_QUARTER, fetch_compiled
from articles.public.seo import PageMetadata, front_metadata, page_metadata
from articles.public.story_queries import StoryRecord, load_story_record
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
#: What a line prints of an event.
PRINTED = {
    Inspection: ("title", "slug", "held_on", "ends_on", "summary", "kind"),
    Meeting: ("name", "slug", "held_on", "ends_on", "summary", "form"),
}
#: Blocks of events.
NEWEST, A_YEAR_AGO = "newest", "a_year_ago"
#: What a name with a link needs of an official.
OFFICIAL = ("official", "official__name", "official__slug")


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
    """A story at the top of the page, with what it records."""

    story: Article
    record: StoryRecord

    @property
    def photo(self) -> ArticlePhoto | None:
        return next(iter(self.record.photos), None)

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
    shown = list(stories.values())[:most]
    prefetch_related_objects(shown, "bylines")
    return shown, {story.pk for story in (*leads, *pinned)}


@cache
def _events(most):
    """SQL of the newest events of each kind in any quarter, and of those of any day."""
    parts, values = [], ()
    for model, columns in PRINTED.items():
        public = model.objects.public(Now())
        for block, events in (
            (NEWEST, public.filter(quarter=ANY_QUARTER)),
            (A_YEAR_AGO, public.filter(held_on=ANY_DAY)),
        ):
            rows = events.values_list(Value(block), Value(model._meta.model_name), *columns)
            sql, params = rows[:most].query.sql_with_params()
            # The ORM gives a part of a union no limit of its own on SQLite.
            parts.append(f"SELECT * FROM ({sql}) AS {model._meta.model_name}_{block}")  # noqa: S608  its own SQL
            values += params
    return " UNION ALL ".join(parts), values


def newest_events(quarter: Quarter, most: int) -> dict[str, list[Inspection | Meeting]]:
    """The newest events of a quarter, newest first, and those of this day a year ago. One query.

    Of one day the inspection comes first: a party looks, then it meets. They have as much as a
    line of the page prints.
    """
    models = {model._meta.model_name: model for model in PRINTED}
    events = {NEWEST: [], A_YEAR_AGO: []}
    for block, kind, *row in fetch_compiled(_events(most), str(quarter), _a_year_ago()):
        model = models[kind]
        event = model(**dict(zip(PRINTED[model], row, strict=True)))
        for name in ("held_on", "ends_on"):
            setattr(event, name, DateField().to_python(getattr(event, name)))
        events[block].append(event)
    for found in events.values():
        # The database need not keep the order of the parts.
        found.sort(key=lambda event: isinstance(event, Meeting))
        found.sort(key=attrgetter("held_on"), reverse=True)
    return {block: found[:most] for block, found in events.items()}


def _a_year_ago():
    """The same day of last year; one without events where that had no 29 February."""
    today = timezone.localdate()
    try:
        return today.replace(year=today.year - 1)
    except ValueError:
        return ANY_DAY


@cache
def _shown():
    """SQL of rows: day and key of a story; day, title and rank; key, name, slug of an official."""
    newest = Article.objects.live(Now()).values("pk")[:LOOKED_AT]
    branches = (
        (Mention.objects.filter(article__in=newest), "article", "article__issued_on"),
        (Attendance.objects.filter(inspection__articles__in=newest), "inspection__articles", "day"),
        (Attendance.objects.filter(meeting__articles__in=newest), "meeting__articles", "day"),
    )
    first, *others = (
        rows.filter(official__isnull=False)
        .with_rank()
        .order_by()
        .values_list(f"{story}__issued_on", f"{story}__pk", day, "printed_title", "rank", *OFFICIAL)
        for rows, story, day in branches
    )
    return first.union(*others, all=True).query.sql_with_params()


def people_in_the_news(most: int) -> list[InTheNews]:
    """Officials whom the newest stories show, those of the latest day first. Two queries.

    Of one day they stand in the paper's order of rank. The title is that of the newest of those
    stories: as printed, else the one of the day.
    """
    people = {}
    for issued, story, day, title, rank, *official in sorted(
        fetch_compiled(_shown()), key=itemgetter(0, 1), reverse=True
    ):
        pk, name, slug = official
        person = people.setdefault(
            pk,
            InTheNews(
                Official(pk=pk, name=name, slug=slug), story, issued, DateField().to_python(day)
            ),
        )
        person.stories.add(story)
        if story == person.newest:
            person.title = person.title or title
        person.rank = min(person.rank, inf if rank is None else rank)
    # Both sorts are stable: of two with one rank, the later in the news goes first.
    by_rank = sorted(people.values(), key=attrgetter("rank"))
    shown = sorted(by_rank, key=lambda person: str(person.issued), reverse=True)[:most]
    prefetch_related_objects([person.official for person in shown], "appointments")
    for person in shown:
        person.title = person.title or person.official.title_on(person.day)
    return shown


class Front(PublicPage, TemplateView):
    """What the editor placed and what is new, and the record of the newest story's quarter."""

    template_name = "articles/front.html"
    here = "front"

    def get_context_data(self, **context) -> dict:
        """Context with the blocks of the page; without any on an empty site."""
        stories, placed = placed_and_newest(STORIES)
        if not stories:
            return super().get_context_data(**context)
        top = [TopStory(story, load_story_record(story)) for story in stories[:TOP]]
        others = stories[TOP:]
        told = [story for story in others if story.summary or story.pk in placed][:TOLD]
        briefs = [story for story in others if story not in told][:BRIEFS]
        quarter = max(stories, key=lambda story: story.issued_on).quarter
        events = newest_events(quarter, EVENTS)
        beside = _fitting(top[1:], told, events[A_YEAR_AGO])
        return super().get_context_data(
            top=top,
            told=told,
            briefs=briefs,
            quarter=quarter,
            counts=counts_of(quarter),
            events=events[NEWEST][:beside],
            a_year_ago=events[A_YEAR_AGO],
            people=people_in_the_news(PEOPLE),
            **context,
        )

    def page_metadata(self, site, context) -> PageMetadata:
        top = [one.story for one in context.get("top", ())]
        return front_metadata(site, [*top, *context.get("told", ())])


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
