"""Saves that came too late: refused, and nothing that was typed is lost."""

import pytest
from django.urls import reverse

from articles.admin.article import ArticleAdmin
from articles.editorial import execute
from articles.editorial.roles import CHIEF, EDITOR
from articles.models import Article, Inspection, Meeting
from articles.versions import row_at_work
from people.models import Official, Reporter
from people.shared.autocomplete import choice_label
from tests.support.desk import begin, change, filled
from tests.support.edit_conflict import pressed_again, saved_by_another, told_apart
from tests.support.stories import edited


@pytest.mark.parametrize("is_live", [True, False])
def test_a_stale_save_is_refused_and_both_texts_are_shown(live, draft, at_desk, account, is_live):
    story = live if is_live else draft
    if not is_live:
        execute("withdraw", story, person=account(CHIEF), reason="核实")
    desk = at_desk(EDITOR)
    if is_live:
        begin(desk, story)
    mine = filled(desk.get(change(story)), headline="我的题", summary="我的摘要")
    other = filled(desk.get(change(story)), headline="别人的题")
    assert desk.post(change(story), other).status_code == 302
    answer = desk.post(change(story), mine)
    assert answer.status_code == 409
    for text in ("我的题", "我的摘要", "别人的题", "没有保存"):
        assert text in answer.text
    assert Article.objects.get(pk=row_at_work(story).pk).headline == "别人的题"
    mine.pop("_opened")
    assert desk.post(change(story), mine).status_code == 409


def test_a_stale_save_of_a_record_is_refused(bulletin, at_desk):
    meeting = Meeting.objects.first()
    desk = at_desk(EDITOR)
    mine = filled(desk.get(change(meeting)), summary="我的", reason="补充")
    other = filled(desk.get(change(meeting)), summary="别人的", reason="补充")
    assert desk.post(change(meeting), other).status_code == 302
    assert desk.post(change(meeting), mine).status_code == 409
    meeting.refresh_from_db()
    assert meeting.summary == "别人的"


def test_a_late_save_shows_each_row_and_link_that_was_typed(bulletin, draft, at_desk):
    desk = at_desk(EDITOR)
    meeting, reporter = Meeting.objects.first(), Reporter.objects.first()
    mine = filled(desk.get(change(draft)), dateline="本报讯", meetings=[meeting.pk])
    mine |= {"bylines-1-printed_name": "李某", "bylines-1-role": "photographer"}
    mine |= {"bylines-1-reporter": reporter.pk, "bylines-0-order": "2", "bylines-1-order": "1"}
    mine |= {"mentions-0-printed_name": "赵某", "mentions-0-printed_title": "主任"}
    saved_by_another(desk, draft, summary="别人的摘要")
    told = told_apart(desk.post(change(draft), mine))
    assert list(told) == ["电头", "所记会议", "署名", "文中人物"]
    assert told["电头"] == (["本报讯"], [])
    assert told["所记会议"] == ([choice_label(meeting)], [])
    typed, stored = told["署名"]
    assert ["王某" in row for row in stored] == [True]
    assert [{"李某", choice_label(reporter)} <= set(row) for row in typed] == [True, False]
    assert [set(row) for row in told["文中人物"][0]] == [{"赵某", "主任"}]


def test_a_late_save_shows_what_was_emptied_deleted_or_is_no_value(bulletin, at_desk):
    desk = at_desk(EDITOR)
    inspection = Inspection.objects.filter(open_ended=True).first() or Inspection.objects.first()
    stops = inspection.stops.count()
    mine = filled(desk.get(change(inspection)), held_on="三月", place="", reason="补充")
    mine |= {
        "stops-0-DELETE": "on",
        "stops-1-projects": ["9" * 40, "某某"],
        "stops-1-organisation": "\0",
    }
    mine.pop("open_ended", None)
    saved_by_another(desk, inspection, summary="别人的", reason="补充")
    told = told_apart(desk.post(change(inspection), mine))
    assert told["日期"][0] == ["三月"]
    typed, stored = told["点位"]
    assert len(stored) == stops
    assert len(typed) == stops - 1
    assert any("9" * 40 in cell for cell in typed[0])


@pytest.mark.parametrize("total", ["", "-1", "1e9", "9" * 40])
def test_a_late_save_survives_any_count_of_rows(draft, at_desk, total):
    desk = at_desk(EDITOR)
    mine = filled(desk.get(change(draft)), **{"bylines-TOTAL_FORMS": total})
    saved_by_another(desk, draft, summary="别人的摘要")
    assert "摘要" not in told_apart(desk.post(change(draft), mine))


def test_a_late_save_shows_a_body_that_cannot_be_cleaned_as_it_was_typed(draft, at_desk):
    desk, body = at_desk(EDITOR), "<ul><li>甲" * 100
    mine = filled(desk.get(change(draft)), body=body)
    saved_by_another(desk, draft, summary="别人的摘要")
    assert told_apart(desk.post(change(draft), mine))["正文"][0] == [body]


def test_a_late_save_of_an_official_shows_the_posts_that_were_typed(bulletin, at_desk):
    desk = at_desk(EDITOR)
    official = Official.objects.filter(appointments__isnull=False).first()
    mine = filled(desk.get(change(official)), reason="补充")
    mine["appointments-0-title"] = "另一个职务"
    saved_by_another(desk, official, aliases="老某", reason="补充")
    told = told_apart(desk.post(change(official), mine))
    assert any("另一个职务" in row for row in told["任职"][0])


