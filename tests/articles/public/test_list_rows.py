"""What a list says of each meeting, event and project, and where its rows lead."""

import datetime
import re

import pytest

from articles.editorial import rebuild_appearances
from articles.models import Article, Inspection, Meeting, Project, Stop
from articles.quarter import Quarter
from tests.support.stories import live


@pytest.mark.usefixtures("bulletin")
def test_a_meeting_of_the_list_shows_four_names_and_the_first_demand(client):
    page = client.get("/meetings/?q=电力").text
    assert "武永祥" in page
    assert "辛忠良" not in page
    assert "等5人" in page
    assert "苏建设提出，共12条" in page
    assert page.count('class="first-demand"') == 1


@pytest.mark.usefixtures("bulletin")
def test_an_event_says_its_quarter_where_that_is_not_the_one_of_its_day(client):
    of_quarter = {"/inspections/?q=重大项目": True, "/inspections/?q=商圈": False}
    for address, is_said in of_quarter.items():
        page = client.get(address).text
        assert ("记入" in page.partition('class="events"')[2]) == is_said


@pytest.mark.usefixtures("bulletin")
def test_projects_stand_by_their_last_visit(client):
    def names():
        return [project.name for project in client.get("/projects/").context["rows"]]

    assert names()[-1] == "二七商圈区域城市复兴工程"
    later = Inspection.objects.create(title="再看", held_on=datetime.date(2021, 5, 1))
    stop = Stop.objects.create(inspection=later, place="中央商务区")
    stop.projects.add(Project.objects.get(name="中央商务区项目"))
    assert names()[0] != "中央商务区项目"
    Article.objects.live().first().inspections.add(later)
    assert names()[0] == "中央商务区项目"
    page = client.get("/projects/").text
    assert "苏建设带队" in page
    assert "没有写</td>" not in page


@pytest.mark.usefixtures("bulletin")
def test_projects_are_sorted_by_links_that_keep_the_conditions(client):
    earlier = Inspection.objects.create(title="先看", held_on=datetime.date(2020, 5, 1))
    unseen, alone = (Project.objects.get(name__contains=name) for name in ("复兴", "中央商务区"))
    alone.stops.all().delete()
    Stop.objects.create(inspection=earlier, place="中央商务区").projects.add(alone)
    Article.objects.live().first().inspections.add(earlier)

    def names(address):
        return [project.name for project in client.get(address).context["rows"]]

    assert names("/projects/?sort=oldest")[0] == alone.name
    assert names("/projects/?sort=oldest")[-1] == unseen.name
    by_name = names("/projects/?sort=name")
    assert by_name[0] == "丹尼斯大卫城二七项目"
    assert by_name.index(unseen.name) == 2  # among the others, by its pinyin
    assert names("/projects/?sort=size") == names("/projects/")
    answer = client.get("/projects/?area=中心城区&sort=name&page=1")
    links = dict(re.findall(r'<a href="([^"]+)"( aria-current="true")?>', answer.text))
    area = "area=%E4%B8%AD%E5%BF%83%E5%9F%8E%E5%8C%BA"
    assert [
        links[f"?{area}{sort}"] != "" for sort in ("", "&amp;sort=oldest", "&amp;sort=name")
    ] == [
        False,
        False,
        True,
    ]
    assert [one["name"] for one in answer.context["chosen"]] == ["area"]


def test_a_project_leads_to_all_its_stories_and_to_those_of_the_quarter(client, db):
    project = Project.objects.create(name="长桥")
    for number in range(70):
        quarter = Quarter(2021, 2) if number < 12 else Quarter(2021, 1)
        live(headline=f"桥讯{number}", quarter=quarter).projects.add(project)
    rebuild_appearances(Article.objects.all())
    page = client.get(project.get_absolute_url()).text
    assert f'href="/articles/?project={project.slug}">全部70篇</a>' in page
    assert f'href="/articles/?project={project.slug}&amp;quarter=2021q2">这个季度12篇</a>' in page
    assert "<strong>70篇</strong>" in client.get(f"/articles/?project={project.slug}").text


@pytest.mark.usefixtures("bulletin")
def test_an_event_shows_what_its_story_says_and_where_else_its_projects_were_visited(client):
    seen = Inspection.objects.get(title__contains="重大项目")
    story = seen.articles.get()
    page = client.get(seen.get_absolute_url()).text
    assert story.summary in page
    assert "其他到访" not in page
    later = Inspection.objects.create(title="再看", held_on=datetime.date(2021, 5, 1))
    for stop in seen.stops.exclude(projects=None)[:2]:
        again = Stop.objects.create(inspection=later, place=stop.place)
        again.projects.set(stop.projects.all())
    assert "再看" not in client.get(seen.get_absolute_url()).text
    story.inspections.add(later)
    assert client.get(seen.get_absolute_url()).text.count(later.get_absolute_url()) == 1


@pytest.mark.usefixtures("bulletin")
def test_a_meeting_shows_the_route_of_its_inspection_and_its_story(client):
    meeting = Meeting.objects.get(name__contains="电力")
    page = client.get(meeting.get_absolute_url()).text.replace("<wbr>", "")
    assert "南彩社区老旧小区电力问题" in page
    assert meeting.articles.get().summary in page


def test_a_visit_of_many_groups_folds_those_beyond_a_dozen_stops(client, db):
    seen = Inspection.objects.create(title="看", held_on=datetime.date(2021, 5, 1))
    for group, count in (("南组", 8), ("北组", 5), ("东组", 3)):
        for number in range(count):
            Stop.objects.create(inspection=seen, group=group, place=f"{group}{number}处")
    live().inspections.add(seen)
    folds = re.findall(r'<details class="fold( open-wide)?">', client.get("/inspections/").text)
    assert folds == [" open-wide", " open-wide", ""]
    own = re.findall(
        r'<details class="fold( open-wide)?">', client.get(seen.get_absolute_url()).text
    )
    assert own[:3] == [" open-wide"] * 3
