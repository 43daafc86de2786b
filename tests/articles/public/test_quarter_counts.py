"""How much of a quarter is on record."""

import datetime
from dataclasses import asdict
from unittest import mock

import pytest
from django.utils import timezone

from articles.editorial import execute, move_issue, touch_public, writing
from articles.editorial.roles import CHIEF, EDITOR
from articles.models import Article, Bulletin, Inspection
from articles.public import front
from articles.public.quarter_counts import counts_of
from articles.quarter import Quarter
from tests.support.desk import change, filled

FIRST, SECOND = Quarter(2021, 1), Quarter(2021, 2)
HOUR = datetime.timedelta(hours=1)
pytestmark = pytest.mark.usefixtures("bulletin")


def test_the_bulletin_is_counted():
    assert asdict(counts_of(FIRST)) == {
        "before": 0, "stories": 6, "after": 0,
        "inspections": 4, "meetings": 4, "stops": 25, "projects": 14, "officials": 7,
    }  # fmt: skip


def test_withdrawing_and_publishing_count(account):
    chief = account(CHIEF)
    story = Article.objects.get(position=1)
    execute("withdraw", story, person=chief, reason="核实")
    assert counts_of(FIRST).stories == 5
    execute("publish", story, person=chief)
    assert counts_of(FIRST).stories == 6


def test_an_event_that_changes_its_quarter_is_counted_there(at_desk):
    event = Inspection.objects.first()
    client = at_desk(EDITOR)
    posted = filled(client.get(change(event)), quarter="2021q2", reason="记错了")
    assert client.post(change(event), posted).status_code == 302
    assert counts_of(FIRST).inspections == 3
    assert counts_of(SECOND).inspections == 1


def test_an_issue_that_changes_its_quarter_takes_its_counts_along():
    issue = Bulletin.objects.get()
    issue.quarter = SECOND
    issue.save()
    move_issue(issue, FIRST, person=None, reason="编错了")
    assert not counts_of(FIRST).on_record
    assert counts_of(SECOND).stories == 6


def test_the_clock_shows_and_hides_stories():
    now = timezone.now()
    stories = Article.objects.filter(position__in=(1, 2))
    stories.update(published_at=now + HOUR)
    assert counts_of(FIRST).stories == 4
    stories.update(published_at=now - HOUR, expires_at=now)
    assert counts_of(FIRST).stories == 4
    stories.update(expires_at=None)
    assert counts_of(FIRST).stories == 6


def test_neighbours_with_stories_are_told():
    Article.objects.filter(position=1).update(quarter=SECOND)
    assert (counts_of(FIRST).before, counts_of(FIRST).after) == (0, 1)
    assert (counts_of(SECOND).before, counts_of(SECOND).after) == (5, 0)


@pytest.mark.usefixtures("shell")
def test_the_front_page_counts_once_a_state_of_what_readers_see(client):
    with mock.patch.object(front, "counts_of", side_effect=counts_of) as counted:
        for _time in range(2):
            assert "4次观摩督导，4场会议，25处点位" in client.get("/").text
        assert counted.call_count == 1
        with writing():
            touch_public()
        client.get("/")
        assert counted.call_count == 2
