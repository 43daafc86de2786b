"""Text leaves the server compressed, by what the client accepts."""

import gzip

import brotli
import pytest
from django.http import HttpResponse, StreamingHttpResponse

from newsroom.compression import LEAST, accepted_coding, compress_text

TEXT = "观摩项目建设" * 200


@pytest.mark.parametrize(
    ("header", "coding"),
    [
        ("", ""),
        ("gzip", "gzip"),
        ("gzip, deflate, br", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0.1, gzip;q=0.9", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("GZIP ; q=1.0", "gzip"),
        ("*", "br"),
        ("*;q=0", ""),
        ("gzip, *;q=0", "gzip"),
        ("identity", ""),
        ("br;q=x, gzip", "gzip"),
        ("br;q=nan", ""),
        (";;,q=,br", "br"),
    ],
)
def test_the_best_coding_that_is_accepted(header, coding):
    assert accepted_coding(header) == coding


def answer(rf, response, accepted="br"):
    return compress_text(lambda _request: response)(rf.get("/", HTTP_ACCEPT_ENCODING=accepted))


@pytest.mark.parametrize(
    ("coding", "decompress"), [("br", brotli.decompress), ("gzip", gzip.decompress)]
)
def test_text_is_compressed(rf, coding, decompress):
    response = answer(rf, HttpResponse(TEXT), coding)
    assert response["Content-Encoding"] == coding
    assert response["Content-Length"] == str(len(response.content))
    assert "Accept-Encoding" in response["Vary"]
    assert decompress(response.content).decode() == TEXT


def test_who_takes_nothing_gets_it_plain_and_caches_know_it(rf):
    response = answer(rf, HttpResponse(TEXT), "identity")
    assert not response.has_header("Content-Encoding")
    assert response["Vary"] == "Accept-Encoding"
    assert response.content.decode() == TEXT


@pytest.mark.parametrize(
    "response",
    [
        HttpResponse("x" * (LEAST - 1)),
        HttpResponse(b"x" * LEAST, content_type="image/jpeg"),
        HttpResponse("x" * LEAST, headers={"Content-Encoding": "gzip"}),
        StreamingHttpResponse(["x" * LEAST]),
    ],
    ids=["short", "a picture", "compressed", "a stream"],
)
def test_what_stays_as_it_is(rf, response):
    before = dict(response.items())
    assert dict(answer(rf, response).items()) == before


def test_other_bytes_of_the_same_text_have_a_weak_tag(rf):
    response = answer(rf, HttpResponse(TEXT, headers={"ETag": '"a"'}))
    assert response["ETag"] == 'W/"a"'
