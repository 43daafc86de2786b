"""Where a story leads on: what shares a subject with it, with the reason, and its neighbours."""

import datetime
import re

import pytest
from django.utils import timezone

from articles.editorial import rebuild_appearances
from articles.models import Attendance, Bulletin, Inspection, Meeting, Mention, Project
from articles.public.story_queries import EACH, MOST, further_reading
from people.models import Official
from tests.support.stories import live, story

pytestmark = pytest.mark.django_db

DAY = datetime.date(2021, 4, 6)


def related(of):
    """Headline, reason and subject of the stories that ``of`` leads on to."""
    return [
        (one.story.headline, str(one.reason), one.subject) for one in further_reading(of)["related"]
    ]


def linked(relation, thing, **fields):
    """A live story linked to ``thing``."""
    made = live(**fields)
    getattr(made, relation).add(thing)
    rebuild_appearances([made])
    return made


@pytest.fixture
def issue():
    """An issue of the paper."""
    return Bulletin.objects.create(title="专刊", quarter="2021q1", issued_on=DAY, slug="z")


def test_each_reason_is_named():
    project = Project.objects.create(name="大桥")
    visit = Inspection.objects.create(title="看桥", held_on=DAY)
    meeting = Meeting.objects.create(name="议桥", held_on=DAY)
    official = Official.objects.create(name="甲某")
    here = live(headline="本稿")
    for relation, thing in (("projects", project), ("inspections", visit), ("meetings", meeting)):
        getattr(here, relation).add(thing)
        linked(relation, thing, headline=str(thing))
    named = live(headline="甲某")
    for one in (here, named):
        Mention.objects.create(article=one, printed_name="甲某", official=official)
    rebuild_appearances([here, named])
    assert related(here) == [
        ("大桥", "同一项目", "大桥"),
        ("看桥", "同一活动", "看桥"),
        ("议桥", "同一会议", "议桥"),
        ("甲某", "同一人物", "甲某"),
    ]


def test_the_strongest_reason_stands_for_a_story():
    project, visit = Project.objects.create(name="大桥"), Inspection(title="看桥", held_on=DAY)
    visit.save()
    Attendance.objects.create(
        inspection=visit, printed_name="甲某", official=Official.objects.create(name="甲某")
    )
    here, other = (linked("projects", project, headline=name) for name in ("本稿", "另稿"))
    for one in (here, other):
        one.inspections.add(visit)
    rebuild_appearances([here, other])
    assert related(here) == [("另稿", "同一项目", "大桥")]


def test_a_subject_brings_its_newest_stories_and_the_newest_comes_first():
    bridge, road = (Project.objects.create(name=name) for name in ("大桥", "大路"))
    here = live(headline="本稿")
    here.projects.add(bridge, road)
    rebuild_appearances([here])
    days = [DAY + datetime.timedelta(days) for days in range(EACH + 2)]
    for day in days[:-1]:
        linked("projects", bridge, headline=f"大桥{day.day}", issued_on=day)
    linked("projects", road, headline="大路10", issued_on=days[-1])
    assert [name for name, *_ in related(here)] == ["大路10", "大桥9", "大桥8", "大桥7"]


def test_only_what_readers_may_see_is_related(issue):
    project = Project.objects.create(name="大桥")
    here = linked("projects", project, headline="本稿", bulletin=issue, position=2)
    hour = datetime.timedelta(hours=1)
    hidden = (
        {"visibility": "withdrawn"},
        {"published_at": timezone.now() + hour},
        {"published_at": timezone.now() - 2 * hour, "expires_at": timezone.now() - hour},
    )
    for position, fields in zip((1, 3, 4), hidden, strict=True):
        linked("projects", project, bulletin=issue, position=position, **fields)
    assert further_reading(here) == {"previous": None, "next": None, "related": []}


def test_no_more_than_a_handful():
    here = live(headline="本稿")
    for number in range(MOST + 2):
        project = Project.objects.create(name=f"项目{number}")
        here.projects.add(project)
        linked("projects", project, headline=f"稿{number}")
    rebuild_appearances([here])
    assert len(related(here)) == MOST


def test_the_neighbours_stand_by_page_and_position(issue):
    places = (("02版", 1), ("01版", 2), ("01版", 1), ("02版", 1))
    second, middle, first, last = (
        live(headline=str(number), bulletin=issue, page=page, position=position)
        for number, (page, position) in enumerate(places)
    )
    for before, after in ((None, first), (first, middle), (middle, second), (second, last)):
        if before:
            assert further_reading(before)["next"] == after
        assert further_reading(after)["previous"] == before
    assert further_reading(last)["next"] is None


def test_a_story_outside_of_an_issue_has_no_neighbours(issue):
    live(bulletin=issue, position=1)
    here = live(position=2)
    live(position=3)
    assert (further_reading(here)["previous"], further_reading(here)["next"]) == (None, None)


def test_a_working_copy_leads_where_its_original_does(issue):
    first, here = (live(headline=str(n), bulletin=issue, position=n) for n in (1, 2))
    copy = story(headline="副本", bulletin=issue, position=2, copy_of=here)
    assert further_reading(copy)["previous"] == first
    assert further_reading(copy)["next"] is None


def test_the_page_says_how_old_its_story_is(client):
    today = timezone.localdate()
    new, old = (
        live(headline=str(years), issued_on=today.replace(year=today.year - years, day=1))
        for years in (0, 3)
    )
    page = client.get(old.get_absolute_url()).text
    assert '<span class="aged">3年前</span>' in page
    assert "见报已满3年" in page
    page = client.get(new.get_absolute_url()).text
    assert "年前" not in page
    assert "已满" not in page


def test_the_page_prints_the_title_of_whom_the_text_names(client):
    here = live()
    Mention.objects.create(article=here, printed_name="乙某", printed_title="典型志愿者")
    assert "典型志愿者" in client.get(here.get_absolute_url()).text


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<p>文</p>", ["1分钟", "约10字"]),
        (f"<p>{'字' * 400}</p>", ["1分钟", "约400字"]),
        (f"<h2>{'字' * 401}</h2> <p>\n</p>", ["2分钟", "约400字"]),
        (f"<p>{'字，' * 360}</p>", ["2分钟", "约700字"]),
    ],
)
def test_the_page_says_how_long_its_story_is(client, body, said):
    page = client.get(live(body=body).get_absolute_url()).text
    assert re.findall(r"约\d+字|\d+分钟", page) == said


def test_a_story_without_text_has_no_length(client):
    page = client.get(live(body="").get_absolute_url()).text
    assert "篇幅" not in page
    assert "分钟" not in page
