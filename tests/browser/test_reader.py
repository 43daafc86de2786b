"""A reader who knows nothing of the site: from the front page, by links alone, in three clicks."""

import pytest

from tests.conftest import load_bulletin

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_CLICKS = 3


@pytest.fixture(params=["with scripts", "without scripts"])
def reader(request, browser, live_server):
    """Someone at the front page, who follows links by the words on them and counts the clicks."""
    load_bulletin()
    scripts = request.param == "with scripts"
    context = browser.new_context(java_script_enabled=scripts, locale="zh-CN")
    page = context.new_page()
    page.goto(live_server.url)
    yield Reader(page)
    context.close()


class Reader:
    """Follows links by their words."""

    def __init__(self, page):
        """Begin at the page that is open."""
        self.page, self.clicks = page, 0

    def follow(self, words):
        """Click the first link that has ``words``."""
        self.clicks += 1
        assert self.clicks <= MOST_CLICKS
        self.page.get_by_role("link", name=words).first.click()

    def entry(self, *words):
        """Text of the first entry of a list that has all ``words``."""
        entries = self.page.get_by_role("article")
        for word in words:
            entries = entries.filter(has_text=word)
        return entries.first.inner_text()


def test_what_someone_did_and_asked_on_a_day(reader):
    reader.follow("苏建设")
    visit = reader.entry("3月25日", "调研")
    assert "区委副书记、区长" in visit
    assert "电力" in visit
    meeting = reader.entry("3月25日", "座谈会")
    assert "要" in meeting
    assert reader.page.get_by_role("heading", level=1).inner_text() == "苏建设"


def test_who_visited_a_project(reader):
    reader.follow("普乐天地")
    visit = reader.entry("4月1日", "观摩")
    assert "中心城区观摩组" in visit
    assert "苏建设\n区委副书记、区长\n带队" in visit
    assert "陈红民" not in visit  # he led the other group


def test_the_meetings_of_the_quarter(reader):
    reader.follow("2021年第一季度")
    events = reader.page.locator(".walks > li")
    meetings = events.filter(has=reader.page.locator("a[href^='/meetings/']"))
    assert meetings.count() == 4
    for day in ("3月25日", "3月28日", "3月31日", "4月2日"):
        assert meetings.filter(has_text=day).count() == 1
