"""What becomes of a form that could not be saved: back, or opened again, all of it is there."""

import pytest
from django.db import OperationalError
from django.urls import reverse
from playwright.sync_api import expect

from articles.admin.photo import PhotoAdmin
from articles.admin.versions import VersionedAdmin
from articles.editorial.roles import CHIEF
from articles.models import Article, Inspection, Meeting
from people.admin import UserAdmin
from tests.browser.filling import (
    ARTICLE,
    DAY,
    FORMS,
    HELD,
    choose,
    enter,
    follow,
    log_in,
    opened,
    save,
    send,
    write_story,
)
from tests.support.desk import change, filled
from tests.support.pictures import encoded, halves

pytestmark = [
    pytest.mark.browser,
    pytest.mark.looks,
    pytest.mark.django_db(transaction=True),
]

BACK = "上次填写的没有保存，已经放回来了。"


@pytest.fixture
def desk(page, live_server, account):
    """A chief's browser."""
    return enter(page, live_server, account)


def cut(route):
    """Cut the connection under a form that is sent."""
    if route.request.method == "POST":
        route.abort("connectionreset")
    else:
        route.continue_()


def answered(route):
    """Answer what the page asks before it sends the form."""
    if route.request.method == "HEAD":
        route.fulfill(status=200)
    else:
        route.continue_()


def no_token(page, _monkeypatch, _settings):
    # What the page asks before it sends the form would bring another.
    page.route("**/add/", answered)
    page.context.clear_cookies(name="csrftoken")


