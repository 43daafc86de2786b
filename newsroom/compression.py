"""Compression of text answers, by what the client accepts (RFC 9110, 12.5.3)."""

import gzip
from collections.abc import Callable

import brotli
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

#: Codings that we have, the better first.
CODINGS = ("br", "gzip")
#: Bytes below which an answer fits into a packet anyway.
LEAST = 500
#: Levels at which a page of 60 kB takes a few milliseconds.
BROTLI_QUALITY, GZIP_LEVEL = 5, 6
TEXT = ("text/", "application/json", "application/xml", "application/ld+json", "image/svg+xml")


def accepted_coding(header: str) -> str:
    """Best of CODINGS that an Accept-Encoding header allows; empty where it allows none."""
    wishes = dict(_wish(part) for part in header.lower().split(","))
    weights = {coding: wishes.get(coding, wishes.get("*", 0)) for coding in CODINGS}
    best = max(CODINGS, key=lambda coding: weights[coding])
    return best if weights[best] > 0 else ""


def _wish(part):
    coding, _semicolon, parameter = part.partition(";")
    name, _equals, weight = parameter.partition("=")
    if name.strip() != "q":
        return coding.strip(), 1
    try:
        return coding.strip(), float(weight)
    except ValueError:
        return coding.strip(), 0


def compress(body: bytes, coding: str) -> bytes:
    """``body`` in one of CODINGS."""
    if coding == "br":
        return brotli.compress(body, mode=brotli.MODE_TEXT, quality=BROTLI_QUALITY)
    # Without the time of day the same page has the same bytes.
    return gzip.compress(body, GZIP_LEVEL, mtime=0)


def compress_text(get_response: Callable) -> Callable:
    """Middleware: compress what is text and not compressed yet."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not _is_compressible(response):
            return response
        patch_vary_headers(response, ["Accept-Encoding"])
        if coding := accepted_coding(request.META.get("HTTP_ACCEPT_ENCODING", "")):
            response.content = compress(response.content, coding)
            response["Content-Encoding"] = coding
            response["Content-Length"] = str(len(response.content))
            if (tag := response.get("ETag", "")).startswith('"'):
                response["ETag"] = f"W/{tag}"  # other bytes, the same text
        return response

    return answer


def _is_compressible(response):
    return (
        not response.streaming
        and not response.has_header("Content-Encoding")
        and response.get("Content-Type", "").startswith(TEXT)
        and len(response.content) >= LEAST
    )
