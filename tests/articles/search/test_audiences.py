"""Readers find what is live, by the clock; the desk finds the newest text of everything."""

import datetime

import pytest
from django.utils import timezone

from articles.editorial import (
    add_pictures,
    amended,
    bin_draft,
    execute,
    lock_stories_of,
    merge,
    open_working_copy,
    restore_record,
    writing,
)
from articles.editorial.roles import EDITOR
from articles.models import Article, Inspection, Meeting, Photo, Project, Version
from articles.search import Audience
from articles.versions import row_at_work, save_version
from people.models import Official
from tests.support.pictures import stored
from tests.support.scenes import MARK, desk
from tests.support.searching import found, is_indexed
from tests.support.stories import edited

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


def for_readers(typed, at=None):
    return found(Article.objects.live(at), typed)


def at_desk(typed):
    return found(Article.objects.originals(), typed, Audience.DESK)


def test_readers_find_nothing_that_is_not_for_them(account):
    things = desk(account)
    assert is_indexed()
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
    now = timezone.now()
    assert for_readers(MARK) == set()
    assert for_readers(MARK, now + 2 * HOUR) == {story.pk}
    assert at_desk(MARK) == {story.pk}
    Article.objects.filter(pk=story.pk).update(expires_at=now + 3 * HOUR)
    assert for_readers(MARK, now + 4 * HOUR) == set()


def test_a_working_copy_is_the_desks_until_it_is_published(scenes):
    story = scenes.copied(summary="概要")
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
    assert at_desk(MARK) == {story.pk}
    bin_draft(story, person=account(EDITOR))
    assert at_desk(MARK) == set()
    assert found(Article.all_objects.all(), MARK, Audience.DESK) == set()


def test_a_save_at_the_desk_is_found_at_once(scenes, account):
    story, editor = scenes.live(), account(EDITOR)
    copy = open_working_copy(story, editor)
    assert at_desk("通车") == {story.pk}
    edited(copy, editor, headline="新的题目")
    assert (at_desk("新的题目"), for_readers("新的题目")) == ({story.pk}, set())


def test_words_of_a_picture_are_those_that_are_printed(scenes, account):
    story, photo = scenes.draft(), stored()
    Photo.objects.filter(pk=photo.pk).update(caption="库里的图说")
    add_pictures(story, [photo], account(EDITOR))
    assert at_desk("库里的图说") == {story.pk}
    with writing():
        photo.caption = "改过的图说"
        photo.save()
        amended(photo, person=scenes.chief)
    assert (at_desk("库里的图说"), at_desk("改过的图说")) == (set(), {story.pk})
    with writing():
        use = story.photos.get()
        use.caption = "本稿的图说"
        use.save()
        save_version(story, person=scenes.author)
    assert (at_desk("改过的图说"), at_desk("本稿的图说")) == (set(), {story.pk})


def test_a_record_that_is_amended_restored_or_merged_is_found_as_it_is_now(scenes, account):
    things = desk(account)
    meeting, chief = things["meeting shown"], scenes.chief
    first = Version.objects.of(meeting).last()
    story = things["story live"]
    with writing():
        lock_stories_of(meeting)
        meeting.attendance.update(remarks="要求整改")
        amended(meeting, person=chief, reason="补记")
    assert story.pk in for_readers("要求整改")
    assert found(Meeting.objects.public(), "要求整改") == {meeting.pk}
    restore_record(meeting, first, chief)
    assert for_readers("要求整改") == found(Meeting.objects.public(), "要求整改") == set()
    kept, absorbed = things["project shown"], things["project unused"]
    merge(kept, absorbed, person=chief)
    assert found(Project.objects.public(), "空项目") == {kept.pk}
    assert is_indexed()
