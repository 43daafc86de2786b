"""Every role and every verb, by the form, by a crafted request and by the list's actions."""

import pytest
from django.urls import reverse

from articles.admin.moving import IN_BULK
from articles.workflow import VERBS, perform, standing_of
from articles.workflow.roles import CHIEF, ROLES
from tests.desk import change
from tests.reviews import edited, reviewers
from tests.scenes import Scenes, desk
from tests.security import STRANGER, WHO, logged_in, table, tried, undrawn

TABLE = table("Roles and verbs")
ADDRESSES = table("Roles and addresses")
STORIES = reverse("admin:articles_article_changelist")
CHANGE, DELETE, RESTORE = (f"articles_article_{page}" for page in ("change", "delete", "restore"))

#: How a story comes where it has the verb, for each row; by itself and as the copy of a live one.
STATES = {
    "submit 送审": ("draft", "copied"),
    "first 一审通过": ("first", "copied first"),
    "second 二审通过": ("second", "copied second"),
    "sign 三审签发": ("third", "copied third"),
    "publish 发布": ("signed", "copied signed"),
    "schedule 定时发布": ("signed", "copied signed"),
    "unschedule 取消定时": ("scheduled", "waiting"),
    "return 退回, at 一审": ("first", "copied first"),
    "return 退回, at 二审": ("second", "copied second"),
    "return 退回, at 三审 or 已签发": ("third", "signed", "copied third", "copied signed"),
    "urgent 紧急发布, with a reason": ("draft", "first", "copied", "withdrawn"),
    "acknowledge 核对记录": ("told",),
    "withdraw 撤回, with a reason": ("live", "copied", "waiting"),
    "discard 放弃修改": ("copied", "copied signed"),
}
#: What is no button: the rows of the other table that say the same.
ROWS = {
    "open": [f"{CHANGE} story {state}" for state in ("live", "scheduled", "withdrawn")],
    "save a draft": [f"{CHANGE} story {state}" for state in ("draft", "in review", "signed")],
    "save a copy": [f"{CHANGE} story live, copy"],
    "restore a draft": [f"{RESTORE} story {state}" for state in ("draft", "in review")],
    "restore a printed story": [f"{RESTORE} story {state}" for state in ("live", "withdrawn")],
    "change a hidden record": [
        f"articles_{name}_change {name} hidden"
        for name in ("inspection", "meeting", "project", "photo")
    ],
    "amend a shown record": [
        *(
            f"articles_{name}_change {name} shown"
            for name in ("inspection", "meeting", "project", "photo")
        ),
        "people_official_change official shown",
        *(f"articles_{name}_restore {name} shown" for name in ("inspection", "meeting", "project")),
        "people_official_restore official shown",
    ],
    "delete a draft": [
        f"{DELETE} story draft",
        "articles_article_changelist action delete_selected story draft",
    ],
    "delete a story": [
        *(f"{DELETE} story {state}" for state in ("in review", "live", "withdrawn")),
        *(
            f"articles_article_changelist action delete_selected story {state}"
            for state in ("in review", "signed", "live", "scheduled", "withdrawn", "live, copy")
        ),
    ],
}


@pytest.fixture
def scenes(account):
    """Makers of stories in each state."""
    return Scenes(account)


def story_in(state, scenes, things=None):
    """A story that lies there; the whole desk is needed for one whose record was changed."""
    if state == "told":
        return desk(scenes.account)["story live"]
    base, _, stage = state.rpartition(" ")
    if stage in ("first", "second", "third"):
        return scenes.bring(scenes.copied() if base else scenes.draft(), stage)
    if state == "copied signed":
        return scenes.bring(scenes.copied(), "signed")
    return getattr(scenes, state)()


def is_offered(client, story, verb):
    """Whether the story's page has the button."""
    answer = client.get(change(story))
    return answer.status_code == 200 and verb in [one.name for one in answer.context["moves"]]


def crafted(story, verb):
    """Address and data of a move, made without its page, with the right token."""
    data = {"seen": standing_of(story).seen, "reason": "理由", "accepted": "on"}
    if verb == "schedule":
        data["at"] = "2030-01-01T08:00"
    return reverse("admin:articles_article_move", args=[story.pk, verb]), data


def is_moved(client, path, data):
    """Whether a POST moves anything, and its status; undone afterwards."""
    answer, written = tried(client, "post", path, data)
    return any('INTO "articles_move"' in sql for sql in written), answer.status_code


def ways(client, story, verb):
    """Whether each way lets the verb through, by name."""
    with undrawn():
        found = {"form": is_offered(client, story, verb)}
        found["crafted"], status = is_moved(client, *crafted(story, verb))
        assert status in (200, 302, 403)
        selected = {"action": f"move_{verb}", "_selected_action": [story.pk]}
        bulk, _status = is_moved(client, STORIES, selected)
    if verb in IN_BULK:
        found["bulk"] = bulk
    else:
        assert not bulk
    return found


