"""Every kind of public page as readers see it: each is opened once a mode, and all is judged there.

Whether it jumps, whether it fits every width, how the keyboard leads through it, what axe-core
says, and whether it says the same without scripts.
"""

import pytest

from articles.models import Article
from tests.browser import drawn
from tests.support.every_page import ERRORS, print_paper, public_pages
from tests.support.machine import axe_lacks
from tests.support.pictures import halves, stored
from tests.support.stories import live
from tests.support.worlds import load_bulletin

pytestmark = [
    pytest.mark.browser,
    pytest.mark.looks,
    pytest.mark.django_db(transaction=True),
]

WIDTHS = (320, 360, 390, 412, 640, 768, 960, 1100, 1280, 1920)
#: At these axe looks.
NARROW, WIDE = 360, 1280
#: Where the headline of the first row of a list stands at most, at 360 x 740.
HIGHEST = {"medium": 400, "elder": 530}
LISTS = """
/articles/ /articles/2021/ /articles/2021/04/ /articles/2021/04/06/ /sections/hui-yi/
/inspections/ /meetings/ /projects/
""".split()
ROW = "#main :is(h2, h3) > a"
#: How high pages of the bulletin may be at 360 x 740, and where the text of a story begins at most.
HEIGHTS = {
    "/": 3000,
    "/articles/": 1850,
    "/articles/2021/04/": 1900,
    "/inspections/": 1600,
    "/meetings/": 1600,
    "/projects/": 1970,
    "/projects/pu-le-tian-di-xiang-mu/": 1810,
    "/officials/su-jian-she/": 2160,
    "/quarters/2021q1/": 4000,
    "/bulletins/2021q1/": 2600,
}
TEXT = {"medium": 340, "elder": 490}


def pictured():
    """A story with several photos."""
    return live(*(stored(halves(600 + number, 400)) for number in range(3)), headline="三图")


@pytest.fixture
def reader(browser, live_server):
    """Opener of browsers of a mode, each on one page; those that end with a complaint fail."""
    contexts, complaints = [], []

    def sit_down(mode, **options):
        context = browser.new_context(
            viewport={"width": NARROW, "height": 740},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",  # else a page is still on its way to what has the focus
            **options,
        )
        context.add_cookies([{"name": "display", "value": mode, "url": live_server.url}])
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda said: (
                complaints.append(said.text)
                if said.type == "error" and "Failed to load" not in said.text
                else None
            ),
        )
        return page

    yield sit_down
    for context in contexts:
        context.close()
    assert complaints == []


def opened(page, mode, address):
    """Faults of a page that was just opened on a phone."""
    jumped = page.evaluate(drawn.JUMPS)
    found = [f"jumps by {jumped}"] if jumped else []
    found += page.evaluate(drawn.INLINE)
    if address in LISTS and page.locator(ROW).first.bounding_box()["y"] > HIGHEST[mode]:
        found.append("its first row is not on the first screen")
    return found


def at_every_width(page, *, by_axe=False):
    """Faults of a page as its window grows; what several widths have in common is said once."""
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740})
        faults = page.evaluate(drawn.ALL_FAULTS)
        if by_axe and width in (NARROW, WIDE) and not axe_lacks():
            faults["axe"] = drawn.by_axe(page)
        for kind, words in faults.items():
            for word in words:
                found.setdefault(f"{kind}: {word}", []).append(width)
    return [f"{fault} (at {', '.join(map(str, widths))})" for fault, widths in found.items()]


# The pages are cut in parts, which the processes share.
@pytest.mark.urls("tests.support.every_page")
@pytest.mark.parametrize("mode", ["medium", "elder"])
@pytest.mark.parametrize("part", range(3))
def test_every_page_is_drawn_well(reader, live_server, mode, part):
    statuses = {**dict.fromkeys(public_pages(print_paper(), pictured()), 200), **ERRORS}
    page, without_scripts = reader(mode), reader(mode, java_script_enabled=False)
    found = []
    for address in [*statuses][part::3]:
        page.set_viewport_size({"width": NARROW, "height": 740})
        assert page.goto(live_server.url + address).status == statuses[address], address
        faults = opened(page, mode, address)
        without_scripts.goto(live_server.url + address)
        if page.evaluate(drawn.WORDS) != without_scripts.evaluate(drawn.WORDS):
            faults.append("says something else without scripts")
        faults += at_every_width(page, by_axe=True)
        page.set_viewport_size({"width": WIDE, "height": 900})
        faults += drawn.by_keyboard(page)
        page.reload()
        if jumped := page.evaluate(drawn.JUMPS):
            faults.append(f"jumps by {jumped} on a wide page")
        found += [f"{address}: {fault}" for fault in faults]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("mode", TEXT)
def test_the_bulletin_is_short_on_a_phone(reader, live_server, mode):
    load_bulletin()
    page, found = reader(mode), []
    for story in Article.objects.live():
        page.set_viewport_size({"width": NARROW, "height": 740})
        page.goto(live_server.url + story.get_absolute_url())
        begins = page.locator(".text > p").first.bounding_box()["y"]
        if begins > TEXT[mode]:
            found.append(f"text begins at {begins}: {story}")
        found += [f"{story}: {fault}" for fault in at_every_width(page)]
    page.set_viewport_size({"width": NARROW, "height": 740})
    for address in HEIGHTS if mode == "medium" else ():
        page.goto(live_server.url + address)
        height = page.evaluate("document.documentElement.scrollHeight")
        if height > HEIGHTS[address]:
            found.append(f"{height} px high: {address}")
    assert not found, "\n".join(found)
