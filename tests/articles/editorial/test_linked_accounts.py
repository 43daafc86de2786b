"""Of whom one has reset the other's password count as one person, in every story begun by then."""

import datetime

import pytest
from django.db import DatabaseError, transaction
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from articles.editorial import (
    QUEUES,
    NeedsConfirmation,
    Refused,
    execute,
    lacks_next_reviewer,
    missing_reviewers,
    open_working_copy,
    possible_transitions,
    publish_due,
    review_state_of,
)
from articles.editorial.roles import CHIEF, EDITOR
from people.accounts.credentials import CredentialLog
from people.models import CredentialChange
from tests.support.desk import change, enters
from tests.support.stories import edited, reviewers, signed

OPENED, RESET = CredentialChange.Kind.OPENED, CredentialChange.Kind.RESET
DAY = datetime.timedelta(days=1)
ANOTHERS = "a password of another"


def set_by(person, *accounts, kind=RESET, ago=datetime.timedelta()):
    """Lines of the log: ``person`` has set the passwords of ``accounts``."""
    for account in accounts:
        made_at = timezone.now() - ago
        CredentialChange.objects.create(account=account, person=person, kind=kind, made_at=made_at)


def set_at_desk(client, account):
    """A 总编 sets a password by the form."""
    address = reverse("admin:auth_user_password_change", args=[account.pk])
    posted = {"usable_password": "true", "password1": ANOTHERS, "password2": ANOTHERS}
    assert client.post(address, posted).status_code == 302


def enter(client, account):
    """Log in with that password, and choose another, as the desk demands."""
    client.logout()
    assert enters(client, account.username, ANOTHERS)
    own = {"old_password": ANOTHERS, "new_password1": "mine alone", "new_password2": "mine alone"}
    assert client.post(reverse("admin:password_change"), own).status_code == 302


def press(client, story, verb):
    """Press a button of the story's page; the stage it lies at afterwards."""
    address = reverse("admin:articles_article_transition", args=[story.pk, verb])
    seen = client.get(address).context["review_state"].state_token
    client.post(address, {"state_token": seen, "accepted": "on", "reason": "看过"})
    story.refresh_from_db()
    return story.stage


@pytest.fixture
def people(author, account):
    """The author and someone for each review."""
    return {"author": author, **reviewers(account)}


@pytest.fixture
def submitted(draft, author):
    """A story that waits for its first review."""
    execute("submit", draft, person=author)
    return draft


def test_one_who_resets_three_passwords_publishes_nothing_alone(draft, people, client):
    client.force_login(people["sign"])
    for who in ("author", "first", "second"):
        set_at_desk(client, people[who])
    enter(client, people["author"])
    assert press(client, draft, "submit") == "first"
    enter(client, people["first"])
    assert press(client, draft, "first") == "first"
    enter(client, people["second"])
    assert press(client, draft, "first") == "first"
    assert press(client, draft, "second") == "first"
    client.force_login(people["sign"])
    for verb in ("first", "second", "sign", "publish", "schedule"):
        assert press(client, draft, verb) == "first"
    assert not draft.transitions.exclude(name="submit").exists()
    offered = [verb.name for verb in possible_transitions(review_state_of(draft), people["sign"])]
    assert offered == ["return", "urgent"]


def test_neither_is_another_person_than_the_other(submitted, people):
    """Whoever of the two did it, and whoever of the two wrote."""
    set_by(people["first"], people["author"])
    set_by(people["author"], people["second"])
    for verb in ("first", "second"):
        with pytest.raises(Refused, match=r"您和.*算同一个人"):
            execute("first", submitted, person=people[verb])


def test_two_of_linked_sign_one_review(submitted, people):
    set_by(people["first"], people["second"])
    execute("first", submitted, person=people["first"])
    with pytest.raises(Refused, match="您和试责任编辑算同一个人"):
        execute("second", submitted, person=people["second"])


def test_a_hand_is_all_who_hang_together(submitted, people, account):
    middle = account(CHIEF, "middle")
    set_by(middle, people["first"])
    set_by(people["second"], middle)
    execute("first", submitted, person=people["first"])
    with pytest.raises(Refused, match="算同一个人"):
        execute("second", submitted, person=people["second"])


def test_a_reset_after_the_signatures_takes_the_later_one(draft, people, account, client):
    signed(draft, account)
    set_by(people["sign"], people["first"])
    review_state = review_state_of(draft)
    assert review_state.missing_sign_offs() == ["third"]
    (void,) = review_state.void
    assert (void.sign_off.person, void.linked) == (people["sign"], "试责任编辑")
    for verb in ("publish", "schedule"):
        with pytest.raises(Refused, match="还没有签字，或者签字已经失效"):
            execute(verb, draft, person=people["sign"], accepted=True, at=timezone.now() + DAY)
    client.force_login(people["author"])
    assert "这篇稿件起草以后重设过密码，和试责任编辑算同一个人" in client.get(change(draft)).text
    # Another person mends it.
    execute("sign", draft, person=account(CHIEF, "other"), accepted=True)
    execute("publish", draft, person=people["sign"], accepted=True)


def test_a_reset_after_the_signature_of_one_who_wrote(draft, people, account):
    signed(draft, account)
    set_by(people["second"], people["author"])
    assert review_state_of(draft).missing_sign_offs() == ["second"]


def test_other_stories_and_other_people_are_unaffected(submitted, people, account):
    set_by(account(CHIEF, "chief"), account(EDITOR, "forgetful"), people["author"])
    for verb in ("first", "second", "sign"):
        execute(verb, submitted, person=people[verb], accepted=True)
    execute("publish", submitted, person=people["sign"], accepted=True)
    assert submitted.is_live()


