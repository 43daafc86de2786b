"""The quarter, issues and people on a phone: short, nothing sideways, and marks that lead on."""

import datetime

import pytest
from playwright.sync_api import expect

from articles.models import Bulletin
from articles.quarter import Quarter
from tests.support.stories import live
from tests.support.worlds import load_bulletin

pytestmark = [
    pytest.mark.browser,
    pytest.mark.looks,
    pytest.mark.django_db(transaction=True),
]

QUARTER = "/quarters/2021q1/"


@pytest.fixture
def quarter(page, live_server):
    """The quarter of the bulletin on a phone."""
    load_bulletin()
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(live_server.url + QUARTER)
    return page


@pytest.mark.parametrize(("width", "is_drawn"), [(360, False), (1099, False), (1100, True)])
def test_where_the_figure_does_not_fit_the_list_is_open(quarter, width, is_drawn):
    quarter.set_viewport_size({"width": width, "height": 740})
    drawing, events = quarter.locator(".figure > .wide").first, quarter.locator(".walks > li")
    expect(drawing).to_be_visible(visible=is_drawn)
    expect(events.first).to_be_visible(visible=not is_drawn)
    if is_drawn:
        quarter.locator(".walks-fold > summary").click()
    expect(events.filter(visible=True)).to_have_count(8)


def test_who_needs_large_type_has_the_list(quarter, live_server):
    quarter.context.add_cookies([{"name": "display", "value": "elder", "url": live_server.url}])
    for width in (360, 1280):
        quarter.set_viewport_size({"width": width, "height": 740})
        quarter.goto(live_server.url + QUARTER)
        assert quarter.locator(".walks > li").filter(visible=True).count() == 8
        assert not quarter.locator(".figure > .wide").first.is_visible()


def test_the_neighbours_of_a_quarter_are_as_large_as_a_thumb(quarter):
    live(quarter=Quarter(2021, 2))
    quarter.reload()
    link = quarter.get_by_role("link", name="2021年第二季度")
    assert link.bounding_box()["height"] >= 44


def test_a_mark_of_the_figure_leads_to_its_event(quarter):
    quarter.set_viewport_size({"width": 1280, "height": 900})
    link = quarter.get_by_role("link", name="中心城区观摩组")
    marks = link.bounding_box()
    with quarter.expect_navigation():
        quarter.mouse.click(marks["x"] + marks["width"] / 2, marks["y"] + marks["height"] / 3)
    assert "重大项目" in quarter.locator("h1").inner_text()


#: By row of stories, how far they reach from the left to the right.
ROWS = """() => {
  const rows = {};
  const sheet = document.querySelector(".on-page").getBoundingClientRect();
  for (const one of document.querySelectorAll(".on-page > .story")) {
    const { top, left, right } = one.getBoundingClientRect();
    const row = (rows[Math.round(top)] ??= [Infinity, -Infinity]);
    row[0] = Math.min(row[0], Math.round(left - sheet.left));
    row[1] = Math.max(row[1], Math.round(right - sheet.right));
  }
  return Object.values(rows);
}"""


def test_every_row_of_a_page_is_full_however_many_stories_it_has(page, live_server):
    for count in range(1, 12):
        issued_on = datetime.date(2021, 5, count)
        issue = Bulletin.objects.create(title=f"{count}篇", issued_on=issued_on)
        for place in range(count):
            summary = "提要" * (5 + 7 * place)
            live(headline=f"第{place}篇", bulletin=issue, position=place + 1, summary=summary)
        page.goto(live_server.url + issue.get_absolute_url())
        assert page.locator(".on-page > .story").count() == count
        assert {(left, right) for left, right in page.evaluate(ROWS)} == {(0, 0)}, count
