"""Feeds read by programs made for it, and held against their specifications.

Those are RFC 4287 and 6721 for Atom, JSON Feed 1.1, RFC 5545 for calendars; no licence lets us copy
their schemas.
"""

import datetime
import json

import feedparser
from icalendar import Calendar
from lxml import etree

ATOM, AT = "{http://www.w3.org/2005/Atom}", "{http://purl.org/atompub/tombstones/1.0}"
#: Children that a feed and an entry may have, and those that they have once.
OF_FEED = {"title", "link", "id", "updated", "author", "entry", "subtitle"}
OF_ENTRY = {*OF_FEED - {"entry", "subtitle"}, "published", "summary", "category", "content"}
ONCE = ("title", "id", "updated")
JSON_FEED = {"version", "title", "home_page_url", "feed_url", "language", "authors", "items"}
JSON_ITEM = {
    *("id", "url", "title", "content_html", "summary", "image", "tags", "authors"),
    *("date_published", "date_modified"),
}


def moment(text):
    """The moment of a text by RFC 3339."""
    at = datetime.datetime.fromisoformat(text)
    assert at.tzinfo, text
    return at


def read(answer):
    """A feed as feedparser reads it, which found nothing to mend."""
    assert answer.status_code == 200
    headers = {"content-type": answer["Content-Type"]}
    found = feedparser.parse(answer.content, response_headers=headers)
    assert found.bozo == 0, found.bozo_exception
    return found


def check_atom(answer):
    """Hold the Atom feed against RFC 4287 and 6721; feedparser's reading of it."""
    root = etree.fromstring(answer.content)
    assert root.tag == f"{ATOM}feed"
    stones = root.findall(f"{AT}deleted-entry")
    entries = root.findall(f"{ATOM}entry")
    names = {child.tag.removeprefix(ATOM) for child in root if child not in stones}
    assert names <= OF_FEED
    for part, allowed in ((root, OF_FEED), *((entry, OF_ENTRY) for entry in entries)):
        children = [child.tag.removeprefix(ATOM) for child in part if child not in stones]
        assert set(children) <= allowed
        assert all(children.count(name) == 1 for name in ONCE)
        moment(part.findtext(f"{ATOM}updated"))
        rels = [link.get("rel") for link in part.findall(f"{ATOM}link")]
        assert rels == (["alternate", "self"] if part is root else ["alternate"])
        assert all(link.get("href").startswith("http") for link in part.findall(f"{ATOM}link"))
        assert all(part.findtext(f"{ATOM}id").startswith("tag:") for _once in range(1))
        assert all(author.findtext(f"{ATOM}name") for author in part.findall(f"{ATOM}author"))
    # An entry without an author has that of the feed.
    assert root.find(f"{ATOM}author") is not None
    for entry in entries:
        assert entry.find(f"{ATOM}content").get("type") == "html"
        assert moment(entry.findtext(f"{ATOM}published")) <= moment(
            entry.findtext(f"{ATOM}updated")
        )
    for stone in stones:
        assert set(stone.attrib) == {"ref", "when"}
        assert (len(stone), stone.text) == (0, None)
        moment(stone.get("when"))
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len({*ids, *(stone.get("ref") for stone in stones)}) == len(ids) + len(stones)
    return read(answer)


def check_rss(answer):
    """Hold the RSS feed against its specification; feedparser's reading of it."""
    root = etree.fromstring(answer.content)
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    (channel,) = root
    assert all(channel.findtext(name) for name in ("title", "link", "description"))
    for item in channel.findall("item"):
        assert item.findtext("title")
        assert item.find("guid").get("isPermaLink") == "false"
    return read(answer)


def check_json(answer):
    """Hold the JSON feed against JSON Feed 1.1; its data."""
    assert answer["Content-Type"].startswith("application/feed+json")
    feed = json.loads(answer.content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert set(feed) == JSON_FEED
    for address in ("home_page_url", "feed_url"):
        assert feed[address].startswith("http")
    for item in feed["items"]:
        assert {"id", "url", "title", "content_html"} <= set(item) <= JSON_ITEM
        assert all(isinstance(item[name], str) for name in ("id", "content_html"))
        assert item["url"].startswith("http")
        assert moment(item["date_published"]) <= moment(item["date_modified"])
        assert all(set(author) == {"name"} for author in item.get("authors", ()))
        assert "" not in item.values()
    assert len({item["id"] for item in feed["items"]}) == len(feed["items"])
    return feed


def check_calendar(answer):
    """The calendar as icalendar reads it; its events."""
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    assert b"\n" not in answer.content.replace(b"\r\n", b"")
    calendar = Calendar.from_ical(answer.content)
    assert calendar["VERSION"] == "2.0"
    assert not calendar.errors
    for event in calendar.events:
        assert not event.errors
        assert event.start < event.end
        assert {"UID", "DTSTAMP", "SUMMARY", "URL"} <= set(event)
    assert len({event["UID"] for event in calendar.events}) == len(calendar.events)
    return calendar


CHECKS = {"atom": check_atom, "rss": check_rss, "json": check_json}
