"""Feeds: what programs of readers are told of stories, and of what became of them."""

import datetime
import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.editorial import amended, execute, open_working_copy, touch_public, writing
from articles.editorial.roles import CHIEF
from articles.models import Article, Inspection, Project, Section
from articles.public.feeds.entries import MOST, Entry
from articles.public.feeds.formats import WRITERS, Feed
from articles.public.seo import Site
from articles.public.story_queries import StoryRecord
from articles.sanitise import clean_body
from people.models import Official, Reporter
from tests.support.feeds import CHECKS, check_atom, check_json, check_rss, read
from tests.support.stories import live as make_live
from tests.support.stories import put, signed

pytestmark = pytest.mark.django_db

ROOT = "http://testserver"


def addresses():
    """Addresses of feeds, without their ending, of the site and of a thing of each kind."""
    firsts = {
        "sections": Section.objects.first(),
        "officials": Official.objects.public().first(),
        "reporters": Reporter.objects.public().first(),
        "projects": Project.objects.public().first(),
    }
    things = [f"/feeds/{kind}/{thing.slug}" for kind, thing in firsts.items() if thing]
    return ["/feeds/articles", "/feeds/quarters/2021q1", *things]


def check_all(client):
    """Read each feed; the number of queries of each, and of entries of that of the site."""
    costs = {}
    for address in addresses():
        for ending, check in CHECKS.items():
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(f"{address}.{ending}")
            found = check(answer)
            costs[f"{address}.{ending}"] = len(queries)
    items = check_json(client.get("/feeds/articles.json"))["items"]
    assert len(items) == len(check_atom(client.get("/feeds/articles.atom")).entries)
    assert found
    return costs, len(items)


@pytest.mark.usefixtures("no_query_in_templates")
def test_every_feed_is_valid_with_no_six_and_six_hundred_stories(client, request):
    assert check_all(client)[1] == 0
    request.getfixturevalue("bulletin")
    few, count = check_all(client)
    assert count == 6
    call_command("make_stories", 600, seed=7, verbosity=0)
    many, count = check_all(client)
    assert count == MOST
    # Reading the state twice is part of it; pictures, terms of office and the like may add some.
    assert max(many.values()) <= 22
    site = "/feeds/articles.atom"
    assert many[site] <= few[site] + 3


def test_an_entry_has_the_whole_story_and_its_record(client, bulletin):
    story = Article.objects.get(position=1)
    (entry,) = (
        one
        for one in check_atom(client.get("/feeds/articles.atom")).entries
        if one.id.endswith(f":articles/{story.pk}")
    )
    assert entry.title == str(story)
    assert entry.link == ROOT + story.get_absolute_url()
    (content,) = entry.content
    whole = re.sub(r"<[^>]+>", "", content.value)
    for said in (
        story.dateline,
        "苏建设，区委副书记、区长，带队",
        "南部城区组",
        "普乐天地项目",
        "陈红民的要求",
    ):
        assert said in whole
    assert re.sub(r"<[^>]+>", "", story.body)[-60:] in whole
    items = check_json(client.get("/feeds/articles.json"))["items"]
    assert [one["content_html"] for one in items if one["id"] == entry.id] == [content.value]
    # Of elements that a body may have, with addresses that work in a program.
    cleaned = clean_body(content.value.replace(ROOT, "")).replace(' rel="noopener noreferrer"', "")
    assert cleaned == content.value.replace(ROOT, "")
    assert not re.search(r'(?:href|src)="/', content.value)


def test_the_same_parameters_as_the_list(client, bulletin):
    narrowed = client.get("/feeds/articles.atom?section=hui-yi&quarter=2021q1")
    found = check_atom(narrowed)
    assert len(found.entries) == Article.objects.live().filter(section__slug="hui-yi").count()
    assert found.feed.title.startswith("2021年第一季度，会议 - ")
    assert found.feed.link == f"{ROOT}/articles/?quarter=2021q1&section=hui-yi"
    searched = client.get("/feeds/articles.rss?q=组织")
    assert check_rss(searched).entries
    assert "组织" not in read(searched).feed.title
    # A program's own parameters are no conditions.
    assert len(check_atom(client.get("/feeds/articles.atom?_=123")).entries) == 6


