"""The name of the paper: drawn where the drawing is of that name, else in letters."""

import re

import pytest
from django.core.exceptions import ImproperlyConfigured

from newsroom.nameplate import nameplate

pytestmark = pytest.mark.django_db

DRAWN = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" onload="alert(1)">
<title>甲区新闻</title><style>a{}</style><g><path d="M0 0h9"/><path d="M9 9h-9"/></g></svg>"""


def test_the_drawing_has_a_name_for_those_who_do_not_see_it(client):
    page = client.get("/").text
    assert 'role="img" aria-label="二七区新闻"' in page


def test_another_paper_has_its_name_in_letters(client, settings):
    settings.SITE_NAME = "甲区新闻"
    page = client.get("/").text
    assert "nameplate-mark" not in page
    assert re.search(r">甲区<wbr>新闻</span>\s*</a>", page)


def test_its_own_drawing_gives_its_outlines_and_nothing_else(client, settings, tmp_path):
    settings.SITE_NAME, settings.SITE_NAMEPLATE = "甲区新闻", tmp_path / "drawn.svg"
    settings.SITE_NAMEPLATE.write_text(DRAWN, "utf-8")
    page = client.get("/").text
    assert 'viewBox="0 0 9 9"><path d="M0 0h9 M9 9h-9"/></svg>' in page
    assert "alert" not in page


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"<svg>",
        DRAWN.replace("viewBox", "view").encode(),
        DRAWN.replace("path", "rect").encode(),
        DRAWN.replace("title", "desc").encode(),
    ],
)
def test_a_file_that_draws_no_name_is_refused(settings, tmp_path, content):
    settings.SITE_NAMEPLATE = tmp_path / "drawn.svg"
    settings.SITE_NAMEPLATE.write_bytes(content)
    with pytest.raises(ImproperlyConfigured, match=r"^SITE_NAMEPLATE=.*drawn\.svg"):
        nameplate()
