"""What pages tell machines, read by a library made for it: the very facts of the page."""

import datetime
import re
from urllib.parse import urlencode

import extruct
import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Byline, Inspection, Meeting, Page, Project
from people.models import Appointment, Official, Organisation, Reporter
from tests.support.every_page import print_paper, public_pages
from tests.support.pictures import halves, make, stored
from tests.support.stories import live

pytestmark = pytest.mark.usefixtures("bulletin")

ROOT = "http://testserver"
JPEG = b"\xff\xd8\xff"


def said(client, page):
    """What the page of a thing, or an address, says: linked data by type, properties, labels."""
    address = page if isinstance(page, str) else page.get_absolute_url()
    text = client.get(address).text
    found = extruct.extract(text, syntaxes=["json-ld", "opengraph"])
    things = {one["@type"]: one for one in found["json-ld"]}
    assert len(things) == len(found["json-ld"])
    labels = dict(re.findall(r'<meta name="([^"]+)" content="([^"]*)">', text))
    (graph,) = found["opengraph"]
    assert len(graph["properties"]) == len(dict(graph["properties"]))
    return things, dict(graph["properties"]), labels


def canonical(client, address):
    """Canonical address that the page names."""
    (found,) = re.findall(r'<link rel="canonical" href="([^"]*)">', client.get(address).text)
    return found.removeprefix(ROOT).replace("&amp;", "&")


def names(things):
    """Names of several things."""
    return [one["name"] for one in things]


def test_every_page_has_a_title_a_sentence_and_one_address_of_its_own(client):
    titles = {}
    for address in public_pages(print_paper()):
        text = client.get(address).text
        (title,) = re.findall(r"<title>([^<]+)</title>", text)
        (description,) = re.findall(r'<meta name="description" content="([^"]+)">', text)
        is_noise = any(part in address for part in ("/correct/", "/print/", "q="))
        assert ('<meta name="robots" content="noindex">' in text) == is_noise, address
        titles[address] = title
        assert description
        things, properties, labels = said(client, address)
        assert properties["og:url"] == f"{ROOT}{canonical(client, address)}"
        assert f"{properties['og:title']} - {properties['og:site_name']}" == title
        assert properties["og:description"] == labels["description"]
        assert properties["og:locale"] == "zh_CN"
        assert labels["SiteName"] == properties["og:site_name"]
        assert labels["SiteDomain"] == "testserver"
        assert "" not in {*labels.values(), *properties.values()}
        assert address == "/" or "BreadcrumbList" in things
    doubled = {title for title in titles.values() if list(titles.values()).count(title) > 1}
    assert {address for address, title in titles.items() if title in doubled} <= {
        "/articles/",
        "/articles/?quarter=2021q7",
        "/articles/?q=没有",
    }


def test_what_someone_typed_is_not_in_the_title(client):
    things, properties, labels = said(client, "/articles/?q=广告&section=hui-yi")
    assert "广告" not in str([things["BreadcrumbList"]["itemListElement"][-1]["name"], labels])
    assert "广告" not in properties["og:title"]
    assert "栏目" in properties["og:title"]


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/?from=timeline", "/"),
        ("/articles/?utm_source=wx&page=1", "/articles/"),
        ("/articles/?quarter=2021q1&q=&isappinstalled=0", "/articles/?quarter=2021q1"),
        ("/articles/?quarter=2021q7&x=%00", "/articles/"),
        ("/articles/2021/04/?page=1", "/articles/2021/04/"),
        ("/officials/su-jian-she/?quarter=2021q1&from=a", "/officials/su-jian-she/?quarter=2021q1"),
        ("/quarters/2021q1/?x=1", "/quarters/2021q1/"),
    ],
)
def test_the_canonical_address_has_no_noise(client, address, kept):
    assert canonical(client, address) == kept


def test_the_canonical_address_keeps_the_page(client):
    print_paper()
    assert canonical(client, "/articles/?page=2&utm_source=wx") == "/articles/?page=2"
    assert "第2页" in client.get("/articles/?page=2").text.partition("</title>")[0]


