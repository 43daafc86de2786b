"""A reader who knows nothing of the site: from the front page, by links alone, in three taps."""

import datetime
import re

import pytest

from articles.editorial import rebuild_appearances
from articles.models import Project
from tests.browser.filling import follow
from tests.support.stories import live
from tests.support.worlds import load_bulletin

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_TAPS = 3


@pytest.fixture(params=["wide", "phone without scripts"])
def reader(request, browser, live_server):
    """Someone at the front page, who follows links by the words on them and counts the taps."""
    load_bulletin()
    is_wide = request.param == "wide"
    context = browser.new_context(
        viewport={"width": 1280 if is_wide else 360, "height": 740},
        java_script_enabled=is_wide,
        locale="zh-CN",
    )
    page = context.new_page()
    page.goto(live_server.url)
    yield Reader(page)
    context.close()


class Reader:
    """Follows links by their words."""

    def __init__(self, page):
        """Begin at the page that is open."""
        self.page, self.taps = page, 0

    def follow(self, words):
        """Tap the first link that has ``words``; before it, if it is folded away, its fold."""
        link = self.page.get_by_role("link", name=words, include_hidden=True).first
        if not link.evaluate("one => one.checkVisibility()"):
            self._count_tap()
            self.page.locator("details:not([open])", has=link).locator("> summary").click()
        self._count_tap()
        follow(link)

    def _count_tap(self):
        self.taps += 1
        assert self.taps <= MOST_TAPS

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


@pytest.mark.parametrize("reader", ["phone without scripts"], indirect=True)
def test_the_meetings_of_a_month_of_any_quarter(reader):
    reader.follow("季度")
    reader.follow("2021年第一季度")
    meetings = reader.page.locator(".walks > li:has(a[href^='/meetings/'])")
    assert meetings.filter(has_text="3月", visible=True).count() == 3


def test_all_stories_of_a_project(reader):
    project = Project.objects.get(name="普乐天地项目")
    for month in range(1, 12):
        told = live(headline=f"{month}月的报道", issued_on=datetime.date(2020, month, 3))
        told.projects.add(project)
        rebuild_appearances([told])
    reader.follow("普乐天地")
    reader.follow(re.compile("^全部"))
    assert reader.page.get_by_role("status").inner_text().startswith("12篇")


def test_the_newest_of_a_reporter(reader):
    reader.follow("记者")
    reader.follow("郭佳星")
    newest = reader.page.get_by_role("article").first
    assert "全力以赴推进项目建设提质增效" in newest.inner_text().replace("\n", "")
