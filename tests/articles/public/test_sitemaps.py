"""Site maps: every page that readers may see, with true times, and the news.

The schemas of sitemaps.org are not ours to copy: their rules are asserted here.
"""

import datetime
import re

import pytest
from django.core.management import call_command
from django.utils import timezone
from lxml import etree

from articles.models import Article, Inspection
from articles.public.seo import SITEMAPS
from articles.public.seo.sitemaps import PublicSitemap
from tests.support.stories import live

pytestmark = pytest.mark.django_db

ROOT = "http://testserver"
MAP, NEWS = (
    "{http://www.sitemaps.org/schemas/sitemap/0.9}",
    "{http://www.google.com/schemas/sitemap-news/0.9}",
)


def read(client, address, root="urlset"):
    """Address and time of each entry of a map, which keeps to the schema."""
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml")
    tree = etree.fromstring(answer.content)
    assert tree.tag == f"{MAP}{root}"
    assert len(tree) > 0
    assert {entry.tag for entry in tree} == {MAP + ("url" if root == "urlset" else "sitemap")}
    for entry in tree:
        names = [child.tag for child in entry]
        assert names[0] == f"{MAP}loc"
        assert set(names) <= {f"{MAP}loc", f"{MAP}lastmod", f"{NEWS}news"}
        assert len(names) == len(set(names))
    found = {entry.findtext(f"{MAP}loc"): entry.findtext(f"{MAP}lastmod") for entry in tree}
    assert len(found) == len(tree)
    assert all(location.startswith(ROOT) for location in found)
    return {location.removeprefix(ROOT): changed for location, changed in found.items()}


def read_all(client):
    """Addresses of all maps that the index names, with their times; and the index."""
    index = read(client, "/sitemap.xml", "sitemapindex")
    pages = {}
    for address in index:
        pages |= read(client, address)
    return pages, index


def test_every_map_is_valid_with_no_six_and_six_hundred_stories(client, request):
    pages, index = read_all(client)
    assert "/feeds/" in pages
    assert not any(part in address for address in index for part in ("articles", "quarters"))
    assert client.get("/sitemap-articles.xml").status_code == 404
    request.getfixturevalue("bulletin")
    pages, index = read_all(client)
    assert {story.get_absolute_url() for story in Article.objects.live()} <= set(pages)
    assert {"/quarters/2021q1/", "/sections/hui-yi/", "/officials/su-jian-she/"} <= set(pages)
    call_command("make_stories", 600, seed=7, verbosity=0)
    pages, index = read_all(client)
    assert len(pages) > 600
    assert {client.get(page).status_code for page in list(pages)[::150]} == {200}


def test_a_long_map_is_split_and_an_older_part_stays_as_it_is(client, bulletin, monkeypatch):
    monkeypatch.setattr(PublicSitemap, "limit", 4)
    parts = [f"/sitemap-articles.xml?p={number}" for number in (1, 2, 3)]
    before = read(client, parts[0])
    assert (len(before), len(read(client, parts[1]))) == (4, 2)
    assert client.get(parts[2]).status_code == 404
    story = live()
    assert read(client, parts[0]) == before
    assert story.get_absolute_url() in read(client, parts[1])
    index = read(client, "/sitemap.xml", "sitemapindex")
    newest = datetime.datetime.fromisoformat(index[parts[1]])
    assert newest == story.published_at
    assert datetime.datetime.fromisoformat(index[parts[0]]) < newest


def test_the_time_of_a_story_is_that_of_its_publication_or_of_a_change(client):
    moment = datetime.datetime(2021, 4, 6, 1, tzinfo=timezone.get_current_timezone())
    story = live(published_at=moment)
    address = story.get_absolute_url()
    assert read(client, "/sitemap-articles.xml")[address] == "2021-04-06"
    Article.objects.filter(pk=story.pk).update(updated_at=moment + datetime.timedelta(days=3))
    assert read(client, "/sitemap-articles.xml")[address] == "2021-04-09"
    story.inspections.add(Inspection.objects.create(title="看桥", held_on=moment.date()))
    assert set(read(client, "/sitemap-inspections.xml").values()) == {None}


def test_the_news_are_the_stories_of_two_days(client):
    now = timezone.now()
    today, hour = timezone.localdate(), datetime.timedelta(hours=1)
    news = live(headline="甲&<]]>𠀀", issued_on=today, published_at=now - hour)
    live(headline="旧", issued_on=today, published_at=now - 49 * hour)
    live(headline="旧刊补登", published_at=now - hour)
    live(headline="未到", issued_on=today, published_at=now + hour)
    assert set(read(client, "/sitemap-news.xml")) == {"/", news.get_absolute_url()}
    tree = etree.fromstring(client.get("/sitemap-news.xml").content)
    (entry,) = tree.iter(f"{NEWS}news")
    assert entry.findtext(f"{NEWS}title") == str(news)
    assert entry.findtext(f"{NEWS}publication/{NEWS}name")
    assert entry.findtext(f"{NEWS}publication/{NEWS}language") == "zh-cn"
    said = datetime.datetime.fromisoformat(entry.findtext(f"{NEWS}publication_date"))
    assert said == news.published_at


def test_robots_are_led_to_both_maps_and_kept_from_the_desk(client):
    text = client.get("/robots.txt").text
    maps = re.findall(r"^Sitemap: (.*)$", text, re.MULTILINE)
    assert maps == [f"{ROOT}/sitemap.xml", f"{ROOT}/sitemap-news.xml"]
    assert {client.get(one.removeprefix(ROOT)).status_code for one in maps} == {200}
    assert "Disallow: /admin/" in text


def test_there_is_no_map_of_an_unknown_kind(client, bulletin):
    assert all(sitemap.limit == 10_000 for sitemap in SITEMAPS.values())
    for address in ("no.xml", "articles.xml?p=0", "articles.xml?p=2", "articles.xml?p=x"):
        assert client.get(f"/sitemap-{address}").status_code == 404
