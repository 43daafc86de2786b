"""Days that are hardly meant, and stored all the same: no page breaks on one."""

import datetime
import json

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.editorial import adopt, rebuild_appearances
from articles.editorial.roles import CHIEF
from articles.models import (
    Article,
    Attendance,
    Bulletin,
    Byline,
    Inspection,
    Meeting,
    Mention,
    Project,
    Stop,
)
from people.models import Official, Organisation, Reporter
from tests.support.desk import change
from tests.support.stories import live

#: The ends of the calendar, a slip of the finger, and a year to come.
DAYS = [
    datetime.date(1, 1, 1),
    datetime.date(202, 4, 6),
    datetime.date(2201, 4, 6),
    datetime.date(9999, 12, 31),
]


class Paper:
    """A paper of one official, one project and one reporter, with something of each kind a day."""

    def __init__(self):
        """Those of whom it tells."""
        self.project = Project.objects.create(name="桥")
        self.official = Official.objects.create(name="苏某")
        self.reporter = Reporter.objects.create(name="张某")
        self.body = Organisation.objects.create(name="某局")

    def print(self, day):
        """A live story of ``day`` with all that it can record, of that day; what has a page."""
        who = {"printed_name": "苏某", "official": self.official}
        bulletin = Bulletin.objects.create(title="旧刊", issued_on=day)
        self.official.appointments.create(organisation=self.body, title="局长", starts=day)
        self.official.appointments.create(organisation=self.body, title=f"{day}前", ends=day)
        meeting = Meeting.objects.create(name="大会", held_on=day)
        days = {"held_on": day, "ends_on": day}
        inspection = Inspection.objects.create(title="行", meeting=meeting, **days)
        for event in ({"meeting": meeting}, {"inspection": inspection}):
            Attendance.objects.create(**event, **who, remarks="快")
        Stop.objects.create(inspection=inspection, place="桥").projects.add(self.project)
        story = live(issued_on=day, bulletin=bulletin)
        story.inspections.add(inspection)
        story.meetings.add(meeting)
        story.projects.add(self.project)
        Byline.objects.create(article=story, printed_name="张某", reporter=self.reporter)
        Mention.objects.create(article=story, **who)
        self.project.milestones.create(status="signed", reached_on=day, article=story)
        rebuild_appearances([story])
        return [story, bulletin, meeting, inspection]


@pytest.fixture
def printed(db):
    """A paper of four days that cannot be, and of one that can; what has a page."""
    paper = Paper()
    things = [thing for day in [*DAYS, datetime.date(2021, 4, 6)] for thing in paper.print(day)]
    adopt()
    return [*things, paper.project, paper.official, paper.reporter]


def wrong(client, addresses):
    """Addresses that are answered with an error of ours."""
    answers = {address: client.get(address).status_code for address in addresses}
    return {address: status for address, status in answers.items() if status >= 500}


def test_no_page_of_readers_breaks_on_a_day_that_is_stored(printed, crawl):
    found = crawl()
    assert {address for address, one in found.items() if one.status_code >= 500} == set()
    assert {thing.get_absolute_url() for thing in printed} <= set(found)


def test_no_page_of_the_desk_breaks_on_a_day_that_is_stored(printed, at_desk):
    pages = [change(thing) for thing in printed]
    stories = [thing for thing in printed if isinstance(thing, Article)]
    pages += [
        f"{change(story).removesuffix('change/')}{name}/"
        for story in stories
        for name in ("history", "sheet", "preview", "transition/withdraw")
    ]
    assert wrong(at_desk(CHIEF), pages) == {}


@pytest.mark.parametrize(
    ("model", "column"),
    [("article", "issued_on"), ("bulletin", "issued_on"), ("meeting", "held_on")],
)
def test_the_lists_of_the_desk_go_to_the_ends_of_the_calendar(printed, at_desk, model, column):
    changelist = reverse(f"admin:articles_{model}_changelist")
    pages = [changelist]
    for day in [*DAYS, datetime.date(9999, 1, 1)]:
        query = f"{changelist}?{column}__year={day.year}"
        pages += [query, f"{query}&{column}__month={day.month}"]
        pages += [f"{pages[-1]}&{column}__day={day.day}"]
    assert wrong(at_desk(CHIEF), pages) == {}


ENDS = """
/articles/0000/ /articles/0202/ /articles/0202/04/ /articles/9999/12/31/ /articles/0000/00/00/
/quarters/0000q1/ /quarters/0001q1/ /quarters/9999q4/ /quarters/2201Q2/
/articles/?quarter=0000q1 /articles/?quarter=9999q4 /meetings/?quarter=0001q1
/bulletins/?year=0 /bulletins/?year=202 /bulletins/?year=9999 /bulletins/?year=10000
/reporters/zhang-mou/?month=0000-00 /reporters/zhang-mou/?month=0202-04
/officials/su-mou/?month=9999-13 /officials/su-mou/?month=0001-01
/officials/su-mou/?quarter=0000q1 /officials/su-mou/?quarter=0202q2
""".split()


@pytest.mark.usefixtures("db")
def test_the_ends_of_the_calendar_are_addresses_like_others(client):
    assert wrong(client, ENDS) == {}


@pytest.mark.usefixtures("printed")
def test_where_something_was_printed_on_such_a_day_too(client):
    assert wrong(client, ENDS) == {}
    for found in ("/articles/0202/", "/quarters/0001q1/", "/reporters/zhang-mou/?month=0202-04"):
        assert client.get(found).status_code == 200


@pytest.mark.usefixtures("printed")
def test_a_filter_says_what_is_wrong_with_a_day(client):
    for room in ("articles", "inspections", "meetings"):
        for name in ("date_after", "date_before"):
            for day in DAYS:
                page = client.get(f"/{room}/?{name}={day}")
                assert page.status_code == 200
                assert f"年份是{day.year}，" in page.text
                assert str(day) in page.text


@pytest.mark.parametrize("day", DAYS[2:])
def test_a_day_to_come_leads_no_front_page(db, client, day):
    live(headline="未来", issued_on=day)
    live(headline="今天", issued_on=timezone.localdate())
    live(headline="明天", issued_on=timezone.localdate() + datetime.timedelta(days=1))
    live(headline="昨天", issued_on=timezone.localdate() - datetime.timedelta(days=1))
    page = client.get("/")
    assert [one.story.headline for one in page.context["top"]] == ["明天", "今天"]
    assert "未来" not in [story.headline for story in page.context["told"] + page.context["briefs"]]


def test_json_of_the_ends_of_the_calendar_is_json(printed, client):
    for thing in printed:
        page = client.get(thing.get_absolute_url())
        for block in page.text.split('<script type="application/ld+json">')[1:]:
            json.loads(block.partition("</script>")[0])
