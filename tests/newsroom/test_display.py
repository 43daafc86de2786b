"""How a reader sees the pages: one cookie that only the reader's own choice sets."""

import pytest
from django.test import Client

from newsroom.display import Mode

pytestmark = pytest.mark.django_db

ELSEWHERE = [
    *r"""
    https://evil.example //evil.example ///evil.example \\evil.example /\evil.example
    javascript:alert(1) http:evil.example http:///evil.example ftp://evil.example
    """.split(),
    "",
    "\x08//evil.example",
    "\0",
    " https://evil.example",
]


def chosen(mode, back="/articles/", **options):
    """Browser that chose a mode on a page, and the answer to its choice."""
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/display/", {"display": mode, "back": back}, **options)
    return client, answer


@pytest.mark.parametrize("mode", set(Mode) - {Mode.MEDIUM})
def test_a_choice_is_kept_and_marks_every_page(mode, bulletin):
    client, answer = chosen(mode)
    assert (answer.status_code, answer["Location"]) == (302, "/articles/")
    cookie = client.cookies["display"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["secure"]
    for address in ("/", "/articles/2021/04/06/", "/no/such/page/"):
        assert f'<html lang="zh-Hans" class="{mode}">' in client.get(address).text


def test_the_middle_size_forgets_the_choice():
    client, _ = chosen("elder")
    client.post("/display/", {"display": "medium", "back": "/"})
    assert client.cookies["display"].value == ""
    assert 'class="medium"' in client.get("/").text


def test_the_cookie_is_secure_where_the_site_is(settings):
    settings.SESSION_COOKIE_SECURE = True
    client, _ = chosen("large")
    assert client.cookies["display"]["secure"]


def test_nothing_is_set_before_the_reader_chooses(client):
    assert not client.get("/").cookies


@pytest.mark.parametrize("mode", ["", "huge", "\0", "large\r\nSet-Cookie: a=b", "大" * 9999])
def test_an_unknown_mode_changes_nothing(mode):
    client, answer = chosen(mode)
    assert answer.status_code == 302
    assert not client.cookies


@pytest.mark.parametrize("kept", ["huge", '"><script>', "a" * 4000])
def test_a_forged_cookie_is_the_middle_size(client, kept):
    client.cookies["display"] = kept
    assert '<html lang="zh-Hans" class="medium">' in client.get("/").text


@pytest.mark.parametrize("back", ELSEWHERE)
def test_the_way_back_never_leaves_the_site(back):
    _, answer = chosen("elder", back)
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_the_way_back_keeps_the_conditions_of_a_list():
    back = "/articles/?quarter=2021q1&q=%E9%A1%B9%E7%9B%AE"
    assert chosen("elder", back)[1]["Location"] == back


def test_a_way_back_that_no_browser_would_send_is_no_error():
    assert chosen("elder", "/" + "a" * 100_000)[1].status_code == 413


def test_only_a_form_chooses(client):
    assert client.get("/display/").status_code == 405


def test_a_page_varies_by_cookie_and_a_file_does_not(client):
    assert "Cookie" in client.get("/")["Vary"]
    assert "Vary" not in client.get("/robots.txt")


def test_elder_mode_loads_its_style_alone(client):
    assert "css/elder.css" not in client.get("/").text
    client.cookies["display"] = "elder"
    page = client.get("/articles/?page=1").text
    assert "css/elder.css" in page
    assert 'value="medium">退出老年人模式' in page
    assert 'name="back" value="/articles/?page=1"' in page
