"""The blocks of the front page beside what the editor places."""

import datetime
import html
import re

import pytest
from django.utils import timezone

from articles.models import (
    Article,
    Attendance,
    Inspection,
    Meeting,
    Mention,
    Placement,
    Section,
    retrace,
)
from people.models import Appointment, Official, Organisation, User
from tests.library import live
from tests.states import put

pytestmark = pytest.mark.django_db
DAY = datetime.date(2021, 4, 6)


def ago(days):
    """A day before that of the newest story."""
    return DAY - datetime.timedelta(days=days)


def block(client, heading):
    """Text of the block under a heading of the front page; empty where there is none."""
    page = client.get("/").text
    found = re.search(
        rf"<h2>(?:<a[^>]*>)?{heading}(?:</a>)?</h2>.*?</(?:section|aside)>", page, re.DOTALL
    )
    return re.sub(r"\s+", " ", html.unescape(re.sub("<[^>]+>", " ", found[0]))) if found else ""


def official(name, rank=None):
    """An official who holds a post of that rank."""
    person = Official.objects.create(name=name)
    body, _new = Organisation.objects.get_or_create(name="区政府")
    Appointment.objects.create(official=person, organisation=body, title=f"{name}职", rank=rank)
    return person


def named(story, *people, title="区领导"):
    """Let the story name officials."""
    for person in people:
        Mention.objects.create(
            article=story, official=person, printed_name=person.name, printed_title=title
        )


def test_people_of_the_newest_stories_stand_in_order_of_rank_with_title_and_count(client):
    first, second, third = official("甲某", 2), official("乙某", 1), official("丙某")
    named(live(issued_on=ago(1)), first, third, title="旧职")
    newest = live()
    named(newest, first, title="区长")
    meeting = Meeting.objects.create(name="会", held_on=DAY)
    for person, printed in ((second, "书记"), (first, "区长")):
        Attendance.objects.create(
            meeting=meeting, official=person, printed_name=person.name, printed_title=printed
        )
    newest.meetings.add(meeting)
    said = block(client, "新闻人物")
    assert re.findall(r"(\S某) (\S+) (\d)篇", said) == [
        ("乙某", "书记", "1"),
        ("甲某", "区长", "2"),
        ("丙某", "旧职", "1"),
    ]
    assert "最近2篇稿件" in said


def test_people_are_those_of_the_stories_that_readers_may_see(client):
    live(issued_on=ago(1))
    hidden = live()
    named(hidden, official("甲某"))
    assert "甲某" in block(client, "新闻人物")
    put(Article.objects.filter(pk=hidden.pk), visibility="withdrawn")
    assert block(client, "新闻人物") == ""


def test_a_section_leaves_out_what_stands_above_as_long_as_it_has_more(client):
    quiet = Section.objects.create(name="文化")
    Section.objects.create(name="空栏")
    live(headline="文化一", section=quiet, issued_on=ago(20))
    for age in range(9):
        live(headline=f"要闻{age}", summary="提要", issued_on=ago(age))
    assert re.findall(r"要闻\d", block(client, "要闻")) == ["要闻6", "要闻7", "要闻8"]
    assert "文化一" in block(client, "文化")
    assert block(client, "空栏") == ""
    Article.objects.filter(headline__in=["要闻6", "要闻7", "要闻8"]).update(section=quiet)
    assert re.findall(r"要闻\d", block(client, "要闻")) == ["要闻0", "要闻1", "要闻2"]


def test_briefs_are_what_has_no_summary_or_is_older(client):
    for age, summary in enumerate(("提要", "提要", "", "提要", "", "提要", "提要", "提要")):
        live(headline=f"稿{age}", summary=summary, issued_on=ago(age))
    assert re.findall(r"稿\d", block(client, "新近稿件")) == ["稿1", "稿3", "稿5", "稿6", "稿7"]
    assert re.findall(r"稿\d", block(client, "短讯")) == ["稿2", "稿4"]


def test_events_of_the_newest_quarter_stand_newest_first_whatever_leads(client):
    old = live(headline="旧稿", issued_on=datetime.date(2020, 1, 2))
    story = live()
    for model, name, day in (
        (Meeting, "先会", ago(9)),
        (Inspection, "后行", ago(2)),
        (Meeting, "后会", ago(2)),
    ):
        titled = {"title" if model is Inspection else "name": name}
        event = model.objects.create(**titled, held_on=day, quarter="2021q2")
        getattr(story, f"{model.__name__.lower()}s").add(event)
    retrace([story])
    ends = timezone.now() + datetime.timedelta(hours=1)
    editor = User.objects.create_user("e")
    Placement.objects.create(article=old, ends=ends, person=editor)
    assert re.findall(r"[先后][会行]", block(client, "2021年第二季度")) == ["后行", "后会", "先会"]
    assert (
        "旧稿"
        in re.search(r'<article class="lead">.*?</article>', client.get("/").text, re.DOTALL)[0]
    )


@pytest.mark.parametrize(("length", "banner"), [(14, True), (15, False), (100, False)])
def test_only_a_headline_that_fits_runs_across_the_page(client, length, banner):
    live(headline="桥" * length)
    assert ('class="headline banner"' in client.get("/").text) == banner