def test_a_story_says_who_wrote_it_when_and_what_it_records(client):
    story = Article.objects.get(position=1)
    things, properties, labels = said(client, story)
    article = things["NewsArticle"]
    assert article["headline"] == properties["og:title"] == labels["ArticleTitle"] == story.headline
    assert article["url"] == article["mainEntityOfPage"] == ROOT + story.get_absolute_url()
    at = timezone.localtime(story.published_at)
    assert datetime.datetime.fromisoformat(article["datePublished"]) == at
    assert properties["article:published_time"] == article["datePublished"]
    assert labels["PubDate"] == f"{at:%Y-%m-%d %H:%M}"
    assert "dateModified" not in article
    signed = {byline.printed_name: byline for byline in story.bylines.all()}
    assert names(article["author"]) == list(signed)
    assert labels["Author"] == "、".join(signed)
    for author in article["author"]:
        byline = signed[author["name"]]
        assert author["jobTitle"] == byline.get_role_display()
        assert author["url"] == ROOT + byline.reporter.get_absolute_url()
    assert article["articleSection"] == labels["ColumnName"] == story.section.name
    assert article["isPartOf"]["name"] == story.bulletin.title
    assert article["isPartOf"]["datePublished"] == story.bulletin.issued_on.isoformat()
    events = [*story.inspections.all(), *story.meetings.all()]
    about = [one for one in article["about"] if one["@type"] == "Event"]
    assert names(about) == [str(event) for event in events]
    assert [one["startDate"] for one in about] == [event.held_on.isoformat() for event in events]
    steps = things["BreadcrumbList"]["itemListElement"]
    assert [step["position"] for step in steps] == [1, 2, 3]
    assert names(steps)[1:] == [story.section.name, story.headline]


def test_a_story_names_whom_its_text_names_with_the_printed_title(client):
    story = Article.objects.exclude(mentions=None).first()
    things, *_ = said(client, story)
    rows = {mention.printed_name: mention for mention in story.mentions.all()}
    for person in things["NewsArticle"]["mentions"]:
        row = rows.pop(person["name"])
        assert person.get("jobTitle", "") == row.printed_title
        assert ("url" in person) == bool(row.official)
    assert rows == {}


def test_nothing_is_said_that_a_story_does_not_have(client):
    story = live(section=None)
    things, properties, labels = said(client, story)
    article = things["NewsArticle"]
    absent = {"author", "editor", "contributor", "keywords", "about", "mentions"}
    absent |= {"articleSection", "isPartOf", "pagination", "sourceOrganization", "dateModified"}
    assert absent & set(article) == set()
    assert {"ColumnName", "Keywords", "Author", "SiteIDCode"} & set(labels) == set()
    assert "article:section" not in properties
    assert labels["ContentSource"] == labels["SiteName"]


def test_what_a_story_has_beside_its_text_is_said(client, settings):
    settings.SITE_ID_CODE, settings.SITE_OWNER = "4101030001", "甲区委宣传部"
    now = timezone.now()
    more = {"keywords": "桥、路 灯", "source": "新华社", "subhead": "副题", "updated_at": now}
    photo = stored(halves(400, 320), alt="桥上")
    make()
    story = live(photo, **more)
    for order, (role, name) in enumerate([("photographer", "甲"), ("editor", "乙")]):
        Byline.objects.create(article=story, printed_name=name, role=role, order=order)
    things, properties, labels = said(client, story)
    article = things["NewsArticle"]
    assert article["keywords"] == ["桥", "路", "灯"]
    assert labels["Keywords"] == "桥,路,灯"
    assert article["sourceOrganization"]["name"] == labels["ContentSource"] == "新华社"
    assert article["alternativeHeadline"] == "副题"
    assert datetime.datetime.fromisoformat(article["dateModified"]) == now.replace(microsecond=0)
    assert names(article["contributor"]) == ["甲"]
    assert names(article["editor"]) == ["乙"]
    assert "author" not in article
    assert article["publisher"]["parentOrganization"]["name"] == "甲区委宣传部"
    assert labels["SiteIDCode"] == "4101030001"
    assert article["image"] == properties["og:image"] == labels["Image"]
    assert b"".join(client.get(properties["og:image"].removeprefix(ROOT)))[:3] == JPEG
    assert (properties["og:image:width"], properties["og:image:height"]) == ("400", "320")
    assert properties["og:image:alt"] == "桥上"


