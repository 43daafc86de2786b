"""What becomes of a form that could not be saved: back, or opened again, all of it is there."""

import datetime

import pytest
from django.urls import reverse

from articles.admin.versions import VersionedAdmin
from articles.models import Article, Bulletin, Inspection, Meeting, Project, Section
from articles.workflow.roles import CHIEF
from people.models import Official, Organisation, Reporter
from tests.browser.test_story_two import choose, log_in
from tests.desk import change, filled

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DAY = datetime.date(2021, 3, 25)
ARTICLE, INSPECTION = (reverse(f"admin:articles_{name}_add") for name in ("article", "inspection"))
#: All that the form holds, and all that it shows of it.
HELD = """() => {
  const form = document.querySelector("#content-main form")
  const fields = [...form.elements].filter((one) =>
    one.name && !["submit", "file"].includes(one.type) && one.name !== "csrfmiddlewaretoken")
  return [
    ...fields.map((one) => [one.name, one.type === "checkbox" ? one.checked
      : one.options ? [...one.selectedOptions].map((option) => option.value) : one.value]),
    ...[...form.querySelectorAll("select.select2-hidden-accessible")].map((one) =>
      [one.id, one.nextElementSibling.querySelector(".select2-selection__rendered").innerText]),
    ["editor", form.querySelector(".ProseMirror")?.innerHTML],
  ].map(([name, value]) => `${name}: ${value}`)
}"""
BACK = "上次填写的没有保存，已经放回来了。"


@pytest.fixture
def desk(page, live_server, account):
    """A chief's browser, in a paper where people and things to choose from are registered."""
    page.context.set_default_timeout(10_000)
    Section.objects.create(name="要闻")
    Bulletin.objects.create(title="一季度专刊", issued_on=DAY, quarter="2021q1")
    Official.objects.create(name="苏建设")
    Organisation.objects.create(name="区商务局")
    Reporter.objects.create(name="张改华")
    for number in range(2):
        Project.objects.create(name=f"下穿隧道{number}")
        Meeting.objects.create(name=f"商圈会{number}", held_on=DAY)
    log_in(page, live_server.url, account(CHIEF))
    page.site = live_server.url
    page.expected += ["Failed to load resource"]  # each answer is looked at where it is wanted
    return page


def opened(page, path):
    """The form at ``path``."""
    page.goto(f"{page.site}{path}", wait_until="load")
    return page


def write_story(page):
    """Fill in a story: texts, choices, the editor, and rows beyond those that are drawn."""
    page.fill("#id_headline", "桥通了")
    page.fill("#id_summary", "新桥\n今天通车。")
    page.click(".prose-editor > .ProseMirror")
    page.keyboard.type("新桥")
    page.keyboard.press("Control+b")
    page.keyboard.type("今天")
    page.keyboard.press("Control+b")
    page.keyboard.type("通车。")
    page.keyboard.press("Enter")
    page.keyboard.type("第二段。")
    choose(page, "bulletin", "一季度", "一季度专刊")
    for number in range(2):
        choose(page, "projects", f"隧道{number}", f"下穿隧道{number}")
        choose(page, "meetings", f"会{number}", f"商圈会{number}")
    page.click("#bylines-group .add-row a")
    page.click("#bylines-group .add-row a")
    page.fill("#id_bylines-0-printed_name", "王某")
    choose(page, "bylines-2-reporter", "zgh", "张改华")
    page.select_option("#id_bylines-2-role", "photographer")
    page.click("#mentions-group .add-row a")
    choose(page, "mentions-1-official", "sjs", "苏建设")


