"""The body of a story as its page prints it."""

import re

import pytest

from articles.models import Attendance, Inspection, Meeting, Mention, Project, Stop
from articles.public.body import Names, blocks, first_mentions
from people.models import Official
from tests.support.pictures import halves, stored
from tests.support.stories import live

pytestmark = pytest.mark.django_db


def printed(client, story):
    """The text of a story's page."""
    page = client.get(story.get_absolute_url()).text
    return re.search(r'<div class="text">(.*?)<p class="byline">', page, re.DOTALL)[1]


def linked(text, **addresses):
    """Text with links at the first of the names."""
    return first_mentions(text, Names(addresses)).replace(' class="known"', "")


def test_the_first_mention_of_each_is_a_link(client):
    story = live(body="<p>甲某到大桥。甲某说，<strong>大桥</strong>好。</p><p>乙某在南桥。</p>")
    official, other = (Official.objects.create(name=name) for name in ("甲某", "乙某"))
    bridge, south = (Project.objects.create(name=name) for name in ("大桥工程", "南桥"))
    bridge.aliases = "大桥项目\n大桥。"
    bridge.save()
    Mention.objects.create(article=story, printed_name="甲某", official=official)
    meeting = Meeting.objects.create(name="会", held_on=story.issued_on)
    Attendance.objects.create(meeting=meeting, printed_name="乙某", official=other)
    visit = Inspection.objects.create(title="看桥", held_on=story.issued_on)
    Stop.objects.create(inspection=visit, place="桥").projects.add(south)
    story.meetings.add(meeting)
    story.inspections.add(visit)
    story.projects.add(bridge)
    text = printed(client, story)
    assert re.findall(r'class="known" href="([^"]+)">([^<]+)<', text) == [
        (official.get_absolute_url(), "甲某"),
        (bridge.get_absolute_url(), "大桥。"),
        (other.get_absolute_url(), "乙某"),
    ]
    story.refresh_from_db()
    assert "known" not in story.body


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<p>王伟民与王伟</p>", '<p>王伟民与<a href="/w/">王伟</a></p>'),
        (
            '<p><a href="/x/">王伟</a>，王伟</p>',
            '<p><a href="/x/">王伟</a>，<a href="/w/">王伟</a></p>',
        ),
        ("<h2>王伟</h2><p>王伟</p>", '<h2>王伟</h2><p><a href="/w/">王伟</a></p>'),
        (
            '<p><img alt="王伟 >" src="/a">王伟</p>',
            '<p><img alt="王伟 >" src="/a"><a href="/w/">王伟</a></p>',
        ),
        ("<p>甲&amp;乙公司，&amp;</p>", '<p><a href="/b/">甲&amp;乙公司</a>，&amp;</p>'),
        ("<p>XamPer，amp</p>", '<p>XamPer，<a href="/a/">amp</a></p>'),
        ("<p>无人</p>", "<p>无人</p>"),
    ],
)
def test_a_name_is_found_where_it_stands_for_itself(text, said):
    names = {"王伟": "/w/", "王伟民": "", "甲&乙公司": "/b/", "amp": "/a/"}
    assert linked(text, **names) == said


@pytest.mark.parametrize(
    "text",
    [
        "兰海公路通车",  # a road
        "兰海路口",
        "兰海区政府",
        "兰海有限公司",
        "兰海社区",
        "王宁波到场",  # another person, whom the record does not have
        "当时博物馆还在建",  # a word of the trade over an edge of the name
        "南岸中心物业管理有限公司",  # a body called after a project
        "南岸中心小学",
        "南岸中心城区",  # a word that ends where a shorter one does
    ],
)
def test_a_name_inside_another_word_is_no_link_the_next_one_is(text):
    addresses = {"兰海": "/l/", "王宁": "/w/", "时博": "/s/", "南岸中心": "/n/"}
    names = Names(addresses, people={"兰海", "王宁", "时博"})
    name = next(name for name in addresses if name in text)
    whole = f'<p>{text}。</p><p><a class="known" href="{addresses[name]}">{name}</a>，好。</p>'
    assert first_mentions(f"<p>{text}。</p><p>{name}，好。</p>", names) == whole


@pytest.mark.parametrize(
    "text",
    ["李强调研", "李强强调", "李强明确要求", "李强区长", "李强路过", "李强市场调研", "李强说"],
)
def test_a_name_before_a_word_is_a_link(text):
    names = Names({"李强": "/l/"}, people={"李强"})
    whole = f'<p><a class="known" href="/l/">李强</a>{text[2:]}</p>'
    assert first_mentions(f"<p>{text}</p>", names) == whole


def test_a_story_without_a_record_is_printed_as_it_is():
    assert first_mentions("<p>文</p>", Names()) == "<p>文</p>"


def test_a_body_is_cut_between_its_blocks():
    parts = ["<p>一<br>行</p>", "<ul><li><p>二</p></li></ul>", "<hr>", "<h2>三</h2>"]
    assert blocks("".join(parts)) == parts
    assert blocks("余") == ["余"]
    assert blocks("") == []


@pytest.mark.parametrize(
    ("body", "photos", "order"),
    [
        ("<p>一</p><p>二</p>", 1, "一图二"),
        ("<h2>题</h2><p>一</p><p>二</p>", 1, "题一图二"),
        ("<p>一</p><p>二</p><p>三</p><p>四</p><p>五</p>", 2, "一图二三图四五"),
        ("<p>一</p>", 3, "一图图图"),
        ("", 2, "图图"),
        ("<ul><li><p>一</p></li></ul>", 1, "一图"),
    ],
)
def test_photos_stand_between_paragraphs_the_first_after_the_first(client, body, photos, order):
    story = live(*(stored(halves(60 + number, 40)) for number in range(photos)), body=body)
    text = re.sub(r"<figure.*?</figure>", "图", printed(client, story), flags=re.DOTALL)
    assert re.sub(r"<[^>]+>|\s", "", text) == order


def test_the_dateline_stands_at_the_head_of_the_first_paragraph(client):
    text = printed(client, live(dateline="本报讯", body="<p>文</p>"))
    assert '<p><span class="dateline">本报讯</span>　文</p>' in text
    text = printed(
        client, live(headline="表", dateline="本报讯", body="<table><tbody></tbody></table>")
    )
    assert '<p><span class="dateline">本报讯</span>　</p>' in text
