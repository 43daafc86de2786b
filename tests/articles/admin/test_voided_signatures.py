"""Whose signatures a save would void stands on the form before it is saved."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.editorial import current_review_state, execute
from articles.editorial.roles import CHIEF, EDITOR
from articles.models import Article, ArticlePhoto, Attendance
from tests.support.desk import change, filled
from tests.support.pictures import halves, stored
from tests.support.scenes import record
from tests.support.stories import edited, reviewers


@pytest.fixture
def shown(scenes):
    """A record with a picture; its meeting prints no title of the official."""
    found = record("明记") | {"photo": stored(halves(20, 20))}
    Attendance.objects.filter(meeting=found["meeting"]).update(printed_title="")
    return found


def signed_story(scenes, shown, stage="third"):
    """A story that shows the record and lies at ``stage``."""
    story = scenes.draft(headline="大桥")
    story.meetings.add(shown["meeting"])
    story.inspections.add(shown["inspection"])
    ArticlePhoto.objects.create(article=story, photo=shown["photo"])
    return scenes.bring(story, stage)


def named(client, thing):
    """Names under the signatures that a form says are at stake."""
    page = client.get(change(thing))
    assert page.status_code == 200
    return [str(one.person) for one in page.context.get("at_stake") or []]


#: What is changed in the form of each thing, so that the digest of its story is another.
CHANGES = {
    "meeting": {"summary": "改"},
    "inspection": {"summary": "改"},
    "photo": {"alt": "另一座桥"},
    "official": {"appointments-0-title": "副局长"},
}


@pytest.mark.parametrize("kind", CHANGES)
def test_a_record_says_whose_signatures_its_save_voids(scenes, shown, at_desk, kind):
    story = signed_story(scenes, shown)
    client = at_desk(CHIEF)
    before = [str(one.person) for one in current_review_state(story).valid.values()]
    assert len(before) == 2
    page = client.get(change(shown[kind]))
    assert "《大桥》一审" in page.text
    assert named(client, shown[kind]) == before
    posted = filled(page, **CHANGES[kind], reason="更正")
    assert client.post(change(shown[kind]), posted).status_code == 302
    assert current_review_state(Article.objects.get(pk=story.pk)).valid == {}, (
        "what was said came true"
    )


@pytest.mark.parametrize("state", ["review", "signed", "copied third", "withdrawn"])
def test_a_story_says_it_of_itself(scenes, at_desk, state):
    base, _, stage = state.partition(" ")
    story = getattr(scenes, base)()
    if stage:
        scenes.bring(story, stage)
    valid = current_review_state(story).counted()
    assert named(at_desk(CHIEF), story) == [str(one.person) for one in valid]


def test_nothing_is_at_stake_of_what_readers_have_or_was_returned(scenes, shown, at_desk):
    story = signed_story(scenes, shown, "signed")
    execute("publish", story, person=scenes.chief)
    other = signed_story(scenes, shown)
    other.refresh_from_db()
    execute("return", other, person=scenes.chief, reason="重写")
    client = at_desk(CHIEF)
    for thing in (story, shown["meeting"], shown["photo"], shown["official"]):
        assert named(client, thing) == []
    other.refresh_from_db()
    execute("submit", other, person=scenes.author)
    assert named(client, shown["meeting"]) == [], "a return takes signatures back for good"


def test_who_may_not_save_is_told_nothing_and_a_restore_tells(scenes, shown, at_desk):
    story = signed_story(scenes, shown)
    edited(story, scenes.author, headline="新桥")
    execute("first", story, person=reviewers(scenes.account)["first"])
    client = at_desk(EDITOR)
    page = client.get(reverse("admin:articles_article_restore", args=[story.pk, 1]))
    assert [one.stage for one in page.context["at_stake"]] == ["first"]
    assert "这些签字失效" in page.text


def test_it_costs_no_more_queries_for_more_stories(scenes, shown, at_desk):
    client = at_desk(CHIEF)
    costs = []
    for _ in range(3):
        signed_story(scenes, shown)
        named(client, shown["meeting"])
        with CaptureQueriesContext(connection) as queries:
            named(client, shown["meeting"])
        costs.append(len(queries))
    assert costs[2] <= costs[1]
