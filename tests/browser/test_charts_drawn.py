"""Figures as a browser lays them out: the one that fits, no word on another, few sheets."""

import re

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from articles.models import Project
from people.models import Official
from tests.support.worlds import load_bulletin

pytestmark = [
    pytest.mark.browser,
    pytest.mark.looks,
    pytest.mark.django_db(transaction=True),
]

QUARTER = "/quarters/2021q1/"
#: Pairs of words that stand in each other's place in what is shown. A face measures a line higher
#: than its letters, so a few units are no collision.
COLLISIONS = """
const shown = [...document.querySelectorAll(".figure > svg")].filter(svg => svg.checkVisibility());
return shown.flatMap(svg => {
  const boxes = [...svg.querySelectorAll("text")].map(text => [text.textContent, text.getBBox()]);
  const meet = (a, b) => Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) > 4
    && Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) > 5;
  return boxes.flatMap(([one, a], i) =>
    boxes.slice(i + 1).filter(([, b]) => meet(a, b)).map(([other]) => [one, other]));
})
"""
SHEETS = re.compile(rb"/Type\s*/Page\b")


def busiest(model):
    """The one that most stories show."""
    return max(
        model.objects.public(), key=lambda thing: thing.appearances.count()
    ).get_absolute_url()


@pytest.mark.parametrize(
    ("width", "shown", "hidden"), [(1280, "wide", "narrow"), (360, "narrow", "wide")]
)
def test_of_two_drawings_the_page_shows_the_one_that_fits(page, live_server, width, shown, hidden):
    load_bulletin()
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(live_server.url + busiest(Project))
    assert page.locator(f".figure > .{shown}").first.is_visible()
    assert not page.locator(f".figure > .{hidden}").first.is_visible()
    assert not page.locator("details.alt table").is_visible()
    page.locator("details.alt summary").click()
    expect(page.locator("details.alt table")).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_no_word_of_a_figure_stands_on_another(page, live_server, width):
    load_bulletin()
    call_command("make_stories", 300, seed=3, verbosity=0)
    page.set_viewport_size({"width": width, "height": 800})
    long = max(Project.objects.public()[:50], key=lambda project: project.appearances.count())
    quarter = long.appearances.first().quarter
    for address in (QUARTER, f"/quarters/{quarter}/", busiest(Official), busiest(Project)):
        page.goto(live_server.url + address)
        assert page.locator(".figure > svg, .walks").count(), address
        assert page.evaluate(f"() => {{{COLLISIONS}}}") == [], address


def test_a_quarter_prints_on_few_lying_sheets_and_nothing_is_folded(page, live_server, monkeypatch):
    load_bulletin()
    for page_of in ("quarters", "months"):
        monkeypatch.setattr(f"articles.public.{page_of}.UNFOLDED", 0)
    page.goto(live_server.url + QUARTER)
    paper = page.pdf(prefer_css_page_size=True)
    assert len(SHEETS.findall(paper)) <= 6
    width, height = re.search(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", paper).groups()
    assert float(width) > float(height)
    page.emulate_media(media="print")
    assert not page.locator(".strip").is_visible()
    assert page.locator(".figure > .wide").first.is_visible()
    page.goto(live_server.url + Official.objects.get(name="苏建设").get_absolute_url())
    closed = page.locator("details.month:not([open]) .acts > article")
    assert closed.count()
    assert closed.last.is_visible()
