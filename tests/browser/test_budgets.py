"""What a page may cost a reader on a cheap phone: bytes, other hosts, jumps, inline scripts."""

import gzip
from urllib.parse import urlsplit

import pytest

from articles.models import Article
from tests.every_page import print_paper, public_pages
from tests.library import live, stored
from tests.pictures import halves

pytestmark = [
    pytest.mark.browser,
    pytest.mark.looks,
    pytest.mark.django_db(transaction=True),
]

#: Most bytes over the wire, compressed, of a first view without its photos; and of each kind.
MOST = {"all": 50_000, "stylesheet": 16_000, "script": 8_000}
# Long enough for scripts to have run and a picture to have come.
JUMPS = """() => new Promise((resolve) => {
  let jumped = 0;
  new PerformanceObserver((list) => {
    for (const { value } of list.getEntries()) jumped += value;
  }).observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => setTimeout(() => resolve(jumped), 60));
})"""
#: What the policy would refuse; a block of data is no script.
INLINE = """() => [...document.querySelectorAll(
  "script:not([src], [type='application/ld+json']), style, [style]"
)].map((one) => one.outerHTML.slice(0, 80))"""


class Weighed:
    """Bytes of what pages ask for, by kind; whoever else is asked."""

    def __init__(self, page, site):
        """Listen to ``page``."""
        self.page, self.host = page, urlsplit(site).netloc
        page.on("response", self._weigh)
        self.begin()

    def begin(self):
        """Forget the page before."""
        self.bytes, self.others = dict.fromkeys(MOST, 0), []

    def _weigh(self, answer):
        if urlsplit(answer.url).netloc != self.host:
            self.others.append(answer.url)
        elif answer.request.resource_type != "image":
            size = len(gzip.compress(answer.body()))
            self.bytes["all"] += size
            if answer.request.resource_type in MOST:
                self.bytes[answer.request.resource_type] += size


def pictured():
    """A story with several photos."""
    return live(*(stored(halves(600 + number, 400)) for number in range(3)), headline="三图")


@pytest.mark.parametrize("mode", ["medium", "elder"])
@pytest.mark.parametrize("part", range(2))
def test_every_page_keeps_its_budget(browser, live_server, mode, part):
    addresses = public_pages(print_paper(), pictured())[part::2]
    context = browser.new_context(viewport={"width": 360, "height": 780})
    context.add_cookies([{"name": "display", "value": mode, "url": live_server.url}])
    page = context.new_page()
    weighed = Weighed(page, live_server.url)
    found = []
    for address in addresses:
        weighed.begin()
        page.goto(live_server.url + address)
        over = {kind: size for kind, size in weighed.bytes.items() if size > MOST[kind]}
        looks = (over, weighed.others, page.evaluate(JUMPS), page.evaluate(INLINE))
        assert weighed.bytes["stylesheet"]
        if any(looks):
            found.append(f"{address}: {looks}")
    context.close()
    assert not found, "\n".join(found)


def test_a_page_of_long_words_keeps_its_budget(browser, live_server):
    """The heaviest story that the desk takes: three thousand characters and fifty links."""
    link = '<a href="/articles/">见前文</a>'
    body = "".join(f"<p>{'春夏秋冬' * 15}{link}</p>" for _ in range(50))
    live(stored(), headline="长" * 40, body=body)
    page = browser.new_page()
    weighed = Weighed(page, live_server.url)
    page.goto(live_server.url + Article.objects.get().get_absolute_url())
    assert weighed.bytes["all"] <= MOST["all"]
    page.close()
