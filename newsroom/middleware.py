"""Middleware: the client's address, the number of a request in the log, answers to HEAD."""

import ipaddress
import logging
from collections.abc import Callable
from contextlib import suppress
from contextvars import ContextVar
from secrets import token_hex

from django.conf import settings
from django.http import HttpRequest, HttpResponse

View = Callable[[HttpRequest], HttpResponse]


def client_address(get_response: View) -> View:
    """Middleware that sets ``REMOTE_ADDR`` to the client's address instead of the proxy's.

    ``X-Forwarded-For`` is read from its end, as long as a trusted proxy has written the entry. The
    client can write anything before that.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        address = request.META.get("REMOTE_ADDR", "")
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        while forwarded and _is_trusted(address):
            address = forwarded.pop().strip() or address
        request.META["REMOTE_ADDR"] = address
        return get_response(request)

    return answer


def _is_trusted(address: str) -> bool:
    """Whether a proxy of ours has this address; it is empty for a Unix socket."""
    if not address:
        return bool(settings.TRUSTED_PROXIES)
    with suppress(ValueError):
        client = ipaddress.ip_address(address)
        return any(client in network for network in settings.TRUSTED_PROXIES)
    return False


#: Number of the request that this thread is answering or answered last; - in a command.
current_request_id = ContextVar("request_id", default="-")


def add_request_id(get_response: View) -> View:
    """Middleware that gives each request a number, whatever header of that name the client sent."""

    def answer(request: HttpRequest) -> HttpResponse:
        number = token_hex(6)
        current_request_id.set(number)
        response = get_response(request)
        response["X-Request-ID"] = number
        return response

    return answer


def no_body_for_head(get_response: View) -> View:
    """Middleware that answers HEAD without a body, which Django leaves to the server."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method == "HEAD" and not response.streaming:
            response.setdefault("Content-Length", str(len(response.content)))
            response.content = b""
        return response

    return answer


class WithRequestID(logging.Filter):
    """Adds the number of the request to each line of the log."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = current_request_id.get()
        return True
