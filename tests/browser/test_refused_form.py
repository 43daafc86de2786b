"""Where the keyboard stands after the desk refused a form."""

import pytest

from articles.editorial.roles import CHIEF

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FOCUSED = "document.activeElement.id"


def refused(page):
    """Send the form; where the focus comes to stand."""
    with page.expect_navigation():
        page.locator("[name=_save]").last.click()
    page.wait_for_selector(".errornote")
    return page.evaluate(FOCUSED)


def test_the_first_field_that_is_wrong_has_the_focus(page, live_server, account):
    desk = f"{live_server.url}/admin"
    page.goto(f"{desk}/")
    page.fill("#id_username", account(CHIEF).username)
    page.fill("#id_password", "wrong")
    page.click("[type=submit]")
    page.wait_for_selector(".errornote")
    page.fill("#id_password", "correct horse")
    page.click("[type=submit]")
    # Django's own script goes to the first field, 引题, which may be empty.
    page.goto(f"{desk}/articles/article/add/")
    assert refused(page) == "id_headline"
    page.fill("#id_headline", "桥通了")
    page.fill("#id_mentions-0-printed_title", "主任")
    assert refused(page) == "id_mentions-0-printed_name"
