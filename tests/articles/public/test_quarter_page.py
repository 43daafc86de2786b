"""The page of a quarter, short and long, and the page to print."""

import datetime

import pytest

from articles.editorial import rebuild_appearances
from articles.models import Article, Attendance, Inspection, Meeting, Project, Stop
from articles.public import PrintedQuarter
from articles.public.quarters import MOST
from articles.quarter import Quarter
from people.models import Official
from tests.support.every_page import names_whole
from tests.support.stories import live

QUARTER = Quarter(2021, 1)
PAGE, PRINTED = "/quarters/2021q1/", "/quarters/2021q1/print/"


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
    assert not page.context["is_cut"]
    assert PRINTED not in page.text
    assert [len(month) for month in page.context["months"]] == [MOST + 1]
    listed = names_whole(page.text)
    walks = listed[listed.index('class="walks"') : listed.index('id="people"')]
    routes = listed[listed.index('id="projects"') :]
    for number in range(MOST):
        assert walks.count(f">第{number}次观摩</a>") == 1
        assert walks.count(f">第{number}处</a>") == 1
        assert routes.count(f">第{number}处</a>") == 1


def test_a_long_quarter_tells_the_newest_and_leads_to_all(client, visits):
    visits(60)
    page = client.get(PAGE)
    listed = names_whole(page.text)
    shown = [number for number in range(60) if f">第{number}次观摩</a>" in listed]
    assert shown == list(range(60 - MOST, 60))
    assert len(page.context["overview"].events) == len(shown) + 1
    assert "只列最近的12次观摩督导、1场会议和1篇稿件" in page.text
    said = '<a href="/inspections/?quarter=2021q1">全部60次</a>，这里是最近的12次'
    assert said in page.text
    assert '<a href="/meetings/?quarter=2021q1">全部1场</a>\n' in page.text
    assert f'<a href="{PRINTED}">整季打印版</a>' in page.text
    # Of a visit that is not shown nobody knows here.
    assert page.context["told"] == []


def test_the_page_to_print_has_each_visit_by_month(client, visits):
    visits(60)
    page = client.get(PRINTED)
    assert [len(month) for month in page.context["months"]] == [27, 28, 6]
    assert page.text.count('<details class="month" open>') == 1
    assert not page.context["is_cut"]
    listed = names_whole(page.text)
    walks = listed[listed.index('class="walks"') : listed.index('id="people"')]
    for number in range(60):
        assert f">第{number}次观摩</a>" in walks
        assert f">第{number}处</a>" in walks
        assert f">第{number}号项目</a>" in listed
    assert walks.count(">领某</a>带队") == 60
    assert "总结会" in walks
    assert len(page.context["overview"].events) == 61


def test_the_page_to_print_is_bounded_and_says_so(client, visits, monkeypatch):
    monkeypatch.setattr(PrintedQuarter, "most", 30)
    visits(31)
    page = client.get(PRINTED).text
    assert "只列最近的30次观摩督导、1场会议" in page
    assert "第0次观摩" not in page


def test_the_page_to_print_is_the_quarter_to_machines_and_kept(client, visits):
    visits(1)
    page = client.get(PRINTED)
    assert '<meta name="robots" content="noindex">' in page.text
    assert f'<link rel="canonical" href="http://testserver{PAGE}">' in page.text
    assert page.has_header("ETag")
    assert client.get("/quarters/2021Q1/print/").url == PRINTED
    assert client.get("/quarters/2020q1/print/").status_code == 404


def test_a_quarter_without_a_record_leads_to_those_with_one(client, db):
    page = client.get(PAGE)
    assert page.status_code == 404
    assert "2021年第一季度没有记录。" in page.text
    assert '<p><a href="/quarters/">有记录的季度</a></p>' in page.text


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
