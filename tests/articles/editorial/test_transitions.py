"""The verbs: who may, from where, whose signature counts, and what is asked first."""

import itertools

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from articles.editorial import (
    Refused,
    amended,
    current_review_state,
    execute,
    possible_transitions,
    review_state_of,
)
from articles.editorial.roles import CHIEF, EDITOR, HEAD, REPORTER, ROLES, synchronise_roles
from articles.models import Article, OfficialAppearance, SignOff, Transition, Version
from articles.versions import save_version
from people.models import Official
from tests.support.stories import edited, reviewers, signed


def test_three_people_sign_and_the_chief_publishes(draft, account, author):
    people = signed(draft, account)
    draft.refresh_from_db()
    assert (draft.stage, draft.visibility) == ("signed", "unpublished")
    move = execute("publish", draft, person=people["sign"])
    assert draft.is_live()
    assert Article.objects.live().get() == draft
    assert (move.story, move.visibility, move.version.number) == (draft, "live", 2)
    verbs = [move.name for move in draft.transitions.order_by("pk")]
    assert verbs == ["submit", "first", "second", "sign", "publish"]
    assert [one.person for one in SignOff.objects.order_by("pk")] == list(people.values())
    assert {one.version.number for one in SignOff.objects.all()} == {1}


@pytest.mark.parametrize("verbs", [["sign"], ["first", "sign"], ["first", "second", "sign"]])
def test_as_many_reviews_as_the_paper_has(draft, account, author, settings, verbs):
    settings.REVIEWS = len(verbs)
    execute("submit", draft, person=author)
    people = reviewers(account)
    for verb in verbs:
        assert draft.stage != "signed"
        execute(verb, draft, person=people[verb])
    assert draft.stage == "signed"
    execute("publish", draft, person=people["sign"])
    assert draft.is_live()
    for verb in {"first", "second", "sign"} - set(verbs):
        with pytest.raises(Refused, match="不能"):
            execute(verb, draft, person=people[verb])


def test_no_review_before_its_turn(draft, account, author):
    execute("submit", draft, person=author)
    people = reviewers(account)
    for verb, what in (("second", "一审还没有签字"), ("sign", "一审、二审还没有签字")):
        with pytest.raises(Refused, match=what):
            execute(verb, draft, person=people[verb])
    with pytest.raises(Refused, match="不能发布"):
        execute("publish", draft, person=people["sign"])
    assert not SignOff.objects.exists()


def test_the_author_signs_nothing(draft, account):
    chief = account(CHIEF)
    save_version(edited(draft, chief, headline="桥通车了"), person=chief)
    execute("submit", draft, person=chief)
    with pytest.raises(Refused, match="写过或改过"):
        execute("first", draft, person=chief)


def test_who_changed_the_version_under_review_signs_nothing(draft, account, author):
    people = reviewers(account)
    execute("submit", draft, person=author)
    edited(draft, people["first"], headline="桥通车了")
    with pytest.raises(Refused, match="写过或改过"):
        execute("first", draft, person=people["first"])
    execute("first", draft, person=account(EDITOR, "another"))


def test_nobody_signs_two_reviews_even_where_the_first_signature_is_void(draft, account, author):
    chief = account(CHIEF)
    execute("submit", draft, person=author)
    execute("first", draft, person=chief)
    for verb in ("second", "sign"):
        with pytest.raises(Refused):
            execute(verb, draft, person=chief)
    edited(draft, author, headline="桥通车了")
    execute("first", draft, person=account(EDITOR, "another"))
    with pytest.raises(Refused, match="同一个人不能审两次"):
        execute("second", draft, person=chief)


def test_a_later_edit_voids_the_signatures_and_the_screen_says_why(draft, account, author):
    people = signed(draft, account)
    edited(draft, author, headline="桥通车了")
    review_state = review_state_of(draft)
    assert not review_state.valid
    assert [void.sign_off.stage for void in review_state.void] == ["first", "second", "third"]
    assert {(void.voided_by.number, void.voided_by.person) for void in review_state.void} == {
        (2, author)
    }
    with pytest.raises(Refused, match="一审、二审、三审还没有签字，或者签字已经失效"):
        execute("publish", draft, person=people["sign"])
    for verb, person in people.items():
        execute(verb, draft, person=person)
    execute("publish", draft, person=people["sign"])
    assert draft.is_live()


def test_a_save_that_changes_nothing_voids_nothing(draft, account, author):
    people = signed(draft, account)
    before = Version.objects.count()
    edited(draft, author)
    assert Version.objects.count() == before
    execute("publish", draft, person=people["sign"])


def test_an_event_that_was_changed_voids_the_signatures(bulletin, draft, account, author):
    meeting = Article.objects.get(position=2).meetings.get()
    draft.meetings.add(meeting)
    save_version(draft, person=author)
    people = signed(draft, account)
    row = meeting.attendance.first()
    row.remarks = "另一条要求"
    row.save()
    editor = account(EDITOR, "amender")
    with transaction.atomic():
        amended(meeting, person=editor, reason="原文如此")
    assert not review_state_of(draft).valid
    with pytest.raises(Refused, match="失效"):
        execute("publish", draft, person=people["sign"])
    with pytest.raises(Refused, match="写过或改过"):
        execute("first", draft, person=editor)


