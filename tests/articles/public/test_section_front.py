"""The front of a section: its lead, what its stories record, the list after it."""

import datetime

import pytest

from articles.models import Inspection, Meeting, Project, Section
from tests.support.pictures import halves, stored
from tests.support.stories import live

pytestmark = pytest.mark.django_db
MAY = datetime.date(2021, 5, 1)


@pytest.fixture
def section():
    return Section.objects.create(name="要闻")


def test_the_newest_story_leads_and_is_not_in_the_list(client, section):
    live(headline="旧闻", section=section, issued_on=MAY)
    live(stored(halves(600, 400)), headline="新闻", section=section, issued_on=MAY.replace(day=2))
    live(headline="别栏", section=Section.objects.create(name="别栏"), issued_on=MAY.replace(day=3))
    page = client.get(section.get_absolute_url())
    assert page.context["lead"].headline == "新闻"
    assert [story.headline for _first, stories in page.context["months"] for story in stories] == [
        "旧闻"
    ]
    assert page.text.count("<figure") == 1


def test_what_the_stories_of_the_section_record_stands_beside_it(client, section):
    story = live(section=section)
    visit = Inspection.objects.create(title="看桥", held_on=MAY)
    meeting = Meeting.objects.create(name="桥会", held_on=MAY.replace(day=2))
    other = Meeting.objects.create(name="别会", held_on=MAY.replace(day=3))
    story.inspections.add(visit)
    story.meetings.add(meeting)
    story.projects.add(Project.objects.create(name="大桥"))
    live(headline="别栏", section=Section.objects.create(name="别栏")).meetings.add(other)
    assert client.get(section.get_absolute_url()).context["record"] == [meeting, visit]


@pytest.mark.parametrize("query", ["?q=新", "?page=2", "?quarter=x"])
def test_whoever_narrows_the_stories_or_goes_on_has_the_list(client, section, query):
    for number in range(21):
        live(headline=f"新闻{number}", section=section)
    page = client.get(section.get_absolute_url() + query)
    assert "lead" not in page.context
    assert 'class="section-lead' not in page.text


def test_a_section_without_stories_says_so(client, section):
    assert "还没有记录" in client.get(section.get_absolute_url()).text
