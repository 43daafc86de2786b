"""Who is left to sign, what voids a signature, and what went out without."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.editorial import (
    QUEUES,
    Refused,
    execute,
    lacks_next_reviewer,
    missing_reviewers,
    open_working_copy,
    possible_transitions,
    publish_due,
    review_state_of,
)
from articles.editorial.roles import CHIEF, EDITOR, HEAD, REPORTER
from articles.models.choices import Stage, TransitionName
from tests.support.desk import change
from tests.support.stories import edited, reviewers, signed


def test_two_reviews_that_only_one_person_may_sign_lack_someone(draft, account):
    chief, head = account(CHIEF), account(HEAD)
    assert len(missing_reviewers(review_state_of(draft))) == 1
    execute("submit", draft, person=chief, accepted=True)
    # The only head signs first: the chief, who is left, cannot sign twice.
    editor = account(EDITOR)
    assert missing_reviewers(review_state_of(draft), editor) == []
    assert len(missing_reviewers(review_state_of(draft), head)) == 1


def test_a_story_that_nobody_may_sign_says_so(draft, account, at_desk):
    chief, head = account(CHIEF), account(HEAD)
    execute("submit", draft, person=account(EDITOR), accepted=True)
    execute("first", draft, person=head, accepted=True)
    assert not lacks_next_reviewer(review_state_of(draft))
    assert "没有人可以签" not in at_desk(EDITOR).get(change(draft)).text
    execute("second", draft, person=chief, accepted=True)
    assert lacks_next_reviewer(review_state_of(draft))
    assert "没有人可以签三审" in at_desk(EDITOR).get(change(draft)).text


def test_a_return_voids_a_signature_once(draft, author, account, client):
    people = reviewers(account)
    execute("submit", draft, person=author, accepted=True)
    execute("first", draft, person=people["first"], accepted=True)
    execute("return", draft, person=people["second"], reason="补日期")
    edited(draft, author, summary="三月通车。")
    (void,) = review_state_of(draft).void
    assert void.voided_by is None
    client.force_login(author)
    assert "签字因这次修改失效" not in client.get(change(draft)).text


def test_an_edit_before_a_return_is_what_voided_it(draft, author, account):
    people = reviewers(account)
    execute("submit", draft, person=author, accepted=True)
    execute("first", draft, person=people["first"], accepted=True)
    edited(draft, author, summary="三月通车。")
    execute("return", draft, person=people["second"], reason="补日期")
    (void,) = review_state_of(draft).void
    assert void.voided_by.number == 2


def test_a_return_takes_the_signatures_back_whoever_it_was(draft, author, account):
    """Also one who changed the draft, and so may not sign it."""
    people = reviewers(account)
    edited(draft, people["second"], summary="三月通车。")
    execute("submit", draft, person=author)
    execute("first", draft, person=people["first"])
    execute("return", draft, person=people["second"], reason="补日期")
    assert review_state_of(draft).valid == {}


def test_what_went_out_urgently_says_so_and_comes_back_signed(draft, account, at_desk):
    chief = account(CHIEF)
    execute("urgent", draft, person=chief, reason="突发")
    assert "没有经过全部审签" in at_desk(EDITOR).get(change(draft)).text
    execute("withdraw", draft, person=chief, reason="有误")
    verbs = [verb.name for verb in possible_transitions(review_state_of(draft), chief)]
    assert TransitionName.PUBLISH not in verbs
    assert TransitionName.URGENT in verbs
    with pytest.raises(Refused):
        execute("publish", draft, person=chief, accepted=True)
    people = reviewers(account)
    assert draft.pk in QUEUES["waiting"].keys(people["first"])
    for verb, person in people.items():
        execute(verb, draft, person=person, accepted=True)
    execute("publish", draft, person=chief, accepted=True)
    page = at_desk(EDITOR).get(change(draft)).text
    assert "没有经过全部审签" not in page


def test_what_is_signed_is_not_offered_urgently(draft, account):
    people = signed(draft, account)
    chief = people["sign"]
    verbs = [verb.name for verb in possible_transitions(review_state_of(draft), chief)]
    assert TransitionName.PUBLISH in verbs
    assert TransitionName.URGENT not in verbs
    with pytest.raises(Refused):
        execute("urgent", draft, person=chief, reason="突发")


def test_the_stage_shown_is_the_review_that_signs_next(draft, author, account):
    people = reviewers(account)
    execute("submit", draft, person=author, accepted=True)
    execute("first", draft, person=people["first"], accepted=True)
    assert review_state_of(draft).effective_stage == Stage.SECOND
    edited(draft, author, summary="三月通车。")
    assert review_state_of(draft).effective_stage == Stage.FIRST


def test_an_hour_that_nobody_kept_stands_on_the_desk(live, author, account, client):
    """No timer ran: what should have been replaced waits among the failures."""
    client.force_login(author)
    editor = account(EDITOR, "other")
    copy = edited(open_working_copy(live, editor), editor, summary="新的。")
    people = signed(copy, account)
    hour = timezone.now() + datetime.timedelta(seconds=1)
    execute("schedule", copy, person=people["sign"], at=hour, accepted=True)
    late = timezone.now() - datetime.timedelta(minutes=10)
    type(copy).objects.filter(pk=copy.pk).update(scheduled_for=late)
    assert QUEUES["failed"].keys(author) == [live.pk]
    assert "到点没有替换" in client.get(change(live)).text
    publish_due()
    assert QUEUES["failed"].keys(author) == []


def test_the_list_of_a_queue_shows_its_stories(draft, author, account, at_desk):
    execute("submit", draft, person=author, accepted=True)
    address = reverse("admin:articles_article_changelist")
    page = at_desk(EDITOR).get(f"{address}?queue=waiting")
    assert [story.pk for story in page.context["cl"].result_list] == [draft.pk]
    page = at_desk(REPORTER).get(f"{address}?queue=waiting")
    assert list(page.context["cl"].result_list) == []


def test_who_would_be_left_for_the_reviews_to_come(draft, account, author):
    execute("submit", draft, person=author)
    assert missing_reviewers(review_state_of(draft)) == [Stage.FIRST, Stage.SECOND, Stage.THIRD]
    people = reviewers(account)
    assert missing_reviewers(review_state_of(draft)) == []
    assert missing_reviewers(review_state_of(draft), people["first"]) == []
    assert missing_reviewers(review_state_of(draft), people["sign"]) == [Stage.THIRD]
    execute("first", draft, person=people["sign"])
    assert missing_reviewers(review_state_of(draft)) == [Stage.THIRD]


def test_the_page_of_a_button_warns_where_nobody_is_left(draft, account, author, at_desk):
    execute("submit", draft, person=author)
    reviewers(account)
    page = reverse("admin:articles_article_transition", args=[draft.pk, "first"])
    assert "之后没有人可以签：三审。" in at_desk(CHIEF).get(page).text
    assert "之后没有人可以签" not in at_desk(EDITOR).get(page).text
