"""What follows, at the desk: shown as empty, set by what is typed, followed again when emptied."""

import pytest
from django.urls import reverse

from articles.editorial import (
    review_state_of,
)
from articles.editorial.roles import CHIEF, EDITOR, REPORTER
from articles.models import (
    Article,
)
from articles.versions import newest_of_row, row_at_work, save_version
from tests.support.desk import begin, change, filled
from tests.support.following import (
    APRIL,
    DATED,
    FIRST,
    JULY,
    KINDS,
    SECOND,
    THIRD,
    again,
    form_of,
    made,
    saved,
)
from tests.support.stories import signed

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", KINDS)
def test_a_form_shows_what_follows_as_empty(name, at_desk):
    thing, client = made(name), at_desk(CHIEF)
    page = client.get(change(thing))
    form = page.context["adminform"].form
    for column in thing.following:
        field = form[column]
        assert field.value() == ""
        assert field.field.widget.attrs["placeholder"].startswith("随")
        assert f"现在是{getattr(thing, column)}，" in page.text
    thing = saved(client, thing, **{KINDS[name][1]: "李新桥"})
    assert thing.slug.endswith("li-xin-qiao")


@pytest.mark.parametrize("name", KINDS)
def test_what_is_typed_is_set_though_it_is_the_same(name, at_desk):
    thing, client = made(name), at_desk(CHIEF)
    thing = saved(client, thing, slug=thing.slug)
    assert client.get(change(thing)).context["adminform"].form["slug"].value() == thing.slug
    assert saved(client, thing, **{KINDS[name][1]: "李新桥"}).slug == thing.slug
    assert saved(client, thing, slug="").slug.endswith("li-xin-qiao")


@pytest.mark.parametrize("name", DATED)
def test_a_quarter_typed_at_the_desk(name, at_desk):
    thing, client, day = made(name), at_desk(CHIEF), DATED[name]
    thing = saved(client, thing, **{day: "2021-03-06"})
    thing = saved(client, thing, quarter="2021q1")
    assert saved(client, thing, **{day: "2021-04-06"}).quarter == FIRST
    assert saved(client, thing, quarter="").quarter == SECOND
    assert saved(client, thing, **{day: "2021-07-06"}).quarter == THIRD


@pytest.mark.parametrize(
    ("fields", "source"),
    [({}, "发布日期"), ({"issued_on": APRIL}, "见报日期"), ({"bulletin": True}, "专刊")],
)
def test_the_form_says_what_the_quarter_follows(fields, source, at_desk):
    if "bulletin" in fields:
        fields = {"bulletin": made("bulletin")}
    page = at_desk(EDITOR).get(change(made("article", **fields)))
    assert f'placeholder="随{source}"' in page.text


def test_a_published_story_shows_its_quarter(live, at_desk):
    client = at_desk(CHIEF)
    form = begin(client, live).context["adminform"].form
    assert form["quarter"].value() == live.quarter
    client.post(change(live), form_of(client, live, quarter=""))
    copy = row_at_work(live)
    assert (copy.quarter, copy.quarter_follows) == (live.quarter, False)


def test_a_save_without_a_change_makes_no_version(draft, at_desk):
    client = at_desk(REPORTER)
    for _time in range(2):
        saved(client, draft)
    assert draft.versions.count() == 1


def test_a_late_save_calls_no_quarter_emptied(draft, at_desk):
    client = at_desk(EDITOR)
    late = form_of(client, draft, headline="李新桥")
    saved(client, draft, quarter="2021q1", slug="by-hand")
    page = client.post(change(draft), late)
    assert page.status_code == 409
    assert {one.label for one in page.context["differences"]} == {"主题"}


def test_an_event_filled_in_again_follows_its_own_day(event, at_desk):
    again(event, quarter=THIRD, slug="by-hand")
    client = at_desk(EDITOR)
    add = reverse(f"admin:articles_{event._meta.model_name}_add")
    page = client.get(add, {"like": event.pk})
    assert client.post(add, filled(page, held_on="2021-04-06")).status_code == 302
    new = type(event).objects.latest("pk")
    assert (new.quarter, new.slug) == (SECOND, "20210406-kan-qiao")


def test_an_event_follows_the_issue_of_a_story_saved_at_the_desk(event, draft, at_desk):
    client, issue = at_desk(EDITOR), made("bulletin", quarter=THIRD)
    saved(client, draft, bulletin=issue.pk, **{event.in_stories: [event.pk]})
    assert again(event).quarter == THIRD
    assert newest_of_row(event).content["fields"]["quarter"] == str(THIRD)
    (told,) = newest_of_row(draft).content["events"]
    assert told["fields"]["quarter"] == str(THIRD)
    saved(client, draft, **{event.in_stories: []})
    assert again(event).quarter == FIRST


def test_an_event_of_a_copy_follows_its_issue(event, scenes, at_desk):
    issue = made("bulletin", quarter=FIRST, issued_on=APRIL)
    story = scenes.live()
    Article.objects.filter(pk=story.pk).update(bulletin=issue)
    event = again(event, held_on=JULY)
    client = at_desk(EDITOR)
    begin(client, story)
    client.post(change(story), form_of(client, story, **{event.in_stories: [event.pk]}))
    assert row_at_work(story).copy_of_id == story.pk
    assert again(event).quarter == FIRST


def test_who_signed_another_story_of_the_event_has_to_sign_again(event, scenes, at_desk):
    other = scenes.draft()
    getattr(other, event.in_stories).add(event)
    save_version(other, person=scenes.author)
    signed(other, scenes.account, author=scenes.author)
    story, client = scenes.draft(), at_desk(EDITOR)
    issue = made("bulletin", quarter=THIRD)
    saved(client, story, bulletin=issue.pk, **{event.in_stories: [event.pk]})
    assert review_state_of(other).missing_sign_offs()
