"""Whoever is registered is offered what printed the name before."""

import datetime

import pytest
from django.urls import reverse

from articles import models
from articles.editorial import execute, open_working_copy
from articles.editorial.roles import CHIEF, EDITOR
from articles.models import Article, Attendance, Inspection, Meeting, Mention
from articles.versions import newest_of_row, row_at_work, save_version
from people.models import Official, Organisation, Reporter
from tests.support.desk import change, filled, messages, said_on_saving
from tests.support.scenes import MAYOR, Scenes, official
from tests.support.stories import signed

pytestmark = pytest.mark.django_db

DAY = datetime.date(2021, 3, 25)


@pytest.fixture
def printed(account):
    """What printed 王伟 before anyone registered him, in each state; by name."""
    scenes = Scenes(account)
    meeting = Meeting.objects.create(name="会", held_on=DAY)
    tour = Inspection.objects.create(title="行", held_on=DAY)
    Attendance.objects.create(meeting=meeting, printed_name="王伟", printed_title="区长")
    Attendance.objects.create(inspection=tour, printed_name="王　伟", printed_title="志愿者")
    things = {"meeting": meeting, "inspection": tour}
    for event in things.values():
        save_version(event)
    live = scenes.live()
    live.meetings.add(meeting)
    for name, story in {
        "draft": scenes.draft(),
        "review": scenes.draft(headline="送审的"),
        "live": live,
        "copied": scenes.live(headline="在改的"),
    }.items():
        Mention.objects.create(article=story, printed_name="王伟")
        save_version(story, person=scenes.author)
        things[name] = story
    execute("submit", things["review"], person=scenes.author, accepted=True)
    things["copy"] = open_working_copy(things["copied"], scenes.person(EDITOR, "scene-editor"))
    return things


def links(person):
    """Address of the page that offers the rows."""
    return reverse(f"admin:people_{person._meta.model_name}_links", args=[person.pk])


def offered(answer):
    """Things that the page offers, and whether the row is ticked; None where it is only told."""
    return {one.thing: None if one.why_not else one.is_likely for one in answer.context["offers"]}


def test_whoever_is_registered_is_offered_what_printed_the_name(printed, at_desk):
    client = at_desk(EDITOR)
    add = reverse("admin:people_official_add")
    body = Organisation.objects.create(name="区政府")
    posted = filled(client.get(add), name="王伟") | {
        "appointments-0-title": "区长",
        "appointments-0-organisation": body.pk,
    }
    answer = client.post(add, posted, follow=True)
    person = Official.objects.get()
    assert f'<a href="{links(person)}">' in "".join(messages(answer))
    assert "有6处印着这个姓名" in client.get(change(person)).text
    page = client.get(links(person))
    assert offered(page) == {
        printed["meeting"]: True,
        printed["inspection"]: False,
        printed["draft"]: True,
        printed["copy"]: True,
        printed["review"]: None,
        printed["live"]: None,
    }
    assert "已经发布过" in page.text
    assert "已经送审" in page.text
    assert f'href="{change(printed["copied"])}"' in page.text


def link(client, person, *rows, **changes):
    """Press the button with these rows ticked; the answer."""
    keys = [f"{row._meta.model_name}.{row.pk}" for row in rows]
    return client.post(links(person), {"row": keys, "reason": "补登记", **changes}, follow=True)


def test_ticked_rows_are_linked_with_a_version_and_a_reason(printed, at_desk):
    person, client = official("王伟", MAYOR), at_desk(EDITOR)
    live, meeting = printed["live"], printed["meeting"]
    answer = link(client, person, meeting.attendance.get(), printed["draft"].mentions.get())
    assert set(messages(answer)) == {
        "《隐记题》：已连到王伟。",
        "《会》：已连到王伟。",
    }
    for thing in (meeting, printed["draft"]):
        version = newest_of_row(thing)
        assert (version.reason, version.person) == ("补登记", answer.wsgi_request.user)
    assert meeting.attendance.get().official == person
    assert printed["inspection"].attendance.get().official is None
    live.refresh_from_db()
    assert live.record_changed_at is not None
    assert models.OfficialAppearance.objects.filter(official=person, article=live).exists()
    assert set(offered(client.get(links(person)))) == {
        printed[name] for name in ("inspection", "review", "live", "copy")
    }


