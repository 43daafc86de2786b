"""Counts of a quarter are kept, and always what counting would give."""

import datetime

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles.editorial import execute, move_issue, rebuild_appearances
from articles.editorial.roles import CHIEF, EDITOR
from articles.models import Article, Bulletin, Inspection, QuarterCounts, counts_of
from articles.quarter import Quarter
from tests.support.desk import change, filled

FIRST, SECOND = Quarter(2021, 1), Quarter(2021, 2)
HOUR = datetime.timedelta(hours=1)
NUMBERS = ("stories", "inspections", "meetings", "stops", "projects", "officials")


def numbers(quarter):
    """The counts that pages print."""
    return {name: getattr(counts_of(quarter), name) for name in NUMBERS}


def kept_and_counted(quarter):
    """The kept numbers and, with the row gone, the counted ones; the row comes back."""
    row = QuarterCounts.objects.get(quarter=quarter)
    kept = {name: getattr(row, name) for name in NUMBERS}
    QuarterCounts.objects.filter(pk=row.pk).delete()
    counted = numbers(quarter)
    row.save(force_insert=True)
    return kept, counted


def assert_kept_is_right(*quarters):
    """What is kept of ``quarters`` is what counting gives."""
    for quarter in quarters:
        kept, counted = kept_and_counted(quarter)
        assert kept == counted, quarter


def test_the_bulletin_is_counted(bulletin):
    assert numbers(FIRST) == {
        "stories": 6, "inspections": 4, "meetings": 4, "stops": 25, "projects": 14, "officials": 7,
    }  # fmt: skip
    assert_kept_is_right(FIRST)


def test_withdrawing_and_publishing_count_anew(bulletin, account):
    chief = account(CHIEF)
    story = Article.objects.get(position=1)
    execute("withdraw", story, person=chief, reason="核实")
    assert numbers(FIRST)["stories"] == 5
    assert_kept_is_right(FIRST)
    execute("publish", story, person=chief)
    assert numbers(FIRST)["stories"] == 6
    assert_kept_is_right(FIRST)


def test_an_event_that_changes_its_quarter_is_counted_in_both(bulletin, at_desk):
    event = Inspection.objects.first()
    client = at_desk(EDITOR)
    posted = filled(client.get(change(event)), quarter="2021q2", reason="记错了")
    assert client.post(change(event), posted).status_code == 302
    assert numbers(FIRST)["inspections"] == 3
    assert numbers(SECOND)["inspections"] == 1
    assert_kept_is_right(FIRST, SECOND)


def test_an_issue_that_changes_its_quarter_takes_its_counts_along(bulletin):
    issue = Bulletin.objects.get()
    issue.quarter = SECOND
    issue.save()
    move_issue(issue, FIRST, person=None, reason="编错了")
    assert numbers(FIRST)["stories"] == 0
    assert numbers(SECOND)["stories"] == 6
    assert_kept_is_right(FIRST, SECOND)


def test_a_row_is_right_until_the_clock_shows_or_hides_a_story(bulletin):
    now = timezone.now()
    stories = Article.objects.filter(position__in=(1, 2))
    stories.update(published_at=now + HOUR)
    rebuild_appearances(stories)
    assert numbers(FIRST)["stories"] == 4
    assert QuarterCounts.objects.get().until == now + HOUR
    stories.update(published_at=now - HOUR, expires_at=now)
    QuarterCounts.objects.update(until=now)
    assert numbers(FIRST)["stories"] == 4
    Article.objects.update(expires_at=None)
    assert numbers(FIRST)["stories"] == 6


def test_neighbours_with_stories_are_told(bulletin):
    story = Article.objects.get(position=1)
    Article.objects.filter(pk=story.pk).update(quarter=SECOND)
    rebuild_appearances([story], left=[FIRST])
    assert (counts_of(FIRST).before, counts_of(FIRST).after) == (False, True)
    assert (counts_of(SECOND).before, counts_of(SECOND).after) == (True, False)
    QuarterCounts.objects.all().delete()
    assert (counts_of(SECOND).before, counts_of(SECOND).after) == (True, False)


@pytest.mark.usefixtures("bulletin")
def test_loading_a_fixture_forgets_what_was_kept():
    QuarterCounts.objects.update(stories=99)
    call_command("loaddata", "bulletin_2021q1", verbosity=0)
    assert numbers(FIRST)["stories"] == 6


@pytest.mark.usefixtures("bulletin")
def test_synthetic_stories_are_counted():
    call_command("make_stories", 60, seed=3, verbosity=0)
    assert_kept_is_right(*QuarterCounts.objects.values_list("quarter", flat=True))
    on_record = set(Article.objects.live().quarters())
    assert on_record <= {row.quarter for row in QuarterCounts.objects.all()}