def too_many(_page, _monkeypatch, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 5


def too_large(_page, _monkeypatch, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 500


def fail(_page, monkeypatch, _settings):
    monkeypatch.setattr(VersionedAdmin, "save_related", lambda *_args: 1 / 0)


def be_busy(_page, monkeypatch, _settings):
    def give_way(*_args):
        error = OperationalError("database is locked")
        error.__cause__ = OperationalError()
        error.__cause__.sqlite_errorcode = 5
        raise error

    monkeypatch.setattr(VersionedAdmin, "save_related", give_way)


FAILURES = {
    "400": too_many,
    "403": no_token,
    "413": too_large,
    "500": fail,
    "503": be_busy,
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("status", FAILURES)
def test_back_from_an_error_page_everything_is_there(desk, monkeypatch, settings, form, status):
    path, write = FORMS[form]
    write(opened(desk, path))
    before = desk.evaluate(HELD)
    answers = []
    desk.on("response", lambda answer: answers.append((answer.request.method, answer.status)))
    with monkeypatch.context() as broken:
        whole = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS, settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        FAILURES[status](desk, broken, settings)
        send(desk)
        settings.DATA_UPLOAD_MAX_NUMBER_FIELDS, settings.DATA_UPLOAD_MAX_MEMORY_SIZE = whole
    desk.unroute_all()
    assert ("POST", int(status)) in answers
    desk.go_back(wait_until="load")
    assert desk.inner_text(".put-back").startswith(BACK)
    assert desk.evaluate(HELD) == before
    save(desk)
    assert (Article if form == "story" else Inspection).objects.count() == 1


@pytest.mark.parametrize("form", FORMS)
def test_opened_again_after_the_connection_was_cut_everything_is_there(desk, form):
    path, write = FORMS[form]
    write(opened(desk, path))
    before = desk.evaluate(HELD)
    desk.route("**/add/", cut)
    with desk.expect_event("requestfailed", lambda asked: asked.method == "POST"):
        desk.locator("[name=_save]").first.click()
    desk.wait_for_load_state()
    desk.unroute_all()
    opened(desk, path)
    assert desk.inner_text(".put-back").startswith(BACK)
    assert desk.evaluate(HELD) == before
    save(desk)
    opened(desk, path)
    assert desk.locator(".put-back").count() == 0
    assert desk.input_value("#id_headline, #id_title") == ""


def test_a_log_in_that_ended_while_it_was_sent_loses_nothing(desk, account):
    write_story(opened(desk, ARTICLE))
    before = desk.evaluate(HELD)
    # Asked before, the desk still answered.
    desk.route("**/add/", answered)
    desk.context.clear_cookies(name="sessionid")
    send(desk)
    desk.unroute_all()
    desk.fill("#id_username", "user-3")
    desk.fill("#id_password", "correct horse")
    follow(desk.locator("[type=submit]"))
    assert desk.inner_text(".put-back").startswith(BACK)
    assert desk.evaluate(HELD) == before
    save(desk)
    assert Article.objects.count() == 1


def test_what_was_left_is_offered_and_is_nobody_elses(desk, account):
    desk.on("dialog", lambda dialog: dialog.accept())
    opened(desk, ARTICLE).fill("#id_headline", "桥通了")
    desk.goto(f"{desk.site}/admin/")
    opened(desk, ARTICLE)
    assert desk.input_value("#id_headline") == ""
    # Not yet: another story is written first.
    desk.fill("#id_headline", "路也通了")
    save(desk)
    opened(desk, ARTICLE)
    desk.click(".put-back button:text('放回来')")
    assert desk.input_value("#id_headline") == "桥通了"
    desk.goto(f"{desk.site}/admin/")
    opened(desk, ARTICLE)
    desk.click(".put-back button:text('丢弃')")
    expect(desk.locator(".put-back")).to_have_count(0)
    opened(desk, ARTICLE)
    assert desk.locator(".put-back").count() == 0
    desk.fill("#id_headline", "桥通了")
    desk.goto(f"{desk.site}/admin/")
    log_in(desk, desk.site, account(CHIEF, "another"))
    opened(desk, ARTICLE)
    assert desk.locator(".put-back").count() == 0


def test_a_log_out_takes_along_what_was_typed(desk):
    desk.on("dialog", lambda dialog: dialog.accept())
    opened(desk, ARTICLE).fill("#id_headline", "桥通了")
    follow(desk.locator("#logout-form button"))
    desk.wait_for_selector("text=重新登录")
    assert desk.evaluate("sessionStorage.length") == 0


def test_an_old_text_is_not_put_over_a_newer_one_without_a_word(desk, account, client):
    meeting = Meeting.objects.first()
    opened(desk, change(meeting)).fill("#id_summary", "我的")
    client.force_login(account(CHIEF, "another"))
    theirs = filled(client.get(change(meeting)), summary="别人的")
    assert client.post(change(meeting), theirs).status_code == 302
    send(desk)
    assert "您这次的内容没有保存" in desk.inner_text(".errornote")
    desk.go_back(wait_until="load")
    assert "此后又保存过新的内容" in desk.inner_text(".put-back")
    assert desk.input_value("#id_summary") == "我的"
    send(desk)
    assert "您这次的内容没有保存" in desk.inner_text(".errornote")
    opened(desk, change(meeting))
    assert desk.input_value("#id_summary") == "别人的"
    assert "此后又保存过新的内容" in desk.inner_text(".put-back")
    meeting.refresh_from_db()
    assert meeting.summary == "别人的"


def test_rows_beside_stored_ones_come_back_too(desk, monkeypatch):
    inspection = Inspection.objects.create(title="商圈调研", kind="study", held_on=DAY)
    for order in (1, 2):
        inspection.stops.create(place=f"旧点位{order}", order=order)
    page = opened(desk, change(inspection))
    page.fill("#id_stops-0-place", "改过的点位")
    page.check("#id_stops-1-DELETE")
    page.click("#stops-group .add-row a")
    page.fill("#id_stops-5-place", "新点位")
    choose(page, "stops-5-projects", "隧道1", "下穿隧道1")
    page.click("#stops-3 .inline-deletelink")
    page.select_option("#id_kind", "tour")
    page.uncheck("#id_open_ended")
    before = page.evaluate(HELD)
    with monkeypatch.context() as broken:
        fail(page, broken, None)
        send(page)
    page.go_back(wait_until="load")
    assert page.inner_text(".put-back").startswith(BACK)
    assert sorted(page.evaluate(HELD)) == sorted(before)
    save(page)
    assert [stop.place for stop in inspection.stops.all()] == ["改过的点位", "新点位"]
    assert [one.name for one in inspection.stops.last().projects.all()] == ["下穿隧道1"]


def test_the_file_of_a_picture_and_no_password_come_back(desk, monkeypatch, tmp_path):
    file = tmp_path / "bridge.png"
    file.write_bytes(encoded(halves(), "PNG").getvalue())
    page = opened(desk, reverse("admin:articles_photo_add"))
    token = page.input_value("[name=_once]")
    page.set_input_files("#id_image", file)
    page.fill("#id_alt", "桥")
    with monkeypatch.context() as broken:
        broken.setattr(PhotoAdmin, "save_related", lambda *_args: 1 / 0)
        send(page)
    page.go_back(wait_until="load")
    assert page.input_value("#id_alt") == "桥"
    assert page.evaluate("document.querySelector('#id_image').files.length") == 1
    save(page)
    page.go_back(wait_until="load")
    follow(page.locator(".put-back button:text('另填一份')"))
    assert page.input_value("#id_alt") == ""
    assert page.input_value("[name=_once]") != token
    page = opened(desk, reverse("admin:people_user_add"))
    page.fill("#id_username", "limin")
    page.fill("#id_password1", "correct horse battery")
    page.fill("#id_password2", "correct horse battery")
    with monkeypatch.context() as broken:
        broken.setattr(UserAdmin, "save_model", lambda *_args: 1 / 0)
        send(page)
    assert "correct horse" not in page.evaluate("sessionStorage.typed")
    page.go_back(wait_until="load")
    assert page.input_value("#id_username") == "limin"
    assert page.input_value("#id_password1") == ""
