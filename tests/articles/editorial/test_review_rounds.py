"""What a round of reviews is: whoever wrote in it signs nothing, what was signed before is void."""

import datetime

import pytest
from django.db import transaction
from django.utils import timezone

from articles.editorial import (
    Refused,
    amended,
    execute,
    open_working_copy,
    restore,
    review_state_of,
)
from articles.editorial.roles import CHIEF, EDITOR
from articles.models import Article
from tests.support.stories import edited, reviewers, signed


@pytest.fixture
def amender(account):
    """A 责任编辑 who changes what is live."""
    return account(EDITOR, "amender")


def amend(story, person, remarks):
    """A change of the record that ``story`` tells of."""
    meeting = story.meetings.get()
    meeting.attendance.update(remarks=remarks)
    with transaction.atomic():
        amended(meeting, person=person, reason="更正")


def submitted(row, person):
    """A copy that says something else, sent to review by whoever wrote it."""
    row = edited(row, person, headline="桥通车了")
    execute("submit", row, person=person, accepted=True)
    return row


def test_who_changes_what_he_signed_has_not_signed_it(draft, account, author):
    people = reviewers(account)
    execute("submit", draft, person=author)
    execute("first", draft, person=people["first"])
    edited(draft, people["first"], headline="桥通车了")
    edited(draft, people["first"], headline="桥通了")
    with pytest.raises(Refused, match="一审还没有签字"):
        execute("second", draft, person=people["second"])


def test_the_author_of_what_was_discarded_and_came_back_signs_nothing(live, amender, account):
    other = account(EDITOR, "other")
    execute("discard", submitted(open_working_copy(live, amender), amender), person=amender)
    copy = submitted(open_working_copy(live, other), other)
    with pytest.raises(Refused, match="写过或改过"):
        execute("first", copy, person=other)


def test_signatures_under_what_was_discarded_are_void(live, amender, account):
    copy = submitted(open_working_copy(live, amender), amender)
    execute("first", copy, person=account(CHIEF, "another"))
    version = live.versions.first()
    execute("discard", copy, person=amender)
    restore(live, version, amender)
    copy = Article.objects.get(copy_of=live)
    execute("submit", copy, person=amender)
    assert not review_state_of(live).valid


def test_looking_at_a_changed_record_forgets_no_author(bulletin, amender):
    story = Article.objects.get(position=2)
    copy = submitted(open_working_copy(story, amender), amender)
    amend(story, amender, "另一条要求")
    story.refresh_from_db()
    execute("acknowledge", story, person=amender)
    with pytest.raises(Refused, match="写过或改过"):
        execute("first", copy, person=amender, accepted=True)


def test_nobody_changes_a_story_before_its_hour_and_its_author_is_known_after(
    draft, account, amender, monkeypatch
):
    people = signed(draft, account)
    hour = timezone.now() + datetime.timedelta(hours=1)
    execute("schedule", draft, person=people["sign"], at=hour)
    with pytest.raises(Refused, match="先取消定时"):
        open_working_copy(draft, amender)
    monkeypatch.setattr(timezone, "now", lambda: hour + datetime.timedelta(hours=1))
    copy = submitted(open_working_copy(draft, amender), amender)
    with pytest.raises(Refused, match="写过或改过"):
        execute("first", copy, person=amender)


def test_who_amended_a_record_signs_no_withdrawn_story_of_it(bulletin, amender, chief):
    story = Article.objects.get(position=2)
    amend(story, amender, "另一条要求")
    story.refresh_from_db()
    execute("withdraw", story, person=chief, reason="核实")
    with pytest.raises(Refused, match="写过或改过"):
        execute("first", story, person=amender, accepted=True)


def test_an_untouched_copy_changes_hands_with_its_record(bulletin, amender, account):
    story = Article.objects.get(position=2)
    copy = open_working_copy(story, account(EDITOR, "opener"))
    amend(story, amender, "另一条要求")
    execute("submit", copy, person=account(EDITOR, "submitter"), accepted=True)
    with pytest.raises(Refused, match="写过或改过"):
        execute("first", copy, person=amender, accepted=True)


def test_what_is_brought_back_leaves_a_former_address_to_who_has_it_now(draft, author):
    first, former = draft.versions.get(), draft.slug
    edited(draft, author, headline="桥通车了", slug="xin-qiao")
    Article.objects.create(headline="另一篇", slug=former)
    restore(draft, first, author)
    draft.refresh_from_db()
    assert (draft.headline, draft.slug) == ("桥通了", "xin-qiao")
