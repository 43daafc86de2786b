"""HTML of every public page, as the Nu HTML checker judges it."""

import json
import subprocess
from pathlib import Path

import pytest
from django.test import Client
from django.urls import resolve

from articles import urls
from newsroom.display import Mode
from tests.support.every_page import ERRORS, print_paper, public_pages
from tests.support.machine import JAVA, VNU, vnu_lacks

pytestmark = pytest.mark.django_db

#: Names of addresses that answer with something else than a page.
NO_PAGES = {
    *(
        "photo",
        "qr",
        "share",
        "share-paper",
        "robots",
        "sitemap",
        "sitemap-news",
        "sitemap-section",
    ),
    *("feed", "feed-of", "calendar", "calendar-of"),
}


def test_no_kind_of_public_page_is_left_out():
    named = {pattern.name for pattern in urls.urlpatterns} - NO_PAGES
    pages = [page.partition("?")[0] for page in public_pages(print_paper())]
    assert {resolve(page).url_name for page in pages} == named


@pytest.mark.urls("tests.support.every_page")
def test_every_public_page_is_valid_html(crawl, tmp_path):
    if vnu_lacks():
        pytest.skip(vnu_lacks())
    pages = public_pages(print_paper())
    answers = crawl(*pages, "/sitemap.xml")
    client = Client(raise_request_exception=False)
    answers |= {address: client.get(address) for address in ERRORS}
    client.cookies["display"] = Mode.ELDER
    answers |= {f"{address} for the old": client.get(address) for address in (*pages, *ERRORS)}
    names = {}
    for address, answer in answers.items():
        if answer["Content-Type"].startswith("text/html"):
            file = tmp_path / f"{len(names)}.html"
            file.write_bytes(answer.content)
            names[file.name] = address
    assert {*pages, *ERRORS} <= set(names.values())
    run = [JAVA, "-jar", VNU, "--errors-only", "--format", "json", "--stdout"]
    checked = subprocess.run([*run, *tmp_path.glob("*.html")], stdout=subprocess.PIPE, check=False)
    found = [
        f"{names[Path(error['url']).name]}, line {error.get('lastLine')}: {error['message']}"
        for error in json.loads(checked.stdout)["messages"]
    ]
    assert not found, "\n".join(found)