@pytest.mark.parametrize(
    ("row", "state"), [(row, state) for row, states in STATES.items() for state in states]
)
def test_a_verb_is_for_whom_the_table_says_by_every_way(scenes, account, row, state):
    story = story_in(state, scenes)
    verb = row.partition(" ")[0]
    for number, who in enumerate(WHO):
        client = logged_in(None if who == STRANGER else account(who, f"tried-{number}"))
        expected = TABLE[row][who] != "no"
        found = ways(client, story, verb)
        assert set(found.values()) == {expected}, f"{who}: {TABLE[row][who]}, but {found}"
        with undrawn():
            page, _written = tried(client, "get", crafted(story, verb)[0])
        assert page.status_code == (302 if who == STRANGER else 200 if expected else 403)


@pytest.mark.parametrize("row", ROWS)
def test_what_has_no_button_is_said_alike_by_both_tables(row):
    (key,) = [key for key in TABLE if key.startswith(f"{row} ")]
    for who in WHO:
        for address in ROWS[row]:
            post = ADDRESSES[address][who].split("/")[1]
            assert (TABLE[key][who] == "yes") == (post == "302"), f"{address}, {who}"


def test_every_verb_has_a_row_and_every_row_is_tried():
    named = {key.partition(" ")[0] for key in TABLE}
    assert set(VERBS) <= named
    assert set(TABLE) == {*STATES, *(key for key in TABLE if key.startswith(tuple(ROWS)))}
    assert {cell for cells in TABLE.values() for cell in cells.values()} == {
        "yes",
        "no",
        "if impartial",
    }


def test_a_page_offers_to_save_restore_and_delete_what_the_role_may(account):
    things = desk(account)
    for number, role in enumerate(ROLES):
        client = logged_in(account(role, f"tried-{number}"))
        for name, thing in things.items():
            if f"{CHANGE} {name}" not in ADDRESSES:
                continue
            page = client.get(change(thing)).text
            may = ADDRESSES[f"{CHANGE} {name}"][role].startswith("200/302")
            assert ('name="_save"' in page) == may, f"{role}, {name}"


#: What makes someone partial, by the review that is then refused.
PARTIAL = (
    "author",
    "changer",
    "signer",
    "changer of the copy",
    "restorer",
    "signer before an edit",
)


def partial(scenes, person, why, verb):
    """A story that lies at the review ``verb``, to which ``person`` is partial by ``why``."""
    at = {"first": "first", "second": "second", "sign": "third"}[verb]
    if why == "changer of the copy":
        return scenes.bring(scenes.copied(editor=person), at)
    story = scenes.draft(author=person if why == "author" else None)
    if why == "changer":
        edited(story, person, headline="新桥通车了")
    if why == "restorer":
        edited(story, scenes.author, headline="新桥通车了")
        logged_in(person).post(reverse(f"admin:{RESTORE}", args=[story.pk, 1]))
    if why == "signer":
        return _signed_before(scenes, story, person, verb)
    if why == "signer before an edit":
        return _signed_before_an_edit(scenes, story, person, verb)
    return scenes.bring(story, at)


def _signed_before(scenes, story, person, verb):
    """``person`` signed the review before; of the first one, the one after it."""
    others = reviewers(scenes.account)
    perform("submit", story, person=scenes.author)
    for one in ("first", "second", "sign"):
        if one == verb != "first":
            break
        before = {"first": "second", "second": "first", "sign": "second"}[verb]
        perform(one, story, person=person if one == before else others[one])
        if verb == "first" and one == "second":
            edited(story, scenes.author, headline="又改")
            break
    return story


def _signed_before_an_edit(scenes, story, person, verb):
    """``person`` signed another review, which an edit voided and another person signed anew."""
    if verb == "first":
        return _signed_before(scenes, story, person, verb)
    others = reviewers(scenes.account)
    perform("submit", story, person=scenes.author)
    perform("first", story, person=person)
    edited(story, scenes.author, headline="又改")
    perform("first", story, person=others["first"])
    if verb == "sign":
        perform("second", story, person=others["second"])
    return story


@pytest.mark.parametrize("why", PARTIAL)
@pytest.mark.parametrize("verb", ["first", "second", "sign"])
def test_the_partial_are_refused_by_every_way(scenes, account, verb, why):
    (row,) = [key for key in TABLE if key.startswith(f"{verb} ")]
    lowest = next(role for role in ROLES if TABLE[row][role] == "if impartial")
    if verb == "first" and why.startswith("signer"):
        lowest = CHIEF  # to have signed another review takes more than this one does
    for number, role in enumerate(dict.fromkeys([lowest, CHIEF])):
        person, other = account(role, f"partial-{number}"), account(role, f"other-{number}")
        story = partial(scenes, person, why, verb)
        found = ways(logged_in(person), story, verb)
        assert not any(found.values()), f"{role}: {found}"
        assert is_moved(logged_in(other), *crafted(story, verb))[0], f"{role}: so is anyone"


def test_a_superuser_who_wrote_it_signs_nothing(scenes, django_user_model):
    boss = django_user_model.objects.create_superuser("boss", password="correct horse")
    story = scenes.bring(scenes.draft(author=boss), "first")
    assert not any(ways(logged_in(boss), story, "first").values())
