"""Events of several days: found by each of them, and said to have lasted that long."""

import datetime
import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from articles.editorial import rebuild_appearances
from articles.editorial.roles import EDITOR
from articles.models import Attendance, Inspection, Meeting, Stop, Version
from articles.versions import apply, digest, save_version, snapshot
from people.models import Official
from tests.support.desk import change, filled
from tests.support.stories import live

pytestmark = pytest.mark.django_db

MAY = {day: datetime.date(2021, 5, day) for day in range(1, 32)}
NAMED = {Inspection: "title", Meeting: "name"}
both = pytest.mark.parametrize("model", NAMED, ids=["inspection", "meeting"])


def held(model, first, last=None, name="三日"):
    """An event of ``model`` that a live story tells of."""
    event = model.objects.create(**{NAMED[model]: name}, held_on=first, ends_on=last)
    getattr(live(), model.in_stories).add(event)
    return event


def room(model):
    """Address of the list."""
    return reverse(model.in_stories)


#: What is asked, of what lasted from the 10th to the 12th, and whether it is found.
ASKED = {
    "date_after=2021-05-11&date_before=2021-05-11": True,
    "date_after=2021-05-10&date_before=2021-05-10": True,
    "date_after=2021-05-12&date_before=2021-05-12": True,
    "date_after=2021-05-12": True,
    "date_before=2021-05-10": True,
    "date_after=2021-05-01&date_before=2021-05-31": True,
    "date_after=2021-05-13": False,
    "date_before=2021-05-09": False,
    "date_after=2021-05-13&date_before=2021-05-20": False,
    "date_after=2021-05-12&date_before=2021-05-10": True,
    "quarter=2021q2&date_after=2021-05-11": True,
    "q=三&date_after=2021-05-12": True,
}


@both
def test_an_event_is_found_by_each_of_its_days(client, model):
    event = held(model, MAY[10], MAY[12])
    for query, is_found in ASKED.items():
        page = client.get(f"{room(model)}?{query}")
        assert (event in page.context["rows"]) == is_found, query
        assert page.context["page_obj"].paginator.count == is_found


@both
def test_a_day_of_its_own_is_found_by_that_alone(client, model):
    event = held(model, MAY[10])
    same = held(model, MAY[11], MAY[11], name="当天")
    for query, found in {
        "date_after=2021-05-10&date_before=2021-05-10": [event],
        "date_after=2021-05-11&date_before=2021-05-11": [same],
        "date_after=2021-05-11": [same],
        "date_before=2021-05-10": [event],
        "date_after=2021-05-12": [],
    }.items():
        assert client.get(f"{room(model)}?{query}").context["rows"] == found, query


@both
def test_over_new_year_the_list_keeps_its_order(client, model):
    older = held(model, datetime.date(2020, 12, 30), datetime.date(2021, 1, 2), name="跨年")
    newer = held(model, datetime.date(2021, 1, 1), name="元旦")
    page = client.get(f"{room(model)}?date_after=2021-01-01&date_before=2021-12-31")
    assert page.context["rows"] == [newer, older]
    assert "至2021年1月2日" in page.text


@both
def test_the_last_day_is_none_before_the_first(at_desk, model):
    address = reverse(f"admin:articles_{model._meta.model_name}_add")
    client = at_desk(EDITOR)
    days = {"held_on": "2021-05-12", "ends_on": "2021-05-10"}
    posted = filled(client.get(address), **{NAMED[model]: "三日"}, **days)
    page = client.post(address, posted)
    assert "结束日期不能早于开始日期。" in page.text
    assert 'value="2021-05-10"' in page.text
    assert client.post(address, {**posted, "ends_on": "2021-05-14"}).status_code == 302
    event = model.objects.get()
    assert event.ends_on == MAY[14]
    with pytest.raises(ValidationError):
        model(**{NAMED[model]: "三日"}, held_on=MAY[12], ends_on=MAY[11]).full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(ends_on=MAY[11])


