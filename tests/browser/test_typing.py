"""What the desk does for what is typed: asks before it is left, counts and never cuts it."""

import pytest
from django.urls import reverse

from articles.editorial.roles import CHIEF
from articles.models import Article
from tests.browser.filling import follow
from tests.support.desk import seat

pytestmark = [
    pytest.mark.browser,
    pytest.mark.looks,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def form(page, live_server, account):
    """The page of a new story, in the hands of a chief."""
    seat(page, live_server.url, account(CHIEF))
    page.goto(f"{live_server.url}{reverse('admin:articles_article_add')}")
    return page


@pytest.fixture
def asked(form):
    """Questions that the browser asked before a page was left; each is answered by leaving."""
    questions = []

    def leave(dialog):
        questions.append(dialog.type)
        dialog.accept()

    form.on("dialog", leave)
    return questions


def go_home(page):
    """Leave by a link."""
    follow(page.locator("#site-name a"))
    page.wait_for_selector(".queues")


def test_typed_text_is_not_left_without_a_question(form, asked):
    form.click("#id_headline")
    go_home(form)
    assert asked == []
    form.go_back()
    form.fill("#id_headline", "桥通了")
    form.click("#id_kicker")
    go_home(form)
    assert asked == ["beforeunload"]


def test_text_in_the_editor_counts_and_saving_asks_nothing(form, asked):
    form.click(".prose-editor > .ProseMirror")
    form.keyboard.type("新桥今天通车。")
    go_home(form)
    assert asked == ["beforeunload"]
    form.go_back()
    form.fill("#id_headline", "桥通了")
    follow(form.locator("[name=_continue]").last)
    form.wait_for_selector(".messagelist")
    assert asked == ["beforeunload"]
    assert Article.objects.get().headline == "桥通了"
    go_home(form)
    assert asked == ["beforeunload"]


def test_a_long_text_stays_whole_and_the_field_says_by_how_much(form, asked):
    limit = Article._meta.get_field("headline").max_length
    form.click("#id_headline")
    form.fill("#id_headline", "桥" * (limit + 3))
    assert form.input_value("#id_headline") == "桥" * (limit + 3)
    note = form.locator("#id_headline_limit")
    assert note.inner_text() == f"超出3字，最多{limit}字"
    follow(form.locator("[name=_save]").last)
    form.wait_for_selector(".errornote")
    assert form.input_value("#id_headline") == "桥" * (limit + 3)
    form.click("#id_headline")
    form.fill("#id_headline", "𠮷" * (limit - 1))
    assert form.locator("#id_headline_limit").inner_text() == "还可以写1字"


def test_what_is_sent_after_a_log_out_is_still_there_and_saved_after_a_log_in(form):
    form.fill("#id_headline", "桥通了")
    kept = form.context.cookies()
    form.context.clear_cookies()
    form.locator("[name=_continue]").last.click()
    note = form.wait_for_selector(".unheard")
    assert "可能已经退出登录" in note.inner_text()
    assert form.input_value("#id_headline") == "桥通了"
    # Another log-in, in another window: another token.
    form.context.add_cookies(
        [{**one, "value": "x" * 32} if one["name"] == "csrftoken" else one for one in kept]
    )
    follow(form.locator("[name=_continue]").last)
    form.wait_for_selector(".messagelist")
    assert Article.objects.get().headline == "桥通了"


def test_a_net_that_is_away_loses_nothing(form):
    form.fill("#id_headline", "桥通了")
    form.context.set_offline(True)
    form.locator("[name=_continue]").last.click()
    assert "网络不通" in form.wait_for_selector(".unheard").inner_text()
    form.context.set_offline(False)
    follow(form.locator("[name=_submit]").last)
    form.wait_for_selector(".move-form")
    assert Article.objects.get().headline == "桥通了"


def test_a_new_form_starts_at_its_first_field(form):
    form.wait_for_load_state("load")
    assert form.evaluate("document.activeElement.id") == "id_kicker"


FOCUSED = "document.activeElement.id"


def refused(page):
    """Send the form; where the focus comes to stand."""
    follow(page.locator("[name=_save]").last)
    page.wait_for_selector(".errornote")
    return page.evaluate(FOCUSED)


def test_the_first_field_that_is_wrong_has_the_focus(page, live_server, account):
    desk = f"{live_server.url}/admin"
    page.goto(f"{desk}/")
    page.fill("#id_username", account(CHIEF).username)
    page.fill("#id_password", "wrong")
    follow(page.locator("[type=submit]"))
    page.wait_for_selector(".errornote")
    page.fill("#id_password", "correct horse")
    follow(page.locator("[type=submit]"))
    # Django's own script goes to the first field, 引题, which may be empty.
    page.goto(f"{desk}/articles/article/add/")
    assert refused(page) == "id_headline"
    page.fill("#id_headline", "桥通了")
    page.fill("#id_mentions-0-printed_title", "主任")
    assert refused(page) == "id_mentions-0-printed_name"
