"""A form that is saved, and saved again after Back or by a double click: one row, in Chromium."""

import pytest
from django.utils import timezone

from articles.models import Article, Inspection, Meeting
from tests.browser.filling import (
    ARTICLE,
    FORMS,
    HELD,
    INSPECTION,
    enter,
    follow,
    opened,
    photographed,
    save,
    send,
)
from tests.support.desk import change
from tests.support.stories import live

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(page, live_server, account):
    """A chief's browser."""
    return enter(page, live_server, account)


@pytest.mark.parametrize("form", FORMS)
def test_save_and_back_and_save_is_one_row(desk, form):
    path, write = FORMS[form]
    write(opened(desk, path))
    before = desk.evaluate(HELD)
    save(desk)
    desk.go_back(wait_until="load")
    assert "再按保存不会多出一份" in desk.inner_text(".put-back")
    assert desk.evaluate(HELD) == before
    save(desk)
    model = Article if form == "story" else Inspection
    row = model.objects.get()
    assert desk.url == f"{desk.site}{change(row)}"
    assert "没有再存一份" in desk.inner_text(".messagelist")
    desk.go_back(wait_until="load")
    field = "#id_headline" if form == "story" else "#id_title"
    desk.fill(field, "另一个题")
    send(desk)
    assert "这份表单已经保存过" in desk.inner_text(".errorlist")
    assert desk.input_value(field) == "另一个题"
    desk.on("dialog", lambda dialog: dialog.accept())
    with desk.expect_popup() as other:
        desk.click(".errorlist a")
    assert other.value.url == f"{desk.site}{change(row)}"
    assert model.objects.get() == row


def test_a_form_is_begun_anew_after_it_was_saved(desk):
    opened(desk, INSPECTION)
    desk.fill("#id_title", "商圈调研")
    desk.select_option("#id_kind", "study")
    desk.fill("#id_held_on", "2021-03-25")
    follow(desk.locator("[name=_addanother]").first)
    desk.wait_for_selector(".messagelist .success")
    assert desk.locator(".put-back").count() == 0
    desk.go_back(wait_until="load")
    follow(desk.locator(".put-back button:text('另填一份')"))
    assert desk.input_value("#id_title") == ""
    desk.fill("#id_title", "另一次")
    desk.select_option("#id_kind", "study")
    desk.fill("#id_held_on", "2021-03-26")
    save(desk)
    assert Inspection.objects.count() == 2


def test_double_click_is_one_row(desk):
    opened(desk, ARTICLE).fill("#id_headline", "桥通了")
    desk.locator("[name=_save]").first.dblclick()
    desk.wait_for_selector(".messagelist .success")
    assert Article.objects.count() == 1


def test_back_after_a_save_shows_what_is_stored_and_not_what_was_typed(desk):
    meeting = Meeting.objects.first()
    opened(desk, change(meeting)).fill("#id_summary", "我的")
    save(desk)
    Meeting.objects.filter(pk=meeting.pk).update(summary="别人的")
    desk.go_back(wait_until="load")
    assert desk.input_value("#id_summary") == "别人的"
    assert desk.locator(".put-back").count() == 0


@pytest.mark.parametrize("form", FORMS)
def test_a_late_save_lies_upon_another_and_is_saved_from_there(desk, form):
    path, write = FORMS[form]
    write(opened(desk, path))
    save(desk)
    row = (Article if form == "story" else Inspection).objects.get()
    title, rows, place = {
        "story": ("headline", "bylines", "printed_name"),
        "event": ("title", "stops", "place"),
    }[form]
    other = desk.context.new_page()
    other.site = desk.site
    for tab in (desk, other):
        opened(tab, change(row))
    other.fill("#id_summary", "别人的摘要")
    other.fill(f"#id_{rows}-0-{place}", "别人改的")
    save(other)
    desk.fill(f"#id_{title}", "另一个题")
    desk.fill(f"#id_{rows}-1-{place}", "我改的")
    send(desk)
    assert "没有保存" in desk.inner_text(".page-kind")
    told = {"story": ["主题", "署名"], "event": ["名称", "点位"]}[form]
    assert desk.locator(".stored h2").all_inner_texts() == told
    assert desk.input_value("#id_summary") == "别人的摘要"
    photographed(desk, f"late-{form}")
    save(desk)
    row.refresh_from_db()
    assert (getattr(row, title), row.summary) == ("另一个题", "别人的摘要")
    named = [getattr(one, place) for one in getattr(row, rows).all()]
    assert named[:2] == ["别人改的", "我改的"]


def test_who_typed_nothing_is_asked_nothing(desk):
    """Not of a row whose autocomplete is empty, and not where the page says what is wrong."""
    story = Article.objects.create(headline="桥通了")
    story.bylines.create(role="photographer", printed_name="王小明")
    flagged = live(headline="路通了", record_changed_at=timezone.now())
    asked = []
    desk.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    for row in (story, flagged):
        opened(desk, change(row))
        desk.wait_for_timeout(500)
        desk.click("#content-main form[id$=_form] h2")
        desk.wait_for_timeout(300)
        desk.goto(f"{desk.site}/admin/")
        opened(desk, change(row))
        assert asked == []
        assert not desk.query_selector(".put-back")
