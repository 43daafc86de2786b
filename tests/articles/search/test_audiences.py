"""Readers find what is live, by the clock; the desk finds the newest text of everything."""

import datetime

import pytest
from django.utils import timezone

from articles.editorial import bin_draft, execute, open_working_copy
from articles.editorial.roles import EDITOR
from articles.models import Article, Inspection, Meeting, Project
from articles.search import Audience
from articles.versions import row_at_work
from people.models import Official
from tests.support.scenes import MARK, desk
from tests.support.searching import found, reindex
from tests.support.stories import edited

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


def for_readers(typed, at=None):
    return found(Article.objects.live(at), typed)


def at_desk(typed):
    return found(Article.objects.originals(), typed, Audience.DESK)


def test_readers_find_nothing_that_is_not_for_them(account):
    things = desk(account)
    reindex()
    secret = [
        *(for_readers(MARK), found(Official.objects.public(), MARK)),
        *(found(model.objects.public(), MARK) for model in (Project, Meeting, Inspection)),
    ]
    assert secret == [set()] * 5
    shown = things["project shown"]
    assert found(Project.objects.public(), "明记项目") == {shown.pk}
    assert found(Project.objects.public(), "明记备注") == set()
    assert at_desk(f"{MARK}题") >= {things["story draft"].pk, things["story withdrawn"].pk}


def test_the_clock_alone_shows_and_hides_a_story(scenes):
    story = scenes.scheduled()
    reindex()
    now = timezone.now()
    assert for_readers(MARK) == set()
    assert for_readers(MARK, now + 2 * HOUR) == {story.pk}
    assert at_desk(MARK) == {story.pk}
    Article.objects.filter(pk=story.pk).update(expires_at=now + 3 * HOUR)
    assert for_readers(MARK, now + 4 * HOUR) == set()


def test_a_working_copy_is_the_desks_until_it_is_published(scenes):
    story = scenes.copied(summary="概要")
    reindex()
    assert (for_readers("通车"), for_readers("改题")) == ({story.pk}, set())
    assert (at_desk("通车"), at_desk("改题")) == (set(), {story.pk})
    execute("discard", row_at_work(story), person=scenes.chief)
    assert (for_readers("通车"), at_desk("通车"), at_desk("改题")) == (
        {story.pk},
        {story.pk},
        set(),
    )


def test_a_draft_in_the_bin_is_found_by_nobody(scenes, account):
    story = scenes.draft()
    reindex()
    bin_draft(story, person=account(EDITOR))
    assert at_desk(MARK) == set()
    assert found(Article.all_objects.all(), MARK, Audience.DESK) == set()


def test_a_save_at_the_desk_is_found_at_once(scenes, account):
    story, editor = scenes.live(), account(EDITOR)
    copy = open_working_copy(story, editor)
    assert at_desk("通车") == {story.pk}
    edited(copy, editor, headline="新的题目")
    assert (at_desk("新的题目"), for_readers("新的题目")) == ({story.pk}, set())
