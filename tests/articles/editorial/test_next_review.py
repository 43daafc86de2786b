"""The review that is next is stored with each row at work, whatever is written."""

import datetime

import pytest

from articles.editorial import (
    add_pictures,
    amended,
    execute,
    link_rows,
    lock_stories_of,
    merge,
    move_issue,
    open_working_copy,
    publish_due,
    restore,
    restore_record,
    set_layout,
    writing,
)
from articles.editorial.roles import EDITOR
from articles.models import ArticlePhoto, Attendance, Bulletin, Meeting, Version
from articles.quarter import Quarter
from articles.versions import save_version
from people.models import CredentialChange, Official, User
from tests.support.pictures import halves, stored
from tests.support.stories import edited, next_reviews, reviewers, stored_next_reviews


@pytest.fixture
def in_review(draft, account, author):
    """The draft with a record, a picture and an issue; the first review has signed it."""
    draft.bulletin = Bulletin.objects.create(
        title="专刊", issued_on=datetime.date(2021, 3, 20), quarter="2021q1"
    )
    draft.save()
    meeting = Meeting.objects.create(name="会", held_on=datetime.date(2021, 3, 20))
    draft.meetings.add(meeting)
    Attendance.objects.create(meeting=meeting, printed_name="赵某")
    ArticlePhoto.objects.create(article=draft, photo=stored())
    for thing in (meeting, draft):
        save_version(thing, person=author)
    execute("submit", draft, person=author, accepted=True)
    execute("first", draft, person=reviewers(account)["first"], accepted=True)
    return draft


def amend(story, person):
    meeting = story.meetings.get()
    with writing():
        lock_stories_of(meeting)
        meeting.attendance.update(remarks="要抓紧")
        amended(meeting, person=person, reason="补记")


def restore_event(story, person):
    amend(story, person)
    meeting = story.meetings.get()
    restore_record(meeting, Version.objects.of(meeting).last(), person)


def rename_picture(story, person):
    photo = story.photos.get().photo
    with writing():
        lock_stories_of(photo)
        type(photo).objects.filter(pk=photo.pk).update(alt="两个人")
        amended(photo, person=person)


def link(story, person):
    meeting = story.meetings.get()
    official = Official.objects.create(name="赵某")
    link_rows(meeting, list(meeting.attendance.all()), official, by=person, reason="登记")


def merge_officials(story, person):
    link(story, person)
    merge(Official.objects.create(name="赵某某"), Official.objects.get(name="赵某"), person=person)


def another_quarter(story, person):
    Bulletin.objects.update(quarter="2021q2")
    with writing():
        move_issue(Bulletin.objects.get(), Quarter(2021, 1), person=person, reason="编错了")


def place(story, person):
    set_layout(story, person=person, page="01版", position=1, state_token="")


#: What is done with it by a 总编 who has not signed, and the review that is next then.
ACTS = {
    "nothing": (lambda _story, _person: None, "second"),
    "amended": (amend, "first"),
    "restore_record": (restore_event, "second"),
    "amended picture": (rename_picture, "first"),
    "link_rows": (link, "first"),
    "merge": (merge_officials, "first"),
    "move_issue": (another_quarter, "first"),
    "set_layout": (place, "second"),
    "add_pictures": (
        lambda story, person: add_pictures(story, [stored(halves(21, 21))], person),
        "first",
    ),
    "restore": (lambda story, person: restore(story, story.versions.last(), person), ""),
    "second": (lambda story, person: execute("second", story, person=person), "third"),
    "return": (lambda story, person: execute("return", story, person=person, reason="长"), ""),
    "urgent": (
        lambda story, person: execute("urgent", story, person=person, reason="急", accepted=True),
        "",
    ),
    "a password": (
        lambda story, _person: CredentialChange.objects.create(
            account=User.objects.get(username="shen-first"),
            person=story.versions.last().person,
            kind="reset",
        ),
        "first",
    ),
}


@pytest.mark.parametrize("act", ACTS)
def test_the_next_review_is_stored_whatever_is_written(in_review, chief, act):
    write, after = ACTS[act]
    write(in_review, chief)
    assert stored_next_reviews() == next_reviews() == {in_review.pk: after}


def test_a_copy_at_work_has_the_next_review_of_its_story(live, account, chief):
    execute("withdraw", live, person=chief, reason="核实")
    edited(live, account(EDITOR), headline="桥通车了")
    assert stored_next_reviews() == next_reviews() == {live.pk: "first"}
    execute("urgent", live, person=chief, reason="急", accepted=True)
    copy = open_working_copy(live, chief)
    assert stored_next_reviews() == next_reviews() == {live.pk: "", copy.pk: ""}
    execute("submit", copy, person=chief)
    edited(copy, chief, headline="桥又通车了")
    assert stored_next_reviews() == next_reviews() == {live.pk: "", copy.pk: "first"}
    # Nobody has signed what went out urgently; but it is the copy that the desk is at.
    execute("withdraw", live, person=chief, reason="核实")
    assert stored_next_reviews() == next_reviews() == {live.pk: "", copy.pk: "first"}
    execute("discard", copy, person=chief)
    assert stored_next_reviews() == next_reviews() == {live.pk: "first"}


def test_a_paper_with_another_number_of_reviews_asks_for_the_next_of_them(in_review, settings):
    settings.REVIEWS = 2
    publish_due()
    assert stored_next_reviews() == next_reviews() == {in_review.pk: ""}
    settings.REVIEWS = 3
    publish_due()
    assert stored_next_reviews() == next_reviews() == {in_review.pk: "second"}
