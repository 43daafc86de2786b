"""Chromium for the tests: one browser a process, one fresh page a test that may not complain."""

import os
import shutil

import pytest

from articles.editorial.roles import EDITOR
from tests.support.desk import seat

CHROMIUM = shutil.which("chromium")
ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
#: What the browser says of an address that is not there, and of a net that a test took away; a
#: test that wants another error adds it to ``page.expected``.
EXPECTED = ("404 (Not Found)", "ERR_INTERNET_DISCONNECTED")


@pytest.fixture(scope="session")
def browser():
    """A headless Chromium of this machine, with a profile of its own."""
    if not CHROMIUM:
        pytest.skip("no chromium on this machine")
    sync_api = pytest.importorskip("playwright.sync_api")
    # Playwright runs its own event loop in this thread, which Django takes for an async caller.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def page(browser):
    """A page 1280 px wide; the test fails on an error of a script or a violated policy."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, locale="zh-CN", timezone_id="Asia/Shanghai"
    )
    page = context.new_page()
    complaints, page.expected = [], [*EXPECTED]
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda message: (
            complaints.append(message.text)
            if message.type == "error" and not any(told in message.text for told in page.expected)
            else None
        ),
    )
    yield page
    context.close()
    assert complaints == []


@pytest.fixture
def desk(page, live_server, account):
    """A browser in the hands of a 责任编辑, on its way to an address of the desk."""
    seat(page, live_server.url, account(EDITOR))

    def go(path):
        page.goto(f"{live_server.url}{path}")
        return page

    return go