def test_a_title_that_the_register_gives_is_signed_too(bulletin, draft, account, author):
    official = Official.objects.get(name="苏建设")
    meeting = Article.objects.get(position=2).meetings.get()
    meeting.attendance.filter(official=official).update(printed_title="")
    draft.meetings.add(meeting)
    save_version(draft, person=author)
    people = signed(draft, account)
    official.appointments.update(title="代区长")
    with pytest.raises(Refused, match="失效"):
        execute("publish", draft, person=people["sign"])


def test_a_returned_story_goes_through_all_reviews_again(draft, account, author):
    people = reviewers(account)
    execute("submit", draft, person=author)
    execute("first", draft, person=people["first"])
    with pytest.raises(Refused, match="请写明退回的理由"):
        execute("return", draft, person=people["second"])
    execute("return", draft, person=people["second"], reason="导语太长")
    assert draft.stage == "draft"
    assert review_state_of(draft).void[0].voided_by is None
    assert SignOff.objects.get(verdict="returned").opinion == "导语太长"
    execute("submit", draft, person=author)
    with pytest.raises(Refused, match="一审还没有签字"):
        execute("second", draft, person=people["second"])


def test_only_the_review_at_which_a_story_lies_returns_it(draft, account, author):
    people = reviewers(account)
    execute("submit", draft, person=author)
    execute("first", draft, person=people["first"])
    with pytest.raises(PermissionDenied):
        execute("return", draft, person=people["first"], reason="不对")


def test_an_urgent_publication_needs_a_reason_and_stays_marked(draft, chief):
    with pytest.raises(Refused, match="请写明紧急发布的理由"):
        execute("urgent", draft, person=chief)
    execute("urgent", draft, person=chief, reason="汛情")
    assert draft.is_live()
    assert Transition.objects.get(name="urgent").reason == "汛情"


@pytest.mark.parametrize("role", [REPORTER, EDITOR, HEAD])
@pytest.mark.parametrize("verb", ["publish", "withdraw", "urgent", "schedule"])
def test_only_the_chief_publishes_and_withdraws(draft, account, role, verb):
    with pytest.raises(PermissionDenied):
        execute(verb, draft, person=account(role, "someone"), reason="理由")


def test_of_two_who_press_at_once_one_is_told(draft, chief):
    stale = Article.objects.get(pk=draft.pk)
    execute("urgent", draft, person=chief, reason="急")
    with pytest.raises(Refused, match="刚被别人处理过"):
        execute("urgent", stale, person=chief, reason="急")
    assert draft.transitions.count() == 1


def test_who_has_seen_an_older_version_is_told(draft, account, author):
    execute("submit", draft, person=author)
    seen = current_review_state(draft).state_token
    edited(draft, author, headline="桥通车了")
    with pytest.raises(Refused, match="又有改动"):
        execute("first", draft, person=account(EDITOR), state_token=seen)
    execute(
        "first", draft, person=account(HEAD), state_token=current_review_state(draft).state_token
    )


def test_a_move_that_the_state_does_not_have_is_refused(draft, chief):
    with pytest.raises(Refused, match="不能撤回"):
        execute("withdraw", draft, person=chief, reason="错")


@pytest.mark.parametrize("role", ROLES)
def test_what_is_offered_is_what_is_allowed(draft, account, author, role):
    person = author if role == REPORTER else account(role)
    offered = {verb.name for verb in possible_transitions(review_state_of(draft), person)}
    assert offered == {"submit"} | ({"urgent"} if role == CHIEF else set())
    execute("submit", draft, person=author)
    offered = {verb.name for verb in possible_transitions(review_state_of(draft), person)}
    allowed = {REPORTER: {"recall"}, CHIEF: {"first", "return", "urgent"}}
    assert offered == allowed.get(role, {"first", "return"})


def test_publishing_writes_the_derived_rows(draft, chief, bulletin):
    story = Article.objects.get(position=2)
    draft.meetings.set(story.meetings.all())
    execute("urgent", draft, person=chief, reason="急", accepted=True)
    rows = OfficialAppearance.objects.filter(article=draft)
    assert rows.count() == 5
    assert {row.issued_on for row in rows} == {draft.issued_on}


def test_each_role_has_what_the_one_before_has_and_its_own():
    tables = [set(names) for names in ROLES.values()]
    assert list(ROLES) == [REPORTER, EDITOR, HEAD, CHIEF]
    for less, more in itertools.pairwise(tables):
        assert less < more


@pytest.mark.django_db
def test_roles_follow_their_table_after_every_migration(django_user_model):
    from django.contrib.auth.models import Group, Permission  # noqa: PLC0415

    group = Group.objects.get(name=REPORTER)
    group.permissions.add(Permission.objects.get(codename="publish_article"))
    synchronise_roles()
    held = {
        f"{permission.content_type.app_label}.{permission.codename}"
        for permission in group.permissions.select_related("content_type")
    }
    assert held == set(ROLES[REPORTER])
