"""Meetings and inspections as calendars."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command

from articles.editorial import touch_public, writing
from articles.models import Article, Inspection, Meeting, Project
from articles.public.feeds.calendars import MOST
from people.models import Official
from tests.support.feeds import check_calendar
from tests.support.stories import put

pytestmark = pytest.mark.django_db

DAY = datetime.date(2021, 3, 25)


def events(client, address="events"):
    """Events of a calendar by the name of their event."""
    calendar = check_calendar(client.get(f"/feeds/{address}.ics"))
    return {str(event["SUMMARY"]): event for event in calendar.events}


def test_every_calendar_is_valid_with_no_six_and_six_hundred_stories(client, request):
    assert events(client) == {}
    request.getfixturevalue("bulletin")
    public = [*Inspection.objects.public(), *Meeting.objects.public()]
    assert set(events(client)) == {str(event) for event in public}
    call_command("make_stories", 600, seed=7, verbosity=0)
    found = check_calendar(client.get("/feeds/events.ics")).events
    counts = [model.objects.public().count() for model in (Inspection, Meeting)]
    assert len(found) == sum(min(count, MOST) for count in counts)
    for model, kind in ((Official, "officials"), (Project, "projects")):
        check_calendar(client.get(f"/feeds/{kind}/{model.objects.public().first().slug}.ics"))
    check_calendar(client.get("/feeds/quarters/2021q1.ics"))


def test_who_and_what_is_followed(client, bulletin):
    of_quarter = events(client, "quarters/2021q1")
    of_project = events(client, "projects/pu-le-tian-di-xiang-mu")
    of_official = events(client, "officials/su-jian-she")
    (visit,) = of_project
    assert "重大项目" in visit
    assert {*of_project, *of_official} < set(of_quarter)
    assert any("电力" in name and "会议" in name for name in of_official)
    said = str(of_project[visit]["DESCRIPTION"])
    assert "苏建设，区委副书记、区长，带队" in said
    assert "普乐天地项目" in said
    assert client.get("/feeds/officials/no.ics").status_code == 404
    assert client.get("/feeds/reporters/zhang-gai-hua.ics").status_code == 404


@pytest.mark.parametrize(
    ("columns", "starts", "ends"),
    [
        ({}, DAY, datetime.date(2021, 3, 26)),
        ({"ends_on": datetime.date(2021, 3, 27)}, DAY, datetime.date(2021, 3, 28)),
        ({"part_of_day": "morning"}, (25, 6), (25, 12)),
        ({"part_of_day": "evening"}, (25, 18), (26, 0)),
        (
            {"part_of_day": "morning", "ends_on": datetime.date(2021, 3, 26)},
            DAY,
            datetime.date(2021, 3, 27),
        ),
    ],
)
def test_a_day_is_a_day_and_its_part_is_that_part(client, bulletin, columns, starts, ends):
    meeting = Meeting.objects.get(name__contains="电力")
    Meeting.objects.filter(pk=meeting.pk).update(**{"part_of_day": "", **columns})
    event = events(client)[str(meeting)]

    def at(day):
        zone = ZoneInfo("Asia/Shanghai")
        return (
            day if isinstance(day, datetime.date) else datetime.datetime(2021, 3, *day, tzinfo=zone)
        )

    assert (event.start, event.end) == (at(starts), at(ends))
    text = client.get("/feeds/events.ics").text
    assert "BEGIN:VTIMEZONE" in text or isinstance(starts, datetime.date)


def test_an_event_keeps_its_name_when_it_is_renamed_and_goes_with_its_stories(client, bulletin):
    event = Inspection.objects.get(title__contains="重大项目")
    before = events(client)[str(event)]["UID"]
    assert before == f"inspection-{event.pk}@127.0.0.1"
    with writing():
        Inspection.objects.filter(pk=event.pk).update(title="换了𠀀&<]]>;,\\名", slug="huan")
        touch_public()
    first = client.get("/feeds/events.ics")
    assert events(client)["换了𠀀&<]]>;,\\名"]["UID"] == before
    assert client.get("/feeds/events.ics").content == first.content
    with writing():
        put(Article.objects.live().filter(inspections=event), visibility="withdrawn")
        touch_public()
    assert before not in client.get("/feeds/events.ics").text
