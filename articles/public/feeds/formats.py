"""Feeds as Atom (RFC 4287, tombstones by RFC 6721), RSS 2.0 and JSON Feed 1.1."""

import datetime
import json
from dataclasses import dataclass, field

from django.utils import feedgenerator
from django.utils.feedgenerator import rfc3339_date

from articles.public.feeds.entries import Entry, Tombstone, name_of, tag_of
from articles.public.seo import Site

#: When a feed changed in which nothing was ever printed: a reader wants some moment.
_NEVER = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
_LANGUAGE = "zh-Hans"
_TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_JSON_FEED = "https://jsonfeed.org/version/1.1"


@dataclass
class Feed:
    """What a feed says, in whatever format. Addresses are absolute."""

    site: Site
    title: str
    #: Page that lists the same, and the feed itself.
    page: str
    address: str
    entries: list[Entry]
    tombstones: list[Tombstone] = field(default_factory=list)

    @property
    def updated(self) -> datetime.datetime:
        """When it last changed."""
        moments = [entry.updated for entry in self.entries]
        return max([*moments, *(stone.withdrawn_at for stone in self.tombstones)], default=_NEVER)


class _Generator:
    """What Django's two generators say of a feed."""

    @classmethod
    def write_feed(cls, feed: Feed) -> str:
        channel = cls(
            title=feed.title,
            link=feed.page,
            description=feed.title,
            language=_LANGUAGE,
            author_name=feed.site.name,
            feed_url=feed.address,
            feed_guid=tag_of(feed.address.removeprefix(feed.site.root)),
            updated=feed.updated,
            tombstones=feed.tombstones,
        )
        for entry in feed.entries:
            channel.add_item(
                title=entry.title,
                link=entry.address,
                description=entry.summary or None,
                author_name="、".join(entry.authors) or None,
                pubdate=entry.published,
                updateddate=entry.updated,
                unique_id=entry.name,
                unique_id_is_permalink=False,
                categories=[entry.section] if entry.section else (),
                html=entry.html,
            )
        return channel.writeString("utf-8")

    def latest_post_date(self) -> datetime.datetime:
        """When the feed last changed, withdrawals included; not the clock where it is empty."""
        return self.feed["updated"]


class _Atom(_Generator, feedgenerator.Atom1Feed):
    def root_attributes(self) -> dict:
        return {**super().root_attributes(), "xmlns:at": _TOMBSTONES}

    def write_items(self, handler) -> None:
        super().write_items(handler)
        for stone in self.feed["tombstones"]:
            said = {"ref": name_of(stone.key), "when": rfc3339_date(stone.withdrawn_at)}
            handler.addQuickElement("at:deleted-entry", None, said)

    def add_item_elements(self, handler, item) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["html"], {"type": "html"})


class _Rss(_Generator, feedgenerator.Rss201rev2Feed):
    def rss_attributes(self) -> dict:
        return {**super().rss_attributes(), "xmlns:content": _CONTENT}

    def add_item_elements(self, handler, item) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("atom:updated", rfc3339_date(item["updateddate"]))
        handler.addQuickElement("content:encoded", item["html"])


def _write_json(feed):
    said = {
        "version": _JSON_FEED,
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.address,
        "language": _LANGUAGE,
        "authors": [{"name": feed.site.name, "url": feed.site.address("/")}],
        "items": [_item(entry) for entry in feed.entries],
    }
    return json.dumps(said, ensure_ascii=False)


def _item(entry):
    said = {
        "id": entry.name,
        "url": entry.address,
        "title": entry.title,
        "content_html": entry.html,
        "summary": entry.summary,
        "image": entry.picture,
        "date_published": rfc3339_date(entry.published),
        "date_modified": rfc3339_date(entry.updated),
        "authors": [{"name": name} for name in entry.authors],
        "tags": [entry.section] if entry.section else [],
    }
    return {name: value for name, value in said.items() if value}


#: How a feed is written, by the ending of its address.
WRITERS = {"atom": _Atom.write_feed, "rss": _Rss.write_feed, "json": _write_json}
