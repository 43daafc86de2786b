"""Quarter and address follow what they are made of, until they are set or readers know them."""

import datetime

import pytest
from django.contrib.redirects.models import Redirect
from django.utils import timezone

from articles.editorial import (
    execute,
    move_issue,
    review_state_of,
)
from articles.models import (
    Article,
)
from articles.quarter import Quarter
from articles.versions import newest_of_row
from people.shared.merging import merge
from tests.support.following import (
    APRIL,
    DATED,
    FIRST,
    JULY,
    KINDS,
    MARCH,
    SECOND,
    THIRD,
    again,
    made,
    named,
    publish,
    shown_by,
)
from tests.support.stories import signed

pytestmark = pytest.mark.django_db


@pytest.fixture(params=KINDS)
def kind(request):
    """Each kind in turn."""
    return request.param


def test_an_address_follows_the_name(kind):
    thing = made(kind, "王新路")
    assert thing.slug.endswith("wang-xin-lu")
    thing = named(thing, kind, "李新桥")
    assert thing.slug.endswith("li-xin-qiao")
    assert named(thing, kind, "张新区").slug.endswith("zhang-xin-qu")
    assert not Redirect.objects.exists()


def test_an_address_that_was_set_stays(kind):
    thing = again(made(kind), slug="by-hand")
    thing = named(thing, kind, "李新桥")
    assert (thing.slug, thing.slug_follows) == ("by-hand", False)
    thing = again(thing, slug="")
    assert thing.slug.endswith("li-xin-qiao")
    assert named(thing, kind, "张新区").slug.endswith("zhang-xin-qu")


def test_an_address_given_at_first_is_set(kind):
    assert named(made(kind, slug="by-hand"), kind, "李新桥").slug == "by-hand"


def test_a_followed_address_keeps_its_number_and_gets_a_free_one(kind):
    if kind in {"project", "section"}:  # of one name there is one
        first, second = made(kind, "王新路"), made(kind, "汪新路")
    else:
        first, second = made(kind), made(kind)
    assert second.slug == f"{first.slug}-2"
    first.delete()
    assert again(second).slug == second.slug
    other = made(kind, "李新桥")
    assert named(second, kind, "李新乔").slug == f"{other.slug}-2"


def test_a_number_of_the_former_name_does_not_stay():
    story = made("article", "会议2")
    assert story.slug == "hui-yi-2"
    assert again(story, headline="会议").slug == "hui-yi"


@pytest.mark.parametrize("name", ["official", "project", "meeting", "inspection", "bulletin"])
def test_what_a_published_story_shows_keeps_its_address(name, draft):
    thing = made(name)
    shown_by(draft, thing)
    assert named(thing, name, "李新桥").slug.endswith("li-xin-qiao")
    publish(draft)
    thing = named(thing, name, "张新区")
    assert thing.slug.endswith("li-xin-qiao")
    again(thing, slug="by-hand")
    assert Redirect.objects.get().new_path.endswith("/by-hand/")


@pytest.mark.parametrize("name", ["reporter", "section"])
def test_a_byline_and_a_section_of_it_too(name, draft):
    thing = made(name)
    shown_by(draft, thing)
    publish(draft)
    assert named(thing, name, "张新区").slug == thing.slug


def test_what_readers_know_and_is_emptied_is_made_anew_once_and_leads_on(draft):
    official = made("official", slug="by-hand")
    shown_by(draft, official)
    publish(draft)
    official = again(official, slug="", name="李新桥")
    assert (official.slug, official.slug_follows) == ("li-xin-qiao", False)
    assert Redirect.objects.get().old_path == "/officials/by-hand/"
    assert named(official, "official", "张新区").slug == "li-xin-qiao"


def test_a_redirect_leads_on_to_an_address_that_follows():
    official = again(made("official", slug="by-hand"), slug="")
    official = named(official, "official", "李新桥")
    assert Redirect.objects.get().new_path == official.get_absolute_url()


def test_a_page_of_the_paper_keeps_its_address_once_it_says_something():
    page = again(made("page"), body="<p>文</p>")
    assert named(page, "page", "张新区").slug == page.slug


def test_a_story_that_was_published_keeps_address_and_quarter(live):
    before = (live.slug, live.quarter)
    story = again(live, headline="另一座桥", issued_on=MARCH)
    assert (story.slug, story.quarter) == before


def test_an_event_is_addressed_by_its_day(event):
    assert event.slug == "20210306-kan-qiao"
    assert again(event, held_on=APRIL).slug == "20210406-kan-qiao"


def test_of_two_stories_of_a_day_the_one_that_follows_gives_way(draft):
    other = made("article", "桥", slug="other", issued_on=APRIL)
    Article.objects.filter(pk=other.pk).update(slug=draft.slug)
    assert again(draft, issued_on=APRIL).slug == f"{draft.slug}-2"


