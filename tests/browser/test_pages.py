"""Every kind of page in Chromium: nothing violates the policy, nothing scrolls sideways."""

import pytest
from playwright.sync_api import TimeoutError  # noqa: A004  its own

from articles.editorial.roles import CHIEF
from articles.models import Article
from tests.browser.filling import follow, log_in, save
from tests.support.worlds import load_bulletin

pytestmark = [
    pytest.mark.browser,
    pytest.mark.looks,
    pytest.mark.django_db(transaction=True),
]

DESK = """
/admin/ /admin/articles/article/ /admin/articles/article/add/ /admin/articles/meeting/add/
/admin/articles/inspection/add/ /admin/articles/project/ /admin/people/official/
/admin/people/user/add/ /admin/articles/photo/add/
""".split()

FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


def fits(page, address):
    """Whether the page comes to fit its window: the desk draws some widgets after loading."""
    page.goto(address)
    try:
        page.wait_for_function(FITS, timeout=5000)
    except TimeoutError:
        return False
    return True


def test_a_lead_without_summary_leaves_no_column_empty(page, live_server):
    load_bulletin()
    page.goto(live_server.url)
    beside = page.locator(".lead .routes")
    left = page.locator(".lead .cols").bounding_box()["x"]
    assert beside.bounding_box()["x"] > left
    Article.objects.update(summary="")
    page.goto(live_server.url)
    assert beside.bounding_box()["x"] == left


@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_of_the_desk_scrolls_sideways(page, live_server, account, width):
    load_bulletin()
    page.set_viewport_size({"width": width, "height": 800})
    log_in(page, live_server.url, account(CHIEF))
    first = Article.objects.first()
    for address in [*DESK, f"/admin/articles/article/{first.pk}/change/"]:
        assert fits(page, live_server.url + address), address


def test_the_editor_has_chinese_words_and_saves_what_it_shows(page, live_server, account):
    load_bulletin()
    log_in(page, live_server.url, account(CHIEF))
    story = Article.objects.first()
    page.goto(f"{live_server.url}/admin/articles/article/{story.pk}/change/")
    follow(page.get_by_role("button", name="开始修改"))
    editor = page.locator(".tiptap[contenteditable]")
    editor.locator("p").first.click()
    page.keyboard.press("End")
    page.keyboard.insert_text("补一句。")
    save(page)
    changed = Article.objects.get(copy_of=story).body
    assert "补一句。" in changed
    assert changed.replace("补一句。", "") == story.body
