"""Whose request it is: the address of the client behind the proxies that the settings trust."""

import ipaddress
from contextlib import suppress

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
