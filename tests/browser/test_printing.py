"""A story on paper: A4 pages with all its photos and nothing that only a screen needs."""

import re

import pytest

from articles.models import Article
from tests.support.pictures import halves, stored
from tests.support.stories import live

pytestmark = [
    pytest.mark.browser,
    pytest.mark.looks,
    pytest.mark.django_db(transaction=True),
]

A4 = b"[0 0 594.95996 841.91998]"
#: What is of no use on paper.
SCREEN = "nav, .tools, .turn, .related, .skip, .foot ul, form, button"


@pytest.fixture(params=["medium", "elder"])
def story(request, page, live_server):
    """Page of a story of three photos, the last far below the window."""
    photos = [stored(halves(900 + number, 600)) for number in range(3)]
    told = live(*photos, headline="三图", body="<p>文。</p>" * 80)
    page.context.add_cookies([{"name": "display", "value": request.param, "url": live_server.url}])
    page.goto(live_server.url + told.get_absolute_url())
    return page


def test_a_story_prints_on_a4_with_photos_that_were_not_looked_at(story):
    pictures = story.locator(".photo img")
    assert not pictures.last.evaluate("one => one.complete && one.naturalWidth > 0")
    sheet = story.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox (\[.*?\])", sheet)
    assert set(boxes) == {A4}
    assert 2 <= len(boxes) <= 5
    assert len(re.findall(rb"/Subtype /Image", sheet)) >= 3


def test_paper_has_nothing_to_press(story):
    story.emulate_media(media="print")
    pressed = story.locator(SCREEN)
    assert pressed.count()
    assert [one.inner_text() for one in pressed.all() if one.is_visible()] == []
    assert story.locator(".text").is_visible()


def test_paper_is_black_on_white_in_small_type_whatever_the_screen_shows(story):
    story.emulate_media(media="print", color_scheme="dark")
    of = "one => { const s = getComputedStyle(one); return [s.color, s.backgroundColor]; }"
    assert story.locator("body").evaluate(of) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    assert story.locator("html").evaluate("one => getComputedStyle(one).fontSize") == "14px"


def test_the_longest_story_of_the_bulletin_is_one_sheet(page, live_server, bulletin):
    story = Article.objects.get(headline__startswith="全力以赴推进项目建设")
    page.goto(live_server.url + story.get_absolute_url())
    assert len(re.findall(rb"/MediaBox", page.pdf(prefer_css_page_size=True))) == 1


def test_the_first_sheet_of_a_quarter_has_its_figure(page, live_server, bulletin):
    page.goto(f"{live_server.url}/quarters/2021q1/")
    page.emulate_media(media="print")
    # A lying A4 in CSS pixels, less its margins.
    page.set_viewport_size({"width": 1018, "height": 695})
    figure = page.locator("#overview .figure .wide").first.bounding_box()
    assert figure["y"] + figure["height"] < 695
