"""What pages weigh over the wire, from the server of `make run`, as Chromium asks for them."""

from urllib.parse import urlsplit

import pytest
from django.core.management import call_command

from tests.browser.test_pages_drawn import pictured
from tests.support.every_page import print_paper, public_pages
from tests.support.pictures import halves, stored
from tests.support.serving import database_url, serving
from tests.support.stories import live

pytestmark = [
    pytest.mark.browser,
    pytest.mark.looks,
    pytest.mark.django_db(transaction=True),
]

#: Bytes of a page, headers included and photos not; of the bodies of its sheets and scripts.
MOST = {"all": 35_000, "stylesheet": 14_000, "script": 4_000}
COMPRESSED = "whitenoise.storage.CompressedManifestStaticFilesStorage"


def heavy():
    """A story as heavy as the desk takes: three thousand characters and fifty links."""
    link = '<a href="/articles/">见前文</a>'
    body = "".join(f"<p>{'春夏秋冬' * 15}{link}</p>" for _ in range(50))
    return live(stored(halves(500, 400)), headline="长" * 40, body=body)


@pytest.fixture
def paper(transactional_db):
    """Addresses of each kind of page of a full paper."""
    return public_pages(print_paper(), pictured(), heavy())


@pytest.fixture
def site(paper, tmp_path, settings):
    """Address of a server with the sheets and scripts of the public pages as a site has them."""
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": COMPRESSED}}
    options = {"verbosity": 0, "interactive": False}
    call_command("collectstatic", ignore_patterns=["admin", "django_prose*"], **options)
    with serving(tmp_path, DATABASE_URL=database_url(tmp_path)) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def asked(page):
    """What the page asks for, once it has come: nothing is taken from what came before."""
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.setCacheDisabled", {"cacheDisabled": True})
    requests = []
    page.on("requestfinished", lambda request: requests.append(request))  # noqa: PLW0108  it marks it
    return requests


def weight_of(requests):
    """Bytes by kind, as they came."""
    weight = dict.fromkeys(MOST, 0)
    for request in requests:
        if request.resource_type != "image":
            sizes = request.sizes()
            weight["all"] += sizes["responseHeadersSize"] + sizes["responseBodySize"]
            if request.resource_type in MOST:
                weight[request.resource_type] += sizes["responseBodySize"]
    return weight


@pytest.mark.parametrize("mode", ["medium", "elder"])
def test_every_page_is_light_and_asks_nobody_else(page, asked, paper, site, mode):
    page.context.add_cookies([{"name": "display", "value": mode, "url": site}])
    page.expected += ["Failed to load resource"]  # photos stayed with the test
    found = []
    for address in paper:
        asked.clear()
        answer = page.goto(site + address)
        assert answer.header_value("Content-Encoding") == "br", address
        weight = weight_of(asked)
        assert weight["stylesheet"] > 0
        found += [
            f"{weight[kind]} bytes of {kind}: {address}"
            for kind in MOST
            if weight[kind] > MOST[kind]
        ]
        found += [one.url for one in asked if urlsplit(one.url).netloc != urlsplit(site).netloc]
    assert not found, "\n".join(found)