@both
def test_a_last_day_is_kept_compared_and_restored(at_desk, model):
    event = model.objects.create(**{NAMED[model]: "三日"}, held_on=MAY[10])
    save_version(event)
    event.ends_on = MAY[12]
    event.save()
    save_version(event)
    client = at_desk(EDITOR)
    base = change(event).removesuffix("change/")
    assert "2021年5月12日" in client.get(f"{base}compare/?old=1&new=2").text
    client.post(f"{base}restore/1/")
    event.refresh_from_db()
    assert event.ends_on is None
    client.post(f"{base}restore/2/")
    event.refresh_from_db()
    assert event.ends_on == MAY[12]


def test_contents_from_before_meetings_had_a_last_day_are_the_same_and_can_be_restored():
    meeting = Meeting.objects.create(name="大会", held_on=MAY[10])
    older = snapshot(meeting)
    del older["fields"]["ends_on"]
    assert digest(older) == digest(snapshot(meeting))
    meeting.ends_on = MAY[12]
    meeting.save()
    assert digest(older) != digest(snapshot(meeting))
    assert apply(older, meeting) == []
    meeting.refresh_from_db()
    assert meeting.ends_on is None


def test_every_page_says_how_long_it_lasted(client):
    official = Official.objects.create(name="苏某")
    visit, meeting = held(Inspection, MAY[10], MAY[12]), held(Meeting, MAY[10], MAY[13])
    Stop.objects.create(inspection=visit, place="桥").projects.create(name="桥")
    for event in ({"inspection": visit}, {"meeting": meeting}):
        Attendance.objects.create(**event, printed_name="苏某", official=official, remarks="快")
    rebuild_appearances([*visit.articles.all(), *meeting.articles.all()])
    story = visit.articles.get()
    pages = {
        "/": "至5月12日 至5月13日",
        "/inspections/": "至5月12日",
        "/meetings/": "至5月13日",
        "/quarters/2021q2/": "至5月12日 至5月13日",
        visit.get_absolute_url(): "至5月12日",
        meeting.get_absolute_url(): "至5月13日",
        story.get_absolute_url(): "至5月12日",
        official.get_absolute_url(): "至5月12日 至5月13日",
        "/projects/qiao/": "至5月12日",
    }
    story.projects.update()
    for address, words in pages.items():
        page = client.get(address).text
        for word in words.split():
            assert word in page, address
    quarter = client.get("/quarters/2021q2/").text
    drawn = " ".join(re.findall(r"<svg.*?</svg>", quarter, re.DOTALL))
    assert "至5月12日" in drawn
    for address in (visit.get_absolute_url(), story.get_absolute_url()):
        assert '"endDate": "2021-05-12"' in client.get(address).text


def test_a_quarter_of_many_events_says_it_too(client):
    for day in range(1, 30):
        held(Inspection, MAY[day], MAY[day + 1], name=f"第{day}次")
    assert "至5月30日" in client.get("/quarters/2021q2/").text


def test_pickers_tell_events_of_one_name_by_all_their_days(at_desk):
    held(Meeting, MAY[10], MAY[12], name="大会")
    query = {
        "app_label": "articles",
        "model_name": "article",
        "field_name": "meetings",
        "term": "大",
    }
    found = at_desk(EDITOR).get(reverse("admin:autocomplete"), query).json()["results"]
    assert [one["text"] for one in found] == ["大会（2021年5月10日至5月12日）"]


def test_a_change_of_the_last_day_is_an_amendment_of_what_is_live(at_desk):
    meeting = held(Meeting, MAY[10], MAY[12])
    story = meeting.articles.get()
    save_version(story)
    client = at_desk(EDITOR)
    posted = filled(client.get(change(meeting)), ends_on="2021-05-13", reason="多开一天")
    assert client.post(change(meeting), posted).status_code == 302
    story.refresh_from_db()
    assert story.record_changed_at
    assert Version.objects.of(meeting).first().content["fields"]["ends_on"] == "2021-05-13"
