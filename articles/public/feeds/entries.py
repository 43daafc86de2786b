"""Stories as entries of a feed: whole, with their record, each under a name that never changes."""

import datetime
import re
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from django.conf import settings
from django.db.models import F, Max, Prefetch, Q, QuerySet
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from articles.models import (
    Article,
    ArticlePhoto,
    Byline,
    Inspection,
    Meeting,
    Mention,
    Transition,
    Version,
)
from articles.models.choices import TransitionName, Visibility
from articles.public.event_queries import load_events
from articles.public.seo import AUTHORS, Site
from articles.public.story_queries import StoryRecord
from people.shared.characters import writable

#: Entries and tombstones of a feed.
MOST = 50
#: Year from which names are given; a tag: URI (RFC 4151) has to have one, and any would do.
_SINCE = 2021
#: A path in a tag of a body; text has no bare "<".
_OWN_PATH = re.compile(r'(<(?:a|img)\b(?:"[^"]*"|[^">])*?\s(?:href|src)=")(?=/(?!/))')


def authority() -> str:
    """The host in names of things: the first of ours, by whichever a reader comes."""
    return settings.ALLOWED_HOSTS[0].lstrip(".")


def tag_of(path: str) -> str:
    """Name of what ``path`` tells apart, as a tag: URI."""
    return f"tag:{authority()},{_SINCE}:{path}"


def name_of(key: int) -> str:
    """Name of a story for all time and in every feed, whatever becomes of its address."""
    return tag_of(f"articles/{key}")


class Tombstone(NamedTuple):
    """A story that was withdrawn: its key and when, and nothing else of it."""

    key: int
    withdrawn_at: datetime.datetime


@dataclass
class Entry:
    """A story as it stands in a feed of ``site``."""

    story: Article
    record: StoryRecord
    #: When readers last saw anything else of it, its record included.
    updated: datetime.datetime
    site: Site

    @property
    def name(self) -> str:
        return name_of(self.story.pk)

    @property
    def title(self) -> str:
        return writable(str(self.story))

    @property
    def address(self) -> str:
        return self.site.address(self.story)

    @property
    def published(self) -> datetime.datetime:
        # A live story has its hour: a constraint says so.
        return self.story.published_at  # type: ignore[return-value]

    @property
    def summary(self) -> str:
        return writable(self.story.summary)

    @property
    def authors(self) -> list[str]:
        """Who wrote it, as printed."""
        return [writable(one.printed_name) for one in self.record.bylines if one.role in AUTHORS]

    @property
    def section(self) -> str:
        return writable(self.story.section.name) if self.story.section else ""

    @property
    def picture(self) -> str:
        """Address of its first picture; empty where it has none."""
        photos = self.record.photos
        return self.site.address(photos[0].photo.picture()["src"]) if photos else ""

    @cached_property
    def html(self) -> str:
        """The whole text and the record, of elements that a body may have."""
        context = {"story": self.story, "body": self._body(), "record": self.record}
        html = render_to_string("articles/_feed_entry.html", context)
        return writable(_OWN_PATH.sub(rf"\g<1>{self.site.root}", html.strip()))

    def _body(self):
        """The body, the dateline at its head."""
        body, dateline = self.story.body, self.story.dateline
        if dateline and body.startswith("<p>"):
            body = format_html("<p>{}　", dateline) + body.removeprefix("<p>")
        return mark_safe(body)  # noqa: S308  as BodyField keeps it


def load_entries(stories: QuerySet[Article], site: Site) -> list[Entry]:
    """The first ``MOST`` of live ``stories`` with all that they record; queries do not add up."""
    rows = stories.select_related("section").prefetch_related(
        Prefetch("bylines", Byline.objects.all()),
        Prefetch("mentions", Mention.objects.select_related("official")),
        Prefetch("photos", ArticlePhoto.objects.select_related("photo")),
        Prefetch("inspections", Inspection.objects.with_meeting()),
        "meetings",
        "projects",
    )
    found = list(rows[:MOST])
    inspections = {event.pk: event for story in found for event in story.inspections.all()}
    meetings = {event.pk: event for story in found for event in story.meetings.all()}
    mentions = chain.from_iterable(story.mentions.all() for story in found)
    records = load_events(inspections.values(), meetings.values(), list(mentions))
    visits, talks = ({record.event.pk: record for record in kind} for kind in records)
    changes = changes_of(inspections, meetings)
    return [_entry(story, visits, talks, changes, site) for story in found]


def _entry(story, visits, talks, changes, site):
    record = StoryRecord(
        **{name: list(getattr(story, name).all()) for name in ("bylines", "mentions", "photos")},
        projects=list(story.projects.all()),
        inspections=[visits[event.pk] for event in story.inspections.all()],
        meetings=[talks[event.pk] for event in story.meetings.all()],
    )
    moments = [story.published_at, story.updated_at]
    moments += [changes.get((one.event._meta.label_lower, one.event.pk)) for one in record.events]
    return Entry(story, record, max(filter(None, moments)), site)


def changes_of(inspections, meetings) -> dict[tuple[str, int], datetime.datetime]:
    """When the records of events with these keys were last amended, by model and key. One query."""
    rows = Version.objects.filter(
        Q(record_model=Inspection._meta.label_lower, record_id__in=list(inspections))
        | Q(record_model=Meeting._meta.label_lower, record_id__in=list(meetings)),
        story=None,
        number__gt=1,
    )
    latest = rows.order_by().values_list("record_model", "record_id").annotate(Max("made_at"))
    return {(model, key): moment for model, key, moment in latest}


def load_tombstones() -> list[Tombstone]:
    """The stories withdrawn last. Every feed has the same: which it was in would tell of its text.

    One query.
    """
    rows = Transition.objects.filter(
        name=TransitionName.WITHDRAW,
        of_copy=False,
        story__visibility=Visibility.WITHDRAWN,
        story__published_at__lte=F("made_at"),
    )
    newest: dict[int, datetime.datetime] = {}
    for key, moment in rows.order_by("-made_at").values_list("story_id", "made_at")[:MOST]:
        newest.setdefault(key, moment)
    return [Tombstone(key, moment) for key, moment in newest.items()]
