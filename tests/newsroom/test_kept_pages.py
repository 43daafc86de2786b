"""Public pages are kept as bytes: which, under what address, in which coding."""

import gzip
from unittest import mock

import brotli
import pytest
from django.core.cache import cache
from django.test import Client

from articles.editorial import (
    execute,
)
from articles.editorial.roles import CHIEF
from articles.models import Article

STORY = "/articles/2021/04/06/"
PAGES = ("/", "/articles/", "/articles/?quarter=2021q1", "/quarters/2021q1/", "/sections/hui-yi/")


pytestmark = pytest.mark.usefixtures("kept")


@pytest.fixture
def story(bulletin):
    return Article.objects.live().order_by("pk").first()


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_made_once_and_then_costs_one_query(
    client, made, address, django_assert_num_queries
):
    first = client.get(address)
    with django_assert_num_queries(1):
        second = client.get(address)
    assert made() == 1
    assert second.content == first.content
    del first["X-Request-ID"], second["X-Request-ID"]
    assert dict(second.items()) == dict(first.items())
    assert second["Cache-Control"] == "max-age=0, must-revalidate"


def test_a_page_is_the_same_in_every_coding(client):
    plain = client.get("/").content
    for coding, decompress in (("br", brotli.decompress), ("gzip", gzip.decompress)):
        answer = client.get("/", headers={"accept-encoding": coding})
        assert answer["Content-Encoding"] == coding
        assert len(answer.content) == int(answer["Content-Length"]) < len(plain) / 3
        assert decompress(answer.content) == plain
        assert {"Accept-Encoding", "Cookie"} <= set(answer["Vary"].split(", "))


def test_who_has_the_page_is_told_so(client, made, story, account):
    tag = client.get("/")["ETag"]
    answer = client.get("/", headers={"if-none-match": tag})
    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", tag)
    execute("withdraw", story, person=account(CHIEF), reason="核实", accepted=True)
    assert client.get("/", headers={"if-none-match": tag}).status_code == 200
    assert made() == 2


def test_head_is_answered_from_it(client, made):
    assert client.head("/").content == b""
    answer = client.get("/")
    assert made() == 1
    assert client.head("/")["Content-Length"] == answer["Content-Length"]


def test_what_others_hang_on_a_link_makes_no_other_page(client, made):
    pages = {
        client.get(f"/articles/?quarter=2021q1{tail}").content
        for tail in ("", "&utm_source=x", "&from=singlemessage&isappinstalled=0", "&spm=a.b")
    }
    assert len(pages) == made() == 1
    assert client.get("/articles/?utm_campaign=y&quarter=2021q1").content in pages


def test_no_page_prints_what_others_hang_on_a_link(client):
    page = client.get("/articles/?utm_source=evil&quarter=2021q1&section=hui-yi&spm=a.b")
    assert "quarter=2021q1" in page.text
    assert "evil" not in page.text
    assert "a.b" not in page.text


def test_parameters_are_kept_in_any_order(client, made):
    client.get("/articles/?quarter=2021q1&page=1")
    client.get("/articles/?page=1&quarter=2021q1")
    assert made() == 1


@pytest.mark.parametrize(
    "address",
    [
        "/articles/?q=项目",
        "/articles/?quarter=2021q9",
        "/articles/?nonsense=1",
        "/articles/?quarter=2021q1&quarter=2021q2",
        "/?anything",
        "/no/such/page/",
        "/articles/?page=99",
        "/healthz",
        "/admin/login/",
        "/robots.txt",
    ],
)
def test_what_is_never_kept(client, address):
    with mock.patch.object(cache, "set", autospec=True) as stored:
        client.get(address)
        client.get(address)
    assert not stored.called


def test_a_page_with_a_form_of_its_own_is_never_kept(client, story):
    page = f"{story.get_absolute_url()}correct/"
    with mock.patch.object(cache, "set", autospec=True) as stored:
        tokens = {client.get(page).context["csrf_token"] for _time in range(2)}
    assert not stored.called
    assert len(tokens) == 2


def test_each_way_to_look_at_it_is_a_page_of_its_own(client, settings, made):
    settings.ALLOWED_HOSTS = ["one.example", "two.example"]
    seen = {
        Client(headers={"host": host, "cookie": f"display={mode}"}).get("/", secure=secure).content
        for host in settings.ALLOWED_HOSTS
        for secure in (False, True)
        for mode in ("medium", "elder")
    }
    assert made() == len(seen) == 8
    again = Client(headers={"host": "one.example", "cookie": "display=nonsense; other=1"})
    assert again.get("/").content in seen
    assert made() == 8


def test_a_host_that_is_not_ours_gets_nothing(client):
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400