def test_an_event_says_when_where_and_who_was_there(client):
    for event in [*Inspection.objects.all(), *Meeting.objects.all()]:
        things, *_ = said(client, event)
        found = things["Event"]
        assert found["name"] == str(event)
        assert found["startDate"] == event.held_on.isoformat()
        place = getattr(event, "place", "") or getattr(event, "venue", "")
        assert found.get("location", {}).get("name", "") == place
        named = [(row.printed_name, row.title) for row in event.attendance.exclude(printed_name="")]
        present = [(one["name"], one.get("jobTitle", "")) for one in found.get("attendee", [])]
        assert present == named
        stories = [ROOT + story.get_absolute_url() for story in event.articles.all()]
        assert [one["url"] for one in found["subjectOf"]] == stories


def test_an_official_has_the_posts_on_record_with_what_is_known_of_their_terms(client):
    official = Official.objects.get(name="苏建设")
    body = Organisation.objects.create(name="甲局")
    start = datetime.date(2019, 5, 1)
    Appointment.objects.create(official=official, organisation=body, title="局长", starts=start)
    Official.objects.filter(pk=official.pk).update(aliases="苏某")
    things, properties, _ = said(client, official)
    person = things["Person"]
    assert (person["name"], person["alternateName"]) == ("苏建设", ["苏某"])
    assert properties["og:type"] == "profile"
    posts = {post["roleName"]: post for post in person["memberOf"]}
    assert set(posts) == {post.title for post in official.appointments.all()}
    assert posts["局长"]["startDate"] == "2019-05-01"
    assert posts["局长"]["memberOf"]["name"] == "甲局"
    assert all("endDate" not in post for post in posts.values())


def test_a_reporter_is_a_person_with_what_the_byline_is(client):
    reporter = Reporter.objects.get(name="张改华")
    things, *_ = said(client, reporter)
    assert things["Person"]["jobTitle"] == reporter.get_kind_display()
    assert "affiliation" not in things["Person"]


def test_a_quarter_a_project_and_a_list_say_in_words_what_they_show(client):
    counts = re.findall(r"<dt>([^<]+)</dt><dd>(\d+)</dd>", client.get("/quarters/2021q1/").text)
    _, _, labels = said(client, "/quarters/2021q1/")
    assert (
        labels["description"]
        == "2021年第一季度：" + "，".join(f"{number}{unit}" for unit, number in counts) + "。"
    )
    project = Project.objects.exclude(area="").first()
    assert project.area in said(client, project)[2]["description"]
    query = urlencode({"quarter": "2021q1", "page": 1})
    _, properties, _ = said(client, f"{reverse('articles')}?{query}")
    assert "2021年第一季度" in properties["og:title"]
    assert "共6篇" in properties["og:description"]
    assert said(client, "/sections/hui-yi/")[2]["ColumnName"] == "会议"


def test_no_text_ends_the_element_that_holds_the_data(client):
    evil = '</script><script>alert("x")</script><!--&amp;\u2028'
    story = live(headline=f"题{evil}", summary=evil, keywords=evil)
    text = client.get(story.get_absolute_url()).text
    assert "alert(&quot;" in text or "alert(&#x27;" in text
    assert "<script>alert" not in text
    things, properties, _ = said(client, story)
    # A separator of lines is stored as the line's end that it is.
    assert things["NewsArticle"]["description"] == evil.replace("\u2028", "\n")
    assert properties["og:title"] == story.headline


def test_a_page_in_the_papers_own_words_is_described_by_its_first_words(client):
    page = Page.objects.create(title="关于", body="<h2>一 &amp; 二</h2><p>三</p>", slug="a")
    assert said(client, page)[2]["description"] == "一&amp;二三"