def test_what_the_late_one_never_touched_is_not_called_theirs(draft, at_desk):
    desk = at_desk(EDITOR)
    mine = filled(desk.get(change(draft)), headline="我的题")
    saved_by_another(desk, draft, summary="别人的摘要")
    assert told_apart(desk.post(change(draft), mine)) == {"主题": (["我的题"], ["桥通了"])}
    mine["_opened"] = "x"
    assert list(told_apart(desk.post(change(draft), mine))) == ["主题", "摘要"]


def test_what_was_typed_is_saved_upon_what_another_saved(draft, at_desk):
    desk = at_desk(EDITOR)
    mine = filled(desk.get(change(draft)), headline="我的题", reason="更准")
    saved_by_another(desk, draft, summary="别人的摘要")
    answer = desk.post(change(draft), mine)
    assert 'name="_save"' in answer.text
    assert pressed_again(desk, draft, answer).status_code == 302
    draft.refresh_from_db()
    assert (draft.headline, draft.summary) == ("我的题", "别人的摘要")
    assert draft.versions.first().reason == "更准"


def test_what_a_third_person_saved_since_is_shown_first(draft, at_desk):
    desk = at_desk(EDITOR)
    mine = filled(desk.get(change(draft)), headline="我的题")
    saved_by_another(desk, draft, headline="别人的题")
    answer = desk.post(change(draft), mine)
    saved_by_another(desk, draft, headline="第三个题")
    answer = pressed_again(desk, draft, answer)
    assert told_apart(answer) == {"主题": (["我的题"], ["第三个题"])}
    assert pressed_again(desk, draft, answer).status_code == 302
    assert [one.content["fields"]["headline"] for one in draft.versions.all()][:2] == [
        "我的题",
        "第三个题",
    ]


def test_what_is_saved_while_a_page_is_read_makes_it_late(draft, author, at_desk, monkeypatch):
    read = ArticleAdmin.row_to_edit

    def slowly(page, thing):
        row = read(page, thing)
        edited(Article.objects.get(pk=thing.pk), author, headline="别人的题")
        return row

    desk = at_desk(EDITOR)
    with monkeypatch.context() as patch:
        patch.setattr(ArticleAdmin, "row_to_edit", slowly)
        mine = filled(desk.get(change(draft)), summary="我的摘要")
    assert mine["headline"] == "桥通了"
    assert desk.post(change(draft), mine).status_code == 409


def test_who_waited_for_the_lock_of_another_save_is_late(draft, author, at_desk, monkeypatch):
    lock = ArticleAdmin.lock_row

    def second(page, row):
        edited(Article.objects.get(pk=row.pk), author, headline="别人的题")
        return lock(page, row)

    desk = at_desk(EDITOR)
    mine = filled(desk.get(change(draft)), summary="我的摘要")
    monkeypatch.setattr(ArticleAdmin, "lock_row", second)
    answer = desk.post(change(draft), mine)
    assert told_apart(answer) == {"摘要": (["我的摘要"], [draft.summary])}
    assert "您这次的内容没有保存" in answer.text
    assert not answer.context["messages"]
    draft.refresh_from_db()
    assert draft.summary == "新桥通车。"


def test_rows_are_laid_one_upon_the_other(draft, at_desk):
    desk = at_desk(EDITOR)
    draft.bylines.update(order=1)
    for name in ("李某", "赵某", "孙某"):
        draft.bylines.create(printed_name=name, order=9)
    saved_by_another(desk, draft)
    mine = filled(desk.get(change(draft)))
    mine |= {"bylines-0-role": "photographer", "bylines-1-printed_name": "李某某"}
    mine |= {"bylines-3-DELETE": "on"}
    mine |= {"bylines-4-printed_name": "周某", "bylines-4-role": "editor"}
    saved_by_another(
        desk,
        draft,
        **{
            "bylines-0-printed_name": "王某某",
            "bylines-1-DELETE": "on",
            "bylines-2-DELETE": "on",
            "bylines-4-printed_name": "吴某",
            "bylines-4-role": "trainee",
        },
    )
    answer = desk.post(change(draft), mine)
    (stored,) = (stored for _typed, stored in told_apart(answer).values())
    assert [row[0] for row in stored] == ["王某某", "孙某", "吴某"]
    assert pressed_again(desk, draft, answer).status_code == 302
    assert {(row.printed_name, row.role) for row in draft.bylines.all()} == {
        ("王某某", "photographer"),
        ("吴某", "trainee"),
        ("李某某", "reporter"),
        ("周某", "editor"),
    }


def test_rows_that_were_written_anew_come_once(draft, at_desk):
    desk = at_desk(EDITOR)
    draft.bylines.update(order=1)
    draft.bylines.create(printed_name="李某", order=2)
    saved_by_another(desk, draft)
    number = draft.versions.newest_number()
    saved_by_another(desk, draft, **{"bylines-0-role": "editor"})
    mine = filled(desk.get(change(draft)), headline="我的题", **{"bylines-1-printed_name": "赵某"})
    restored = reverse("admin:articles_article_restore", args=[draft.pk, number])
    assert desk.post(restored).status_code == 302
    answer = desk.post(change(draft), mine)
    assert pressed_again(desk, draft, answer).status_code == 302
    assert sorted(row.printed_name for row in draft.bylines.all()) == ["李某", "王某", "赵某"]


def test_a_late_save_says_what_is_wrong_with_it_too(draft, at_desk):
    desk = at_desk(EDITOR)
    mine = filled(desk.get(change(draft)), headline="")
    saved_by_another(desk, draft, summary="别人的摘要")
    answer = desk.post(change(draft), mine)
    assert told_apart(answer) == {"主题": ([], ["桥通了"])}
    assert answer.context["adminform"].form.errors["headline"]
    assert pressed_again(desk, draft, answer).status_code == 200