def write_event(page):
    """Fill in an inspection, with stops and people beyond those that are drawn."""
    page.fill("#id_title", "商圈调研")
    page.select_option("#id_kind", "study")
    page.fill("#id_held_on", "2021-03-25")
    page.check("#id_open_ended")
    choose(page, "meeting", "会1", "商圈会1")
    for row in range(5):
        if row >= 3:
            page.click("#stops-group .add-row a")
        page.fill(f"#id_stops-{row}-place", f"点位{row}")
    choose(page, "stops-4-projects", "隧道0", "下穿隧道0")
    choose(page, "stops-4-projects", "隧道1", "下穿隧道1")
    choose(page, "stops-3-organisation", "商务", "区商务局")
    page.click("#attendance-group .add-row a")
    choose(page, "attendance-3-official", "sjs", "苏建设")
    page.fill("#id_attendance-3-remarks", "一条\n两条")


FORMS = {"story": (ARTICLE, write_story), "event": (INSPECTION, write_event)}


def send(page):
    """Press 保存 and wait for whatever comes."""
    with page.expect_event("framenavigated"):
        page.locator("[name=_save]").first.click()
    page.wait_for_load_state()


def saved(page):
    """Press 保存; it is."""
    send(page)
    page.wait_for_selector(".messagelist .success")


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


FAILURES = {"400": too_many, "413": too_large, "403": no_token, "500": fail}


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
    saved(desk)
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
    saved(desk)
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
    desk.click("[type=submit]")
    desk.wait_for_selector(".put-back")
    assert desk.inner_text(".put-back").startswith(BACK)
    assert desk.evaluate(HELD) == before
    saved(desk)
    assert Article.objects.count() == 1


def test_what_was_left_is_offered_and_is_nobody_elses(desk, account):
    desk.on("dialog", lambda dialog: dialog.accept())
    opened(desk, ARTICLE).fill("#id_headline", "桥通了")
    desk.goto(f"{desk.site}/admin/")
    opened(desk, ARTICLE)
    assert desk.input_value("#id_headline") == ""
    desk.click(".put-back button:text('放回来')")
    assert desk.input_value("#id_headline") == "桥通了"
    desk.goto(f"{desk.site}/admin/")
    opened(desk, ARTICLE)
    desk.click(".put-back button:text('丢弃')")
    desk.wait_for_load_state()
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
    desk.click("#logout-form button")
    desk.wait_for_selector("text=重新登录")
    assert desk.evaluate("sessionStorage.length") == 0


@pytest.mark.parametrize("form", FORMS)
def test_save_and_back_and_save_is_one_row(desk, form):
    path, write = FORMS[form]
    write(opened(desk, path))
    before = desk.evaluate(HELD)
    saved(desk)
    desk.go_back(wait_until="load")
    assert "再按保存不会多出一份" in desk.inner_text(".put-back")
    assert desk.evaluate(HELD) == before
    saved(desk)
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
    desk.locator("[name=_addanother]").first.click()
    desk.wait_for_selector(".messagelist .success")
    assert desk.locator(".put-back").count() == 0
    desk.go_back(wait_until="load")
    desk.click(".put-back button:text('另填一份')")
    desk.wait_for_selector(".put-back", state="detached")
    desk.wait_for_load_state()
    assert desk.input_value("#id_title") == ""
    desk.fill("#id_title", "另一次")
    desk.select_option("#id_kind", "study")
    desk.fill("#id_held_on", "2021-03-26")
    saved(desk)
    assert Inspection.objects.count() == 2


def test_double_click_is_one_row(desk):
    opened(desk, ARTICLE).fill("#id_headline", "桥通了")
    desk.locator("[name=_save]").first.dblclick()
    desk.wait_for_selector(".messagelist .success")
    assert Article.objects.count() == 1


def test_back_after_a_save_shows_what_is_stored_and_not_what_was_typed(desk):
    meeting = Meeting.objects.first()
    opened(desk, change(meeting)).fill("#id_summary", "我的")
    saved(desk)
    Meeting.objects.filter(pk=meeting.pk).update(summary="别人的")
    desk.go_back(wait_until="load")
    assert desk.input_value("#id_summary") == "别人的"
    assert desk.locator(".put-back").count() == 0


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