@pytest.mark.parametrize(
    "address",
    [
        "articles.atom?quarter=2021q9",
        "articles.json?section=no",
        "articles.rss?official=no",
        "articles.atom?date_after=2021-13-01",
        "officials/no.atom",
        "sections/no.rss",
        "quarters/no.json",
        "articles.xml",
        "papers/x.atom",
    ],
)
def test_a_condition_that_nothing_meets_is_no_feed(client, bulletin, address):
    assert client.get(f"/feeds/{address}").status_code == 404


def test_a_quarter_to_come_can_be_followed(client, bulletin):
    assert check_atom(client.get("/feeds/quarters/2031q2.atom")).entries == []


def test_who_was_renamed_is_followed_on(client, bulletin):
    with writing():
        project = Project.objects.get(name="普乐天地项目")
        former, project.slug = project.slug, "pu-le"
        project.save()
    answer = client.get(f"/feeds/projects/{former}.atom")
    assert (answer.status_code, answer["Location"]) == (301, "/feeds/projects/pu-le.atom")
    with writing():
        put(Article.objects.live(), visibility="withdrawn")
        touch_public()
    assert client.get(f"/feeds/projects/{former}.atom").status_code == 404


@pytest.mark.parametrize("address", ["articles.atom", "articles.json?q=组织", "articles.rss?_=1"])
def test_what_is_had_already_is_not_sent_again(client, bulletin, address):
    first = client.get(f"/feeds/{address}")
    again = client.get(f"/feeds/{address}", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    since = {"if-modified-since": first["Last-Modified"]}
    assert client.get(f"/feeds/{address}", headers=since).status_code == 304
    long_ago = {"if-modified-since": "Mon, 06 Jan 2020 00:00:00 GMT"}
    assert client.get(f"/feeds/{address}", headers=long_ago).status_code == 200


def test_a_reader_sees_a_correction(client, live, account, chief):
    def seen(ending):
        (entry,) = CHECKS[ending](client.get(f"/feeds/articles.{ending}")).entries
        return entry

    before = {ending: seen(ending) for ending in ("atom", "rss")}
    copy = open_working_copy(live, chief)
    Article.objects.filter(pk=copy.pk).update(headline="桥又通了", body="<p>更正：昨天通车。</p>")
    copy.refresh_from_db()
    assert seen("atom").title == "桥通了"
    people = signed(copy, account, author=chief)
    execute("publish", copy, person=people["sign"], accepted=True)
    for ending, former in before.items():
        now = seen(ending)
        assert (now.id, now.title) == (former.id, "桥又通了")
        assert now.published == former.published
        assert now.updated > former.updated
        assert "昨天通车" in now.content[0].value


def test_an_amended_record_is_a_correction(client, bulletin, account):
    def updated():
        feed = check_json(client.get("/feeds/articles.json"))
        return {item["id"]: item["date_modified"] for item in feed["items"]}

    before, event = updated(), Inspection.objects.get(title__contains="重大项目")
    person = account(CHIEF)
    for event.place in ("两处", "三处"):
        with writing():
            event.save()
            amended(event, person=person, reason="核实")
    after = updated()
    shown = {f"tag:127.0.0.1,2021:articles/{story.pk}" for story in event.articles.all()}
    assert {name for name in after if after[name] > before[name]} == shown


def test_of_what_was_withdrawn_a_reader_sees_the_id_alone(client, live, chief):
    other = make_live(headline="别的")
    name = f"tag:127.0.0.1,2021:articles/{live.pk}"
    assert name in {entry.id for entry in read(client.get("/feeds/articles.atom")).entries}
    execute("withdraw", live, person=chief, reason="隐情", accepted=True)
    feeds = ("articles", f"sections/{other.section.slug}", "quarters/2030q1")
    for address in feeds:
        answer = client.get(f"/feeds/{address}.atom")
        check_atom(answer)
        (stone,) = re.findall("<at:deleted-entry[^>]*>", answer.text)
        assert f'ref="{name}"' in stone
        for hidden in ("桥通了", "新桥", "隐情", live.slug, "王某"):
            assert hidden not in answer.text
        for ending in ("rss", "json"):
            assert f"articles/{live.pk}" not in client.get(f"/feeds/{address}.{ending}").text
    execute("publish", live, person=chief, accepted=True)
    answer = client.get("/feeds/articles.atom")
    assert "deleted-entry" not in answer.text
    assert name in {entry.id for entry in check_atom(answer).entries}


def test_what_was_withdrawn_before_its_hour_was_never_there(client, live, chief):
    later = timezone.now() + datetime.timedelta(days=1)
    execute("withdraw", live, person=chief, reason="核实", accepted=True)
    Article.objects.filter(pk=live.pk).update(published_at=later)
    assert "deleted-entry" not in client.get("/feeds/articles.atom").text


#: What breaks programs that write XML by hand, and a character beyond the first plane.
ODD = "甲&<]]>\x00\x0b\ufffe\"'𠀀乙"


@pytest.mark.parametrize("ending", CHECKS)
def test_odd_characters_break_no_feed(client, ending):
    now = timezone.now()
    body = f"<p>{ODD.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')}</p>"
    story = Article(
        pk=7,
        headline=ODD,
        body=body,
        summary=ODD,
        slug="odd",
        issued_on=now.date(),
        published_at=now,
    )
    entries = [Entry(story, StoryRecord(), now, Site(ROOT))]
    feed = Feed(Site(ROOT), "报", f"{ROOT}/", f"{ROOT}/feeds/articles.{ending}", entries)
    kept = "甲&<]]>\"'𠀀乙"
    answer = client.get(f"/feeds/articles.{ending}")
    answer.content = WRITERS[ending](feed).encode()
    found = CHECKS[ending](answer)
    title = found["items"][0]["title"] if ending == "json" else found.entries[0].title
    assert title == kept


def test_a_page_names_the_feeds_of_what_it_lists(client, bulletin):
    pages = {
        "/": "articles",
        "/articles/?quarter=2021q1&page=1": "quarters/2021q1",
        "/articles/?quarter=2021q1&section=hui-yi": "articles",
        "/sections/hui-yi/": "sections/hui-yi",
        "/officials/su-jian-she/": "officials/su-jian-she",
        "/reporters/zhang-gai-hua/": "reporters/zhang-gai-hua",
        "/quarters/2021q1/": "quarters/2021q1",
        "/feeds/": "articles",
    }
    link = re.compile(r'<link rel="alternate" type="([^"]+)" href="([^"]+)" title="[^"]+">')
    for page, feed in pages.items():
        found = link.findall(client.get(page).text)
        assert len(found) >= 3, page
        for media, address in found:
            path = address.replace("&amp;", "&").removeprefix(ROOT)
            assert re.match(rf"/feeds/({feed}|events)\.", path), page
            answer = client.get(path)
            assert (answer.status_code, answer["Content-Type"].partition(";")[0]) == (200, media)
    assert not link.search(client.get("/articles/2021/").text)
    assert not link.search(client.get("/quarters/2021q1/print/").text)


def test_a_reader_comes_from_a_heading_to_the_addresses(client, bulletin):
    for page in ("/officials/su-jian-she/", "/articles/?quarter=2021q1", "/quarters/2021q1/"):
        (way,) = re.findall(r'<a class="subscribe" href="([^"]+)">订阅</a>', client.get(page).text)
        guide = client.get(way).text
        (atom,) = re.findall(r'href="([^"]+\.atom)">http', guide)
        assert check_atom(client.get(atom.removeprefix(ROOT))).entries
        assert "怎样订阅" in guide
    assert 'href="/feeds/">订阅</a>' in client.get("/").text
