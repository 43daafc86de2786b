"""我要纠错 in a browser: without scripts, and by keyboard alone."""

import pytest

from articles.models import Article, ErrorReport
from tests.support.worlds import load_bulletin

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_reader_without_scripts_reports_an_error_by_keyboard(browser, live_server):
    load_bulletin()
    story = Article.objects.get(position=1)
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(live_server.url + story.get_absolute_url())
    page.get_by_role("link", name="我要纠错").press("Enter")
    page.wait_for_url("**/correct/")
    page.locator("#id_wrong").focus()
    page.keyboard.insert_text("区长苏建社")
    page.keyboard.press("Tab")
    page.keyboard.insert_text("区长苏建设")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")  # past the field for machines, which no tab reaches
    page.keyboard.press("Enter")
    page.wait_for_url("**/received/")
    assert page.locator("h1").inner_text() == "收到了，谢谢您"
    context.close()
    report = ErrorReport.objects.get()
    assert (report.article, report.wrong, report.right) == (story, "区长苏建社", "区长苏建设")
