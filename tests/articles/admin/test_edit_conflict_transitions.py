"""A save of what was set for an hour, published or discarded meanwhile: nothing typed is lost."""

import datetime

import pytest
from django.utils import timezone

from articles.editorial import Refused, execute, open_working_copy
from articles.editorial.roles import EDITOR, REPORTER
from articles.models import Article
from articles.versions import row_at_work
from tests.support.desk import begin, change, filled
from tests.support.edit_conflict import pressed_again, saved_by_another, told_apart
from tests.support.stories import signed


def test_a_form_opened_before_the_hour_was_set_loses_nothing(live, account, client):
    desk = client
    desk.force_login(account(EDITOR, "another"))
    begin(desk, live)
    saved_by_another(desk, live, summary="新的摘要")
    mine = filled(desk.get(change(live)), headline="我的题")
    copy = row_at_work(live)
    people = signed(copy, account)
    hour = timezone.now() + datetime.timedelta(days=1)
    execute("schedule", copy, person=people["sign"], at=hour)
    answer = desk.post(change(live), mine)
    assert told_apart(answer)["主题"][0] == ["我的题"]
    assert "要改请先取消定时" in answer.text
    page = desk.get(change(live))
    assert "已经定时，要改请先取消定时" in page.text
    assert 'name="_save"' not in page.text


def test_a_story_that_waits_for_its_hour_is_not_edited(draft, account, at_desk):
    people = signed(draft, account)
    hour = timezone.now() + datetime.timedelta(days=1)
    execute("schedule", draft, person=people["sign"], at=hour, accepted=True)
    page = at_desk(EDITOR).get(change(draft))
    assert 'name="_save"' not in page.text
    with pytest.raises(Refused):
        open_working_copy(draft, people["first"])
    execute("unschedule", draft, person=people["sign"])
    assert 'name="_save"' in at_desk(EDITOR).get(change(draft)).text


@pytest.mark.parametrize("role", [REPORTER, EDITOR])
def test_a_draft_that_went_live_meanwhile_shows_what_was_typed(draft, account, at_desk, role):
    desk = at_desk(role)
    mine = filled(desk.get(change(draft)), headline="我的题", slug="mine")
    people = signed(draft, account)
    execute("publish", draft, person=people["sign"], accepted=True)
    before = list(draft.versions.values_list("number", "digest"))
    answer = desk.post(change(draft), mine)
    assert told_apart(answer)["主题"] == (["我的题"], ["桥通了"])
    assert 'name="_save"' not in answer.text
    assert pressed_again(desk, draft, answer).status_code in (403, 409)
    assert list(draft.versions.values_list("number", "digest")) == before
    assert Article.objects.get(pk=draft.pk).headline == "桥通了"


@pytest.mark.parametrize("verb", ["publish", "discard"])
def test_a_copy_that_is_gone_shows_what_was_typed(live, account, client, verb):
    client.force_login(account(EDITOR, "another"))
    begin(client, live)
    saved_by_another(client, live, summary="别人的摘要")
    mine = filled(client.get(change(live)), headline="我的题")
    mine |= {"bylines-0-printed_name": "王某某"}
    copy = row_at_work(live)
    people = signed(copy, account)
    execute(verb, copy, person=people["sign"], accepted=True, reason="改")
    answer = client.post(change(live), mine)
    told = told_apart(answer)
    assert told["主题"] == (["我的题"], ["桥通了"])
    assert any("王某某" in row for row in told["署名"][0])
    assert 'name="_save"' not in answer.text
    assert row_at_work(live) == live
