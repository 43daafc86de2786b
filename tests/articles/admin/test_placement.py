"""The front page as the editor arranges it, and what the desk says of it."""

import datetime
import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from articles.editorial.roles import EDITOR
from articles.models import Placement
from tests.support.pictures import halves, make, stored
from tests.support.scenes import Scenes
from tests.support.stories import live, put

DAY = datetime.date(2021, 4, 6)
HOUR = datetime.timedelta(hours=1)
LEAD, PINNED = Placement.Place.LEAD, Placement.Place.PINNED


@pytest.fixture
def stories(db):
    """Four live stories by their letter, 甲 the newest."""
    days = {name: DAY - datetime.timedelta(days=age) for age, name in enumerate("甲乙丙丁")}
    return {name: live(headline=name, issued_on=day) for name, day in days.items()}


@pytest.fixture
def place(account):
    """Maker of placements that run for an hour."""
    person = account(EDITOR)

    def make(story, place=LEAD, **fields):
        ends = timezone.now() + HOUR
        return Placement.objects.create(
            **{"article": story, "place": place, "ends": ends, "person": person, **fields}
        )

    return make


def front(client):
    """Headlines of the front page, the lead first, each once."""
    main = client.get("/").text.partition("<main")[2]
    found = re.findall(r'href="/articles/2021/[^"]+">(?:<b>.*?</b>)?<span[^>]*>([^<]+)<', main)
    return "".join(dict.fromkeys(found))


@pytest.mark.usefixtures("stories")
def test_without_a_placement_the_newest_story_leads(client):
    assert front(client) == "甲乙丙丁"


def test_the_editors_lead_and_then_the_pinned_stand_before_the_newest(client, stories, place):
    place(stories["丙"], PINNED, order=2)
    place(stories["乙"], PINNED, order=1)
    place(stories["丁"])
    assert front(client) == "丁乙丙甲"


def test_a_pinned_story_leaves_the_lead_to_the_newest(client, stories, place):
    place(stories["丁"], PINNED)
    assert front(client) == "甲丁乙丙"


def test_the_newest_placement_leads_and_the_former_one_has_it_back(client, stories, place):
    place(stories["丁"])
    newer = place(stories["丙"])
    assert front(client) == "丙丁甲乙"
    Placement.objects.filter(pk=newer.pk).update(ends=timezone.now())
    assert front(client) == "丁甲乙丙"


def test_a_story_placed_twice_stands_once(client, stories, place):
    place(stories["丁"])
    place(stories["丁"], PINNED)
    assert front(client) == "丁甲乙丙"


def test_a_pinned_story_needs_no_summary_to_stand_among_those_that_have_one(client, stories, place):
    type(stories["乙"]).objects.filter(headline="乙").update(summary="提要")
    place(stories["丙"], PINNED)
    place(stories["丁"], PINNED)
    assert front(client) == "甲丁丙乙"
    assert 'class="briefs"' not in client.get("/").text


@pytest.mark.parametrize("state", ["withdrawn", "unpublished"])
def test_a_story_that_readers_may_not_see_holds_no_place(client, stories, place, state):
    place(stories["丁"])
    put(type(stories["丁"]).objects.filter(headline="丁"), visibility=state)
    assert front(client) == "甲乙丙"


def test_a_placement_holds_from_its_start_to_its_end(stories, place):
    now = timezone.now()
    placement = place(stories["丁"], starts=now, ends=now + HOUR)
    moments = (now - HOUR, now, now + HOUR / 2, now + HOUR)
    running = [Placement.objects.running(at).filter(pk=placement.pk).exists() for at in moments]
    assert running == [False, True, True, False]


def test_an_end_before_the_start_is_a_message(stories, place):
    placement = place(stories["甲"])
    placement.starts = placement.ends + HOUR
    with pytest.raises(ValidationError, match="结束必须晚于开始"):
        placement.full_clean()


def test_the_desk_says_what_the_front_page_makes_of_each(at_desk, stories, place):
    now = timezone.now()
    place(stories["甲"], starts=now - 2 * HOUR, ends=now - HOUR)
    place(stories["乙"], starts=now + HOUR, ends=now + 2 * HOUR)
    place(stories["丙"])
    place(stories["丁"])
    hidden = live(headline="戊")
    place(hidden)
    put(type(hidden).objects.filter(pk=hidden.pk), visibility="withdrawn")
    page = at_desk(EDITOR).get(reverse("admin:articles_placement_changelist")).text
    rows = re.findall(r"field-article[^>]*>.*?>([^<]+)</a>.*?field-standing[^>]*>([^<]+)<", page)
    assert dict(rows) == {
        "甲": "已经结束",
        "乙": "还没有开始",
        "丙": "另有头条，列在要闻之前",
        "丁": "正在头版",
        "戊": "稿件没有对外，头版不显示",
    }


def test_an_editor_places_a_story_in_own_name(at_desk, stories):
    ends = "2030-01-01T08:00"
    posted = {"article": stories["丁"].pk, "place": LEAD, "ends": ends, "ends-sure": ends}
    address = reverse("admin:articles_placement_add")
    assert at_desk(EDITOR).post(address, posted).status_code == 302
    placement = Placement.objects.get()
    assert placement.person.name == "试责任编辑"
    assert timezone.localtime(placement.ends).hour == 8
    page = at_desk(EDITOR).get(reverse("admin:articles_placement_change", args=[placement.pk]))
    assert "32767" not in page.text
    assert "正在头版" in page.text


def test_an_end_is_asked_for(at_desk, stories):
    posted = {"article": stories["丁"].pk, "place": LEAD}
    page = at_desk(EDITOR).post(reverse("admin:articles_placement_add"), posted)
    assert page.context["adminform"].errors["ends"]
    assert not Placement.objects.exists()


def test_the_copy_of_a_story_is_no_choice(at_desk, account):
    copy = Scenes(account).copied().working_copy
    posted = {"article": copy.pk, "place": LEAD, "ends": "2030-01-01T08:00"}
    page = at_desk(EDITOR).post(reverse("admin:articles_placement_add"), posted)
    assert page.context["adminform"].errors["article"]


def test_a_lead_with_a_photo_shows_it_cut_and_at_once(client, place):
    photo = stored(halves(200, 300), credit="记者 摄")
    make(photo.pk)
    place(live(photo, headline="甲", summary="提要"))
    lead = re.search(r'<article class="lead .*?</article>', client.get("/").text, re.DOTALL)[0]
    assert "记者 摄" in lead
    assert "/crop" in lead
    assert 'loading="lazy"' not in lead


def test_placed_stories_cost_one_query_however_many(
    client, stories, place, shell, django_assert_max_num_queries
):
    for name in "丁丙乙":
        place(stories[name], PINNED)
    client.get("/")
    # Two of them read the state of what readers see (newsroom.kept_pages).
    with django_assert_max_num_queries(14):
        assert front(client) == "甲乙丙丁"