def test_a_story_begun_after_the_reset_is_unaffected_until_the_next(submitted, people):
    set_by(people["sign"], people["first"], people["second"], ago=DAY)
    execute("first", submitted, person=people["first"])
    execute("second", submitted, person=people["second"], accepted=True)
    set_by(people["sign"], people["first"])
    # That hand wrote nothing and signed the first review; the second is another person's still.
    assert review_state_of(submitted).missing_sign_offs() == ["third"]
    with pytest.raises(Refused, match="您和试责任编辑算同一个人"):
        execute("sign", submitted, person=people["sign"], accepted=True)


def test_an_opened_account_is_a_person_of_its_own(submitted, people):
    set_by(people["sign"], *(people[who] for who in ("author", "first", "second")), kind=OPENED)
    for verb in ("first", "second", "sign"):
        execute(verb, submitted, person=people[verb], accepted=True)


def test_what_readers_have_and_what_waits_for_its_hour_stay(live, people, account):
    """They were cleared by persons who were several then."""
    copy = edited(
        open_working_copy(live, people["first"]), account(EDITOR, "amender"), summary="新的。"
    )
    people = signed(copy, account)
    execute("schedule", copy, person=people["sign"], at=timezone.now() + DAY, accepted=True)
    before = review_state_of(live, live).counted()
    set_by(people["sign"], people["first"], people["second"])
    assert review_state_of(live, live).counted() == before
    (result,) = publish_due(timezone.now() + 2 * DAY)
    assert result.failure == ""


def test_the_home_asks_nobody_who_may_not_sign(submitted, people, account):
    def waits():
        return {
            who for who, person in people.items() if submitted.pk in QUEUES["waiting"].keys(person)
        }

    set_by(people["first"], people["author"])
    assert waits() == {"second", "sign"}
    execute("first", submitted, person=people["second"], accepted=True)
    set_by(people["second"], people["sign"])
    assert waits() == set()
    assert lacks_next_reviewer(review_state_of(submitted))
    # Of a hand that signed twice, the later signature is asked for again.
    other = account(CHIEF, "other")
    execute("second", submitted, person=other)
    assert QUEUES["waiting"].keys(people["sign"]) == []
    set_by(other, people["second"])
    assert review_state_of(submitted).next_review() == "second"
    assert QUEUES["review"].keys(people["author"]) == [submitted.pk]
    assert waits() == set()


def test_reviews_that_only_linked_may_sign_lack_someone(draft, people):
    assert missing_reviewers(review_state_of(draft)) == []
    set_by(people["second"], people["sign"])
    assert len(missing_reviewers(review_state_of(draft))) == 1


def test_hands_join_as_one_goes_back(account):
    one, two, three, four = (account(EDITOR, f"number-{number}") for number in range(4))
    now = timezone.now()
    for ago, (person, other) in ((1, (one, two)), (2, (two, three)), (3, (one, three))):
        set_by(person, other, ago=ago * DAY)
    set_by(four, two, ago=4 * DAY)
    log = CredentialLog()
    found = [log.linked_accounts(two.pk, now - begun * DAY) for begun in (0.5, 1.5, 2.5, 3.5, 4.5)]
    keys = [one.pk, two.pk, three.pk, four.pk]
    assert found == [{keys[1]}, set(keys[:2]), set(keys[:3]), set(keys[:3]), set(keys)]
    assert log.linked_accounts(two.pk, None) == {keys[1]}


def test_beside_a_signature_stands_who_set_the_account(draft, people, account, client):
    set_by(people["sign"], people["first"], kind=OPENED, ago=29 * DAY)
    set_by(people["sign"], people["second"], kind=OPENED, ago=31 * DAY)
    set_by(account(CHIEF, "nobody-of-this-story"), people["sign"], kind=OPENED)
    signed(draft, account)
    client.force_login(people["author"])
    pages = (change(draft), *(f"/admin/articles/article/{draft.pk}/{name}/" for name in PAGES))
    for page in pages:
        text = client.get(page).text
        assert "账号由试总编开通" in text, page
        assert text.count("账号由") == (2 if page.endswith("sheet/") else 1), page


PAGES = ("history", "sheet")


def test_the_checklist_warns_of_it_and_stops_nobody(submitted, people, client):
    """Also of the account that was opened by whoever presses the button."""
    set_by(people["second"], people["first"], kind=OPENED, ago=DAY)
    set_by(people["sign"], people["first"], ago=DAY)
    execute("first", submitted, person=people["first"])
    with pytest.raises(NeedsConfirmation) as doubtful:
        execute("second", submitted, person=people["second"])
    (message,) = doubtful.value.messages
    assert message.startswith("一审是试责任编辑签的字，账号由试部门主任开通（")
    client.force_login(people["second"])
    page = client.get(reverse("admin:articles_article_transition", args=[submitted.pk, "second"]))
    assert message in page.text
    execute("second", submitted, person=people["second"], accepted=True)
    with pytest.raises(NeedsConfirmation) as doubtful:
        execute("sign", submitted, person=people["sign"])
    assert len(doubtful.value.messages) == 2


def test_the_log_is_final(people):
    set_by(people["sign"], people["first"])
    line = CredentialChange.objects.get()
    for act in (
        lambda: CredentialChange.objects.update(person=people["second"]),
        line.delete,
        lambda: set_by(people["first"], people["first"]),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_nothing_else_lets_one_into_anothers_account(people, client):
    """No password comes by mail, and another name or address at the desk leads nobody in."""
    for name in ("password_reset", "admin_password_reset", "admin:password_reset"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