def test_a_story_without_a_day_gives_way_when_it_is_published(draft, account):
    today = timezone.localdate()
    people = signed(draft, account)
    made("article", "桥", slug=draft.slug, issued_on=today)
    execute("publish", draft, person=people["sign"])
    assert (draft.issued_on, draft.slug) == (today, "qiao-tong-le-2")
    assert not review_state_of(draft).missing_sign_offs()


def test_a_merge_keeps_following(draft):
    kept, absorbed = made("official", "王新路"), made("official", "汪新路")
    merge(kept, absorbed)
    kept = named(kept, "official", "李新桥")
    assert kept.slug == "li-xin-qiao"
    assert Redirect.objects.get().new_path == kept.get_absolute_url()


@pytest.mark.parametrize("name", DATED)
def test_a_quarter_follows_the_day(name):
    thing = made(name, **{DATED[name]: MARCH})
    assert (thing.quarter, thing.quarter_follows) == (FIRST, True)
    assert again(thing, **{DATED[name]: APRIL}).quarter == SECOND
    assert again(thing, **{DATED[name]: JULY}).quarter == THIRD


@pytest.mark.parametrize("name", DATED)
def test_a_quarter_that_was_set_stays(name):
    thing = again(made(name), quarter=THIRD)
    assert again(thing, **{DATED[name]: APRIL}).quarter == THIRD
    assert again(thing, quarter=None).quarter == SECOND
    assert again(thing, **{DATED[name]: JULY}).quarter == THIRD


def test_the_quarter_of_a_story_follows_its_issue_before_its_day():
    story = made("article", issued_on=JULY)
    issue = made("bulletin", quarter=FIRST, issued_on=APRIL)
    assert again(story, bulletin=issue).quarter == FIRST
    assert again(story, bulletin=issue, issued_on=APRIL).quarter == FIRST
    assert again(story, bulletin=None).quarter == SECOND


def reissued(issue, **changes):
    """The issue changed, as the desk does it."""
    before = again(issue).quarter
    move_issue(again(issue, **changes), before, person=None, reason="编错了")


def test_an_issue_takes_along_what_follows_it(event, draft):
    issue = made("bulletin", issued_on=MARCH)
    story = again(draft, bulletin=issue)
    getattr(story, event.in_stories).add(event)
    set_by_hand = made("article", quarter=THIRD, bulletin=issue)
    reissued(issue, issued_on=APRIL)
    assert {again(one).quarter for one in (story, event, issue)} == {SECOND}
    reissued(issue, quarter=THIRD)
    assert {again(one).quarter for one in (story, event, issue)} == {THIRD}
    reissued(issue, issued_on=MARCH, quarter=None)
    # What had the quarter by hand goes along, too: the former one was the issue's.
    everything = (story, event, issue, set_by_hand)
    assert {again(one).quarter for one in everything} == {FIRST}


def test_the_quarter_of_an_event_is_its_first_issue_s(event):
    april, march = (
        made("bulletin", issued_on=day, quarter=day_q)
        for day, day_q in ((APRIL, THIRD), (MARCH, SECOND))
    )
    for issue in (april, march):
        getattr(made("article", bulletin=issue), event.in_stories).add(event)
    assert again(event).quarter == SECOND


def test_an_event_of_a_published_story_keeps_its_quarter(event, draft):
    getattr(draft, event.in_stories).add(event)
    publish(draft)
    event = again(event, held_on=APRIL)
    assert (event.quarter, event.slug) == (FIRST, "20210306-kan-qiao")
    again(draft, bulletin=made("bulletin", quarter=THIRD))
    assert again(event).quarter == FIRST


def test_a_story_without_a_day_is_of_the_quarter_it_is_published_in(draft, account):
    Article.objects.filter(pk=draft.pk).update(quarter=str(FIRST))
    people = signed(draft, account)
    execute("publish", draft, person=people["sign"])
    assert draft.quarter == Quarter.of(timezone.localdate())
    assert newest_of_row(draft).content["fields"]["quarter"] == str(draft.quarter)


def test_an_hour_taken_back_lets_it_follow_again(draft, account):
    before = draft.quarter
    people = signed(draft, account)
    at = timezone.now() + datetime.timedelta(days=100)
    execute("schedule", draft, person=people["sign"], at=at)
    assert draft.quarter == Quarter.of(timezone.localdate(at))
    execute("unschedule", draft, person=people["sign"])
    assert (draft.issued_on, draft.quarter) == (None, before)
    assert not review_state_of(draft).missing_sign_offs()
    assert again(draft, issued_on=MARCH).quarter == FIRST