def test_all_are_linked_but_what_is_signed_or_live(printed, at_desk):
    person, client = official("王伟", MAYOR), at_desk(EDITOR)
    link(client, person, _all="1")
    assert set(offered(client.get(links(person)))) == {printed["review"], printed["live"]}
    assert printed["live"].mentions.get().official is None
    assert printed["copied"].mentions.get().official is None
    assert row_at_work(printed["copied"]).mentions.get().official == person


def test_a_live_story_or_one_in_review_is_not_linked_by_a_crafted_post(printed, at_desk):
    person, client = official("王伟", MAYOR), at_desk(EDITOR)
    rows = [printed[name].mentions.get() for name in ("live", "review")]
    answer = link(client, person, *rows)
    assert "没有勾选" in answer.text
    assert not Mention.objects.exclude(official=None).exists()


def test_rows_of_others_are_not_linked_by_a_crafted_post(at_desk, draft):
    person, client = official("王伟", MAYOR), at_desk(EDITOR)
    official("李民")
    other = Mention.objects.create(article=draft, printed_name="李民")
    link(client, person, other, row=["mention.x", "mention.", f"mention.{'9' * 30}", "\0"])
    link(client, person, other)
    other.refresh_from_db()
    assert other.official is None


def test_without_a_reason_nothing_is_linked(printed, at_desk):
    person, client = official("王伟", MAYOR), at_desk(EDITOR)
    answer = link(client, person, printed["meeting"].attendance.get(), reason=" ")
    assert answer.context["form"].errors
    assert not Attendance.objects.exclude(official=None).exists()


def test_what_became_of_a_story_meanwhile_is_said(printed, at_desk, monkeypatch):
    person, client = official("王伟", MAYOR), at_desk(EDITOR)
    draft = printed["draft"]
    monkeypatch.setattr("articles.admin.people.why_not_linked", lambda _thing: "")
    answer = link(client, person, printed["review"].mentions.get(), draft.mentions.get())
    said = "".join(messages(answer))
    assert "《送审的》没有连上：已经送审" in said
    assert draft.mentions.get().official == person


def test_signatures_that_a_link_would_void_are_said_before(draft, at_desk, account):
    meeting = Meeting.objects.create(name="会", held_on=DAY)
    Attendance.objects.create(meeting=meeting, printed_name="王伟")
    draft.meetings.add(meeting)
    save_version(draft)
    signed(draft, account)
    person = official("王伟", MAYOR)
    page = at_desk(EDITOR).get(links(person)).text
    assert "这些签字失效，要重新签：《桥通了》一审" in page


def test_an_alias_that_comes_later_offers_too(printed, at_desk):
    person, client = official("王大伟", MAYOR), at_desk(EDITOR)
    assert client.get(links(person)).context["offers"] == []
    assert "看看要不要连上" in said_on_saving(client, person, aliases="王伟")
    assert len(client.get(links(person)).context["offers"]) == 6


def test_a_reporter_is_offered_bylines(draft, at_desk):
    client = at_desk(EDITOR)
    add = reverse("admin:people_reporter_add")
    answer = client.post(add, filled(client.get(add), name="王某"), follow=True)
    assert "看看要不要连上" in answer.text
    person = Reporter.objects.get()
    link(client, person, draft.bylines.get())
    assert draft.bylines.get().reporter == person


def test_what_lies_in_the_bin_is_not_offered(draft, at_desk):
    Mention.objects.create(article=draft, printed_name="王伟")
    client = at_desk(EDITOR)
    client.post(reverse("admin:articles_article_delete", args=[draft.pk]), {"post": "yes"})
    assert not Article.objects.exists()
    assert client.get(links(official())).context["offers"] == []


def test_the_page_shows_so_many_and_then_the_next(draft, at_desk, monkeypatch):
    monkeypatch.setattr("articles.admin.people.MOST", 2)
    for _number in range(5):
        Mention.objects.create(article=draft, printed_name="王伟")
    person, client = official(), at_desk(CHIEF)
    for left in (3, 1, 0):
        link(client, person, _all="1")
        assert draft.mentions.filter(official=None).count() == left


def test_the_page_costs_no_more_queries_for_more_rows(at_desk, django_assert_max_num_queries):
    for number in range(40):
        meeting = Meeting.objects.create(name=f"会{number}", held_on=DAY)
        Attendance.objects.create(meeting=meeting, printed_name="王伟")
    person, client = official("王伟", MAYOR), at_desk(EDITOR)
    client.get(links(person))
    with django_assert_max_num_queries(20):
        assert len(client.get(links(person)).context["offers"]) == 40
