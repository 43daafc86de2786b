"""The page of a quarter, short and long: nothing of it is lost when it is folded by month."""

import datetime

import pytest

from articles.editorial import rebuild_appearances
from articles.models import Article, Attendance, Inspection, Meeting, Project, Stop
from articles.public.quarters import MOST
from articles.quarter import Quarter
from people.models import Official
from tests.support.every_page import names_whole
from tests.support.stories import live

QUARTER = Quarter(2021, 1)
PAGE = "/quarters/2021q1/"


@pytest.fixture
def visits(db):
    """Maker of visits of the quarter, one a day, each led by the mayor to a project of its own."""

    def make(count):
        official = Official.objects.create(name="领某")
        story = live(headline="季度观摩", quarter=QUARTER)
        for number in range(count):
            day = datetime.date(2021, 1, 5) + datetime.timedelta(number)
            seen = Inspection.objects.create(
                title=f"第{number}次观摩", held_on=day, quarter=QUARTER
            )
            lead = Attendance.Role.LEAD
            person = {"printed_name": "领某", "official": official, "role": lead}
            Attendance.objects.create(inspection=seen, printed_title="区长", **person)
            stop = Stop.objects.create(inspection=seen, place=f"第{number}处")
            stop.projects.add(Project.objects.create(name=f"第{number}号项目"))
            story.inspections.add(seen)
        story.meetings.add(Meeting.objects.create(name="总结会", held_on=day, quarter=QUARTER))
        rebuild_appearances(Article.objects.filter(pk=story.pk))

    return make


def test_a_short_quarter_tells_each_visit_in_full(client, visits):
    visits(MOST)
    page = client.get(PAGE)
    assert not page.context["is_long"]
    assert [len(month) for month in page.context["months"]] == [MOST + 1]
    listed = names_whole(page.text)
    walks = listed[listed.index('class="walks"') : listed.index('id="people"')]
    routes = listed[listed.index('id="projects"') :]
    for number in range(MOST):
        assert walks.count(f">第{number}次观摩</a>") == 1
        assert walks.count(f">第{number}处</a>") == 1
        assert routes.count(f">第{number}处</a>") == 1


def test_a_quarter_of_sixty_visits_has_each_on_a_line_by_month(client, visits):
    visits(60)
    page = client.get(PAGE)
    assert page.context["is_long"]
    assert [len(month) for month in page.context["months"]] == [27, 28, 6]
    assert page.text.count('<details class="month" open>') == 1
    listed = names_whole(page.text)
    walks = listed[listed.index('class="walks"') : listed.index('id="people"')]
    for number in range(60):
        assert f">第{number}次观摩</a>" in walks
        assert f">第{number}处</a>" in walks
        assert f">第{number}号项目</a>" in listed
    assert walks.count(">领某</a>带队") == 60
    assert "总结会" in walks
    assert "带队60" in page.text
    assert len(page.context["overview"].events) == 61


def test_a_quarter_leads_to_its_neighbours(client, bulletin):
    live(quarter=Quarter(2021, 2))
    page = client.get(PAGE).text
    assert '<a href="/quarters/2021q2/">2021年第二季度</a>' in page
    assert '<span class="soft">2020年第四季度<br>无记录</span>' in page
    assert page.index('id="overview"') < page.index('id="people"')


def test_the_list_of_quarters_says_which_between_the_first_and_the_last_have_no_record(client, db):
    for quarter in (Quarter(2019, 3), Quarter(2021, 1), Quarter(2021, 3)):
        live(quarter=quarter)
    page = client.get("/quarters/")
    assert page.context["years"] == [
        (2021, [(Quarter(2021, 1), True), (Quarter(2021, 2), False), (Quarter(2021, 3), True)]),
        (2019, [(Quarter(2019, 3), True), (Quarter(2019, 4), False)]),
    ]
    assert page.text.count("无记录") == 2
    assert 'href="/quarters/2021q2/"' not in page.text
