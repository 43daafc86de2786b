"""The verbs: who may, from where, what is missing, and what the log says."""

import datetime
import itertools

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import ProtectedError

from articles.models import Article, Byline, Move, OfficialStory, Section
from articles.workflow import Refused, adopt, perform, possible_moves
from articles.workflow.roles import CHIEF, EDITOR, HEAD, REPORTER, ROLES, synchronise_roles


@pytest.fixture
def draft(db):
    """A story that lacks nothing."""
    story = Article.objects.create(
        headline="桥通了", body="<p>新桥今天通车。</p>", section=Section.objects.create(name="要闻")
    )
    Byline.objects.create(article=story, printed_name="王某")
    return story


@pytest.fixture
def chief(account):
    """A 总编."""
    return account(CHIEF)


def test_publishing_makes_a_story_live_and_logs_it(draft, chief):
    move = perform("publish", draft, person=chief)
    assert draft.is_live()
    assert Article.objects.live().get() == draft
    assert draft.stage == Article.Stage.SIGNED
    assert (move.story, move.person, move.visibility) == (draft, chief, "live")


def test_the_day_is_the_bulletins_where_there_is_one(bulletin, chief):
    story = Article.objects.get(position=1)
    draft = Article.objects.create(
        headline="另一篇", body="<p>文</p>", section=story.section, bulletin=story.bulletin
    )
    Byline.objects.create(article=draft, printed_name="王某")
    perform("publish", draft, person=chief)
    assert draft.issued_on == datetime.date(2021, 4, 6)
    assert str(draft.quarter) == "2021q1"


def test_withdrawing_asks_a_reason_and_keeps_the_first_publication(draft, chief):
    perform("publish", draft, person=chief)
    first = draft.published_at
    with pytest.raises(Refused, match="请写明撤回的理由"):
        perform("withdraw", draft, person=chief, reason="  ")
    perform("withdraw", draft, person=chief, reason="核实中")
    assert not draft.is_live()
    perform("publish", draft, person=chief)
    assert draft.published_at == first
    assert [move.verb for move in draft.moves.all()] == ["publish", "withdraw", "publish"]


def test_a_story_that_lacks_something_is_refused_with_all_that_it_lacks(db, chief):
    story = Article.objects.create(headline="空稿")
    with pytest.raises(Refused) as refused:
        perform("publish", story, person=chief)
    assert len(refused.value.messages) == 3
    story.refresh_from_db()
    assert story.visibility == "unpublished"
    assert not Move.objects.exists()


def test_a_taken_address_is_refused_before_the_database_would(draft, chief):
    perform("publish", draft, person=chief)
    other = Article.objects.create(
        headline="又一座桥", slug=draft.slug, body="<p>文</p>", section=draft.section
    )
    Byline.objects.create(article=other, printed_name="王某")
    with pytest.raises(Refused, match="网址名"):
        perform("publish", other, person=chief)


def test_of_two_who_press_at_once_one_is_told(draft, chief):
    stale = Article.objects.get(pk=draft.pk)
    perform("publish", draft, person=chief)
    with pytest.raises(Refused, match="刚被别人处理过"):
        perform("publish", stale, person=chief)
    assert draft.moves.count() == 1


def test_a_move_that_the_state_does_not_have_is_refused(draft, chief):
    with pytest.raises(Refused, match="不能撤回"):
        perform("withdraw", draft, person=chief, reason="错")


@pytest.mark.parametrize("role", [REPORTER, EDITOR, HEAD])
@pytest.mark.parametrize("verb", ["publish", "withdraw"])
def test_only_the_chief_publishes_and_withdraws(draft, account, role, verb):
    with pytest.raises(PermissionDenied):
        perform(verb, draft, person=account(role), reason="理由")


@pytest.mark.parametrize("role", ROLES)
def test_what_is_offered_is_what_is_allowed(draft, account, role):
    person = account(role)
    offered = [verb.name for verb in possible_moves(draft, person)]
    assert offered == (["publish"] if role == CHIEF else [])


def test_adopting_logs_what_came_in_live_once(bulletin):
    assert Move.objects.filter(verb="adopt", person=None).count() == 6
    assert adopt() == 0


def test_a_story_with_a_line_in_the_log_is_never_deleted(bulletin):
    with pytest.raises(ProtectedError):
        Article.objects.get(position=1).delete()
    with pytest.raises(ProtectedError):
        Article.objects.all().delete()


def test_publishing_writes_the_derived_rows(draft, chief, bulletin):
    story = Article.objects.get(position=2)
    draft.meetings.set(story.meetings.all())
    perform("publish", draft, person=chief)
    rows = OfficialStory.objects.filter(article=draft)
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
