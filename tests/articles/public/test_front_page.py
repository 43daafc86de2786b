"""The blocks of the front page beside what the editor places."""

import datetime
import html
import re

import pytest
from django.utils import timezone

from articles.editorial import rebuild_appearances
from articles.models import (
    Article,
    Attendance,
    Inspection,
    Meeting,
    Mention,
    Placement,
)
from articles.public.front import EVENTS, FEWEST_EVENTS
from people.models import Appointment, Official, Organisation, User
from tests.support.stories import live, put

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


def test_people_of_the_latest_day_stand_first_in_order_of_rank_with_title_and_count(client):
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
    assert re.findall(r"(\S某) (\S+) (\d)篇", block(client, "新闻人物")) == [
        ("乙某", "书记", "1"),
        ("甲某", "区长", "2"),
        ("丙某", "旧职", "1"),
    ]


def test_someone_of_an_older_day_stands_behind_whatever_the_rank(client):
    named(live(issued_on=ago(1)), official("甲某", 1))
    named(live(), official("乙某", 9))
    assert re.findall(r"\S某", block(client, "新闻人物")) == ["乙某", "甲某"]


def test_people_are_those_of_the_stories_that_readers_may_see(client):
    live(issued_on=ago(1))
    hidden = live()
    named(hidden, official("甲某"))
    assert "甲某" in block(client, "新闻人物")
    put(Article.objects.filter(pk=hidden.pk), visibility="withdrawn")
    assert block(client, "新闻人物") == ""


@pytest.mark.parametrize(
    ("today", "day"),
    [
        ("2022-04-01", "2021-04-01"),
        ("2024-02-29", None),
        ("2025-02-28", "2024-02-28"),
        ("2025-03-01", "2024-03-01"),
    ],
)
def test_what_happened_on_this_day_a_year_ago_and_on_no_day_near_it(
    client, monkeypatch, today, day
):
    today = datetime.date.fromisoformat(today)
    monkeypatch.setattr(timezone, "localdate", lambda *_args: today)
    story = live(issued_on=today)
    for text in ("2021-04-01", "2023-02-28", "2023-03-01", "2024-02-28", "2024-03-01"):
        held_on = datetime.date.fromisoformat(text)
        visit = Inspection.objects.create(title=f"看桥{text}", held_on=held_on, summary="看过。")
        story.inspections.add(visit)
    said = block(client, "一年前的今天")
    assert re.findall(r"看桥([\d-]+)", said) == ([day] if day else [])
    assert ("看过。" in said) == bool(day)


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
    rebuild_appearances([story])
    ends = timezone.now() + datetime.timedelta(hours=1)
    editor = User.objects.create_user("e")
    Placement.objects.create(article=old, ends=ends, person=editor)
    assert re.findall(r"[先后][会行]", block(client, "2021年第二季度")) == ["后行", "后会", "先会"]
    assert (
        "旧稿"
        in re.search(r'<article class="lead.*?</article>', client.get("/").text, re.DOTALL)[0]
    )


def test_a_long_record_has_no_more_lines_than_stand_beside_the_stories(client):
    story = live()
    for number in range(EVENTS + 2):
        story.meetings.add(Meeting.objects.create(name=f"会{number}", held_on=ago(number)))
    rebuild_appearances([story])
    assert len(client.get("/").context["events"]) == FEWEST_EVENTS
    for number in range(5):
        live(headline=str(number), summary="提要", issued_on=ago(number + 1))
    assert FEWEST_EVENTS < len(client.get("/").context["events"]) <= EVENTS


@pytest.mark.parametrize(("length", "banner"), [(14, True), (15, False), (100, False)])
def test_only_a_headline_that_fits_runs_across_the_page(client, length, banner):
    live(headline="桥" * length)
    assert ('class="headline banner"' in client.get("/").text) == banner
