"""Saves of the desk: beside what is live, over nobody's work, each in the history."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils.html import strip_tags

from articles.editorial import execute, move_issue, review_state_of, writing
from articles.editorial.roles import CHIEF, EDITOR, REPORTER
from articles.models import Article, Meeting, Project, Version
from articles.quarter import Quarter
from articles.versions import row_at_work
from people.models import Official, User
from tests.support.desk import begin, change, filled, page_of
from tests.support.stories import edited, reviewers, signed

LIST = reverse("admin:articles_article_changelist")


def test_the_first_save_of_a_live_story_makes_its_copy_rows_and_all(live, at_desk, client):
    before = client.get(live.get_absolute_url()).content
    desk = at_desk(EDITOR)
    kept = live.bylines.get()
    posted = filled(begin(desk, live), headline="桥通车了", reason="标题更准")
    posted |= {"bylines-0-printed_name": "王某某", "bylines-1-printed_name": "李某"}
    posted |= {"bylines-1-role": "reporter"}
    assert desk.post(change(live), posted).status_code == 302
    copy = Article.objects.get(copy_of=live)
    assert copy.headline == "桥通车了"
    assert [row.printed_name for row in copy.bylines.all()] == ["王某某", "李某"]
    assert live.bylines.get() == kept
    assert client.get(live.get_absolute_url()).content == before
    version = Version.objects.of(live).first()
    assert (version.of_copy, version.reason) == (True, "标题更准")
    page = desk.get(change(live))
    assert "有未发布的修改" in page.text
    assert page.context["adminform"].form.initial["headline"] == "桥通车了"


def test_a_faulty_first_save_keeps_what_was_typed(live, at_desk):
    desk = at_desk(EDITOR)
    posted = filled(begin(desk, live), headline="", summary="新的摘要")
    answer = desk.post(change(live), posted)
    assert answer.status_code == 200
    assert "新的摘要" in answer.text
    posted = filled(answer, headline="桥通车了")
    assert desk.post(change(live), posted).status_code == 302
    assert row_at_work(live).summary == "新的摘要"
    assert row_at_work(live).bylines.count() == 1


@pytest.mark.usefixtures("bulletin")
def test_what_readers_see_of_a_record_is_amended_with_a_reason(at_desk):
    desk = at_desk(EDITOR)
    for thing in (Meeting.objects.first(), Project.objects.get(name="普乐天地项目")):
        field = "summary" if isinstance(thing, Meeting) else "place"
        posted = filled(desk.get(change(thing)), **{field: "更正之后"})
        assert "这个字段是必填项" in desk.post(change(thing), posted).text
        posted["reason"] = "原文如此"
        assert desk.post(change(thing), posted).status_code == 302
        assert Version.objects.of(thing).first().reason == "原文如此"
    official = Official.objects.get(name="苏建设")
    posted = filled(desk.get(change(official)), reason="补上开始日期")
    posted["appointments-0-starts"] = "2019-01-01"
    assert desk.post(change(official), posted).status_code == 302
    content = Version.objects.of(official).first().content
    assert content["children"]["appointments"][0]["fields"]["starts"] == "2019-01-01"


@pytest.mark.usefixtures("bulletin")
def test_an_amended_event_is_told_at_the_desk_and_looked_at(at_desk):
    story = Article.objects.get(position=2)
    meeting = story.meetings.get()
    desk = at_desk(EDITOR)
    posted = filled(desk.get(change(meeting)), reason="漏了一条")
    posted["attendance-0-remarks"] += "\n再加一条要求"
    assert desk.post(change(meeting), posted).status_code == 302
    assert "记录有改动" in desk.get(LIST).text
    address = f"{page_of('compare', story)}?old=live&new=stored"
    assert address.replace("&", "&amp;") in desk.get(change(story)).text
    compared = strip_tags(desk.get(address).text)
    assert "再加一条要求" in "".join(compared.split())
    move = page_of("transition", story, "acknowledge")
    seen = desk.get(move).context["review_state"].state_token
    assert desk.post(move, {"state_token": seen}).status_code == 302
    assert "记录有改动" not in desk.get(LIST).text.replace("记录有改动，待核对", "")


def test_history_compares_any_two_and_restores_one(draft, author, at_desk):
    edited(draft, author, headline="桥通车了")
    edited(draft, author, headline="新桥通车了")
    desk = at_desk(REPORTER)
    page = desk.get(page_of("history", draft)).text
    assert page.count('type="radio"') == 6
    page = desk.get(f"{page_of('compare', draft)}?old=1&new=3").text
    assert "<ins" in page
    for nonsense in ("", "?old=1", "?old=1&new=9", "?old=x&new=1", "?old=1&new=99999999999999999"):
        assert desk.get(page_of("compare", draft) + nonsense).status_code == 404
    address = page_of("restore", draft, 1)
    assert "恢复第1版" in desk.get(address).text
    draft.refresh_from_db()
    assert draft.headline == "新桥通车了"
    assert desk.post(address).status_code == 302
    draft.refresh_from_db()
    assert draft.headline == "桥通了"
    assert Version.objects.of(draft).first().reason == "恢复第1版"
    assert desk.post(page_of("restore", draft, 99)).status_code == 404


def test_a_restored_version_says_which_links_are_gone(draft, author, at_desk):
    project = Project.objects.create(name="旧项目")
    draft.projects.add(project)
    edited(draft, author, headline="桥通车了")
    number = Version.objects.of(draft).newest_number()
    draft.projects.clear()
    project.delete()
    edited(draft, author, headline="又一题")
    answer = at_desk(REPORTER).post(page_of("restore", draft, number), follow=True)
    assert "“旧项目”已经不在" in answer.text


@pytest.mark.usefixtures("bulletin")
def test_a_record_is_restored_by_an_amender(at_desk):
    meeting = Meeting.objects.first()
    loaded = meeting.summary
    desk = at_desk(EDITOR)
    for summary in ("第一次", "第二次"):
        posted = filled(desk.get(change(meeting)), summary=summary, reason="补充")
        desk.post(change(meeting), posted)
    assert at_desk(REPORTER).post(page_of("restore", meeting, 1)).status_code == 403
    # What was loaded is the first version: it comes back as well.
    for number, summary in ((2, "第一次"), (1, loaded)):
        assert at_desk(EDITOR).post(page_of("restore", meeting, number)).status_code == 302
        meeting.refresh_from_db()
        assert meeting.summary == summary
    first = Version.objects.of(meeting).get(number=1)
    assert (first.person, first.reason) == (None, "接收")


@pytest.mark.usefixtures("bulletin")
def test_what_was_cleared_for_readers_is_compared_with_another_quarter(at_desk, account):
    story = Article.objects.live().first()
    issue = story.bulletin
    before, issue.quarter = issue.quarter, Quarter(2021, 2)
    chief = account(CHIEF)
    with writing():
        issue.save()
        move_issue(issue, before, person=chief, reason="编错了")
    page = at_desk(CHIEF).get(f"{page_of('compare', story)}?old=live&new=stored")
    assert "2021年第二季度" in page.text
    assert "两版没有不同" not in page.text


def test_many_are_moved_from_the_list_each_by_itself(draft, author, account, at_desk):
    other = Article.objects.create(headline="空稿")
    people = reviewers(account)
    desk = at_desk(REPORTER)
    chosen = {"action": "execute_submit", "_selected_action": [draft.pk, other.pk]}
    answer = desk.post(LIST, chosen, follow=True)
    assert "《桥通了》：已送审。" in answer.text
    assert "《空稿》没能送审：" in answer.text
    assert "正文是空的" in answer.text
    draft.refresh_from_db()
    assert draft.stage == "first"
    desk.force_login(people["first"])
    chosen["action"] = "execute_first"
    assert "《桥通了》：已一审通过。" in desk.post(LIST, chosen, follow=True).text
    chosen["action"] = "execute_publish"
    desk.post(LIST, chosen)
    draft.refresh_from_db()
    assert draft.visibility == "unpublished"


def test_the_sheet_prints_who_signed(draft, account, at_desk):
    people = signed(draft, account)
    page = at_desk(REPORTER).get(page_of("sheet", draft)).text
    for person in people.values():
        assert str(person) in page
    assert page.count("有效") == 3


def test_a_returned_story_shows_the_note_to_its_author(draft, author, account, at_desk):
    execute("submit", draft, person=author)
    execute("return", draft, person=account(EDITOR), reason="导语太长")
    assert "退回：导语太长" in at_desk(REPORTER).get(change(draft)).text
    assert review_state_of(draft).returned.opinion == "导语太长"
    execute("submit", draft, person=author)
    assert review_state_of(draft).returned is None


def test_the_desk_previews_what_readers_do_not_have(draft, at_desk, client, account):
    address = page_of("preview", draft)
    assert client.get(address).status_code == 302
    page = at_desk(REPORTER).get(address)
    assert "读者还看不到" in page.text
    assert "新桥今天通车" in page.text
    draft.refresh_from_db()
    assert (draft.issued_on, draft.published_at) == (None, None)


def test_a_save_says_whose_signatures_it_voids(draft, author, account, at_desk):
    execute("submit", draft, person=author)
    execute("first", draft, person=reviewers(account)["first"])
    desk = at_desk(EDITOR)
    answer = desk.post(
        change(draft), filled(desk.get(change(draft)), headline="桥通车了"), follow=True
    )
    assert "的一审签字因这次修改失效" in answer.text


def everything():
    """All rows but those of a session and of its log-in."""
    return {
        model: list(model._base_manager.order_by("pk").values())
        for model in apps.get_models()
        if model not in (Session, User)
    }


@pytest.mark.parametrize("changes", [{"headline": ""}, {"_opened": "1.0"}, {"bylines-0-role": "x"}])
def test_a_refused_form_leaves_nothing_behind(live, at_desk, changes):
    desk = at_desk(EDITOR)
    sent = filled(begin(desk, live), summary="新的摘要", **{"bylines-1-printed_name": "李某"})
    before = everything()
    assert desk.post(change(live), sent | changes).status_code in (200, 409)
    assert everything() == before


@pytest.mark.parametrize("role", [REPORTER, EDITOR])
def test_who_may_change_a_story_may_by_any_method(live, draft, account, rf, role):
    page, person = admin.site.get_model_admin(Article), account(role, "another")
    for story in (live, draft, None):
        asked = [method("/") for method in (rf.get, rf.head, rf.post)]
        for request in asked:
            request.user = person
        assert len({page.has_change_permission(request, story) for request in asked}) == 1
