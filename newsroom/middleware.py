"""Middleware: whose request it is, and the number by which the log knows it."""

import ipaddress
import logging
from contextlib import suppress
from contextvars import ContextVar
from secrets import token_hex

from django.conf import settings


def client_address(get_response):
    """Middleware: put the client's address where Django has that of the last proxy.

    The list of ``X-Forwarded-For`` is read from its end as long as a trusted proxy has written it:
    what stands before that is whatever the client has made up.
    """

    def answer(request):
        address = request.META.get("REMOTE_ADDR", "")
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        while forwarded and _is_trusted(address):
            address = forwarded.pop().strip() or address
        request.META["REMOTE_ADDR"] = address
        return get_response(request)

    return answer


def _is_trusted(address):
    """Whether a proxy of ours has it; a socket of this machine has no address."""
    if not address:
        return bool(settings.TRUSTED_PROXIES)
    with suppress(ValueError):
        client = ipaddress.ip_address(address)
        return any(client in network for network in settings.TRUSTED_PROXIES)
    return False


#: Number of the request that this thread answers, or has answered last; no request's in a command.
current_request_id = ContextVar("request_id", default="-")


def add_request_id(get_response):
    """Middleware: number the request. What a client sends under that name is not taken over."""

    def answer(request):
        number = token_hex(6)
        current_request_id.set(number)
        response = get_response(request)
        response["X-Request-ID"] = number
        return response

    return answer


class WithRequestID(logging.Filter):
    """Gives each line of the log the number of its request."""

    def filter(self, record):
        """Let every line pass."""
        record.request_id = current_request_id.get()
        return True
