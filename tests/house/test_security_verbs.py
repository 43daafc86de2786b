"""Every role and every verb, by the form, by a crafted request and by the list's actions."""

import itertools

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from articles.admin.transitions import IN_BULK
from articles.editorial import TRANSITIONS, current_review_state, execute
from articles.editorial.roles import ROLES
from articles.versions import row_at_work
from tests.support.desk import change
from tests.support.scenes import record, told
from tests.support.security import STRANGER, WHO, logged_in, table, tried, undrawn
from tests.support.stories import edited, reviewers

TABLE = table("Roles and verbs")
ADDRESSES = table("Roles and addresses")
STORIES = reverse("admin:articles_article_changelist")
REVIEWS = ("first", "second", "sign")
CHANGE, DELETE, RESTORE = (f"articles_article_{page}" for page in ("change", "delete", "restore"))

#: How a story comes where it has the verb, for each row; by itself and as the copy of a live one.
STATES = {
    "submit 送审": ("draft", "copied"),
    "recall 取回, until someone signs": ("first", "copied first"),
    "first 一审通过": ("first", "copied first"),
    "second 二审通过": ("second", "copied second"),
    "sign 三审签发": ("third", "copied third"),
    "publish 发布": ("signed", "copied signed"),
    "schedule 定时发布": ("signed", "copied signed"),
    "unschedule 取消定时": ("scheduled", "waiting"),
    "return 退回, at 一审": ("first", "copied first"),
    "return 退回, at 二审": ("second", "copied second"),
    "return 退回, at 三审 or 已签发": ("third", "signed", "copied third", "copied signed"),
    "urgent 紧急发布, with a reason": ("draft", "first", "copied"),
    "acknowledge 核对记录": ("told",),
    "withdraw 撤回, with a reason": ("live", "copied", "waiting"),
    "discard 放弃修改": ("copied", "copied signed"),
}
#: What is no button: the rows of the other table that say the same.
ROWS = {
    "open": ["articles_article_edit story live"],
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
    "link": ["people_official_links official hidden"],
    "layout": [
        f"articles_article_layout story {state}"
        for state in ("draft", "signed", "live, copy scheduled")
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


def story_in(state, scenes):
    """A story that lies there."""
    if state == "told":
        return told(scenes, record("明记"))
    base, _, stage = state.rpartition(" ")
    if stage in ("first", "second", "third"):
        return scenes.bring(scenes.copied() if base else scenes.draft(), stage)
    if state == "copied signed":
        return scenes.bring(scenes.copied(), "signed")
    return getattr(scenes, state)()


def is_offered(client, story, verb):
    """Whether the story's page has the button."""
    answer = client.get(change(story))
    return answer.status_code == 200 and verb in [
        one.name for one in answer.context["possible_transitions"]
    ]


def crafted(story, verb):
    """Address and data of a move, made without its page, with the right token."""
    data = {
        "state_token": current_review_state(story).state_token,
        "reason": "理由",
        "accepted": "on",
    }
    if verb == "schedule":
        data["at"] = data["at-sure"] = "2030-01-01T08:00"
    return reverse("admin:articles_article_transition", args=[story.pk, verb]), data


def is_moved(client, path, data):
    """Whether a POST moves anything, and its status; undone afterwards."""
    answer, written = tried(client, "post", path, data)
    return any('INTO "articles_transition"' in sql for sql in written), answer.status_code


def ways(client, story, verb):
    """Whether each way lets the verb through, by name."""
    with undrawn():
        found = {"form": is_offered(client, story, verb)}
        found["crafted"], status = is_moved(client, *crafted(story, verb))
        assert status in (200, 302, 403)
        selected = {"action": f"execute_{verb}", "_selected_action": [story.pk]}
        bulk, _status = is_moved(client, STORIES, selected)
    if verb in IN_BULK:
        found["bulk"] = bulk
    else:
        assert not bulk
    return found


@pytest.mark.parametrize("state", dict.fromkeys(itertools.chain(*STATES.values())))
def test_a_verb_is_for_whom_the_table_says_by_every_way(scenes, account, state):
    story = story_in(state, scenes)
    people = {role: account(role, f"tried-{role}") for role in ROLES}
    clients = {who: logged_in(people.get(who)) for who in WHO}
    for row in [row for row, states in STATES.items() if state in states]:
        verb = row.partition(" ")[0]
        for who, client in clients.items():
            # Who tries here wrote nothing.
            expected = TABLE[row][who] in ("yes", "if impartial")
            found = ways(client, story, verb)
            assert set(found.values()) == {expected}, f"{row}, {who}: {found}"
            if TABLE[row][who] == "no" and who != STRANGER:
                with pytest.raises(PermissionDenied):
                    execute(verb, row_at_work(story), person=people[who], reason="理由")


@pytest.mark.parametrize("row", ROWS)
def test_what_has_no_button_is_said_alike_by_both_tables(row):
    (key,) = [key for key in TABLE if key.startswith(f"{row} ")]
    for who in WHO:
        for address in ROWS[row]:
            post = ADDRESSES[address][who].split("/")[1]
            assert (TABLE[key][who] == "yes") == (post == "302"), f"{address}, {who}"


def test_every_verb_has_a_row_and_every_row_is_tried():
    named = {key.partition(" ")[0] for key in TABLE}
    assert set(TRANSITIONS) <= named
    assert set(TABLE) == {*STATES, *(key for key in TABLE if key.startswith(tuple(ROWS)))}
    assert {cell for cells in TABLE.values() for cell in cells.values()} == {
        "yes",
        "no",
        "if impartial",
        "if author",
    }


#: What makes someone partial, and the reviews that are then refused.
PARTIAL = [
    *((why, verb) for why in ("author", "changer", "signer") for verb in REVIEWS),
    ("restorer", "first"),
    ("changer of the copy", "second"),
    ("signer before an edit", "second"),
    ("signer before an edit", "sign"),
]


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
    execute("submit", story, person=scenes.author)
    for one in REVIEWS:
        if one == verb != "first":
            break
        before = {"first": "second", "second": "first", "sign": "second"}[verb]
        execute(one, story, person=person if one == before else others[one])
        if verb == "first" and one == "second":
            edited(story, scenes.author, headline="又改")
            break
    return story


def _signed_before_an_edit(scenes, story, person, verb):
    """``person`` signed another review, which an edit voided and another person signed anew."""
    others = reviewers(scenes.account)
    execute("submit", story, person=scenes.author)
    execute("first", story, person=person)
    edited(story, scenes.author, headline="又改")
    execute("first", story, person=others["first"])
    if verb == "sign":
        execute("second", story, person=others["second"])
    return story


@pytest.mark.parametrize(("why", "verb"), PARTIAL)
def test_the_partial_are_refused_by_every_way(scenes, account, why, verb):
    (row,) = [key for key in TABLE if key.startswith(f"{verb} ")]
    roles = [role for role in ROLES if TABLE[row][role] == "if impartial"]
    # To have signed another review than the first takes more than the first does.
    role = roles[-1] if (why, verb) == ("signer", "first") else roles[0]
    person, other = account(role, "partial"), account(role, "other")
    story = partial(scenes, person, why, verb)
    found = ways(logged_in(person), story, verb)
    assert not any(found.values()), f"{role}: {found}"
    assert is_moved(logged_in(other), *crafted(story, verb))[0], "who is no party may"


def test_a_superuser_who_wrote_it_signs_nothing(scenes, django_user_model):
    boss = django_user_model.objects.create_superuser("boss", password="correct horse")
    story = scenes.bring(scenes.draft(author=boss), "first")
    assert not any(ways(logged_in(boss), story, "first").values())
