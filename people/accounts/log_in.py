"""Limits on failed log-ins, as a handler of django-axes, which has a single limit of its own."""

import datetime
import ipaddress
from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple

from axes.handlers.base import AbstractAxesHandler, AxesBaseHandler
from axes.helpers import get_client_username
from axes.models import AccessFailureLog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

HOUR = datetime.timedelta(hours=1)
DAY = datetime.timedelta(days=1)


class Limit(NamedTuple):
    """``most`` failures with the same values in the columns ``by`` within ``span`` lock log-in."""

    by: tuple[str, ...]
    most: int
    span: datetime.timedelta


#: With this limit alone a stranger could lock anyone out, so it does not apply to a browser from
#: which that user has logged in before.
BY_NAME = Limit(("username",), 50, DAY)
LIMITS = (Limit(("username", "ip_address"), 5, HOUR), Limit(("ip_address",), 30, HOUR), BY_NAME)
#: Days for which failures are kept: the law asks six months of network logs.
KEPT_FOR = 180

#: Cookie with signed digests of the users who have logged in from a browser.
COOKIE = "known"
_SALT = "people.log_in"
#: Life of the cookie in seconds.
_YEAR = 365 * 24 * 3600
#: Users that the cookie remembers.
_MOST_NAMES = 8
_LONGEST = AccessFailureLog._meta.get_field("username").max_length
#: Bits of an IPv6 address that are the same for all devices of one connection.
_NETWORK = 64


class LogInLimits(AbstractAxesHandler, AxesBaseHandler):
    """Counts failures in axes' own table; the setting ``AXES_HANDLER`` names this class."""

    def is_locked(self, request, credentials=None) -> bool:
        """Whether a limit is reached; sets ``request.locked_until`` to the time of its end."""
        tried = _tried(request, credentials)
        now = timezone.now()
        known = _digest(tried["username"]) in _known(request)
        ends = [
            last + limit.span
            for limit in LIMITS
            if not (known and limit is BY_NAME) and (last := _last_of(limit, tried, now))
        ]
        request.locked_until = max(ends, default=None)
        return bool(ends)

    def get_failures(self, request, credentials=None) -> int:
        """Give axes 1 where log-in is locked: ``AXES_FAILURE_LIMIT`` is 1."""
        return int(self.is_locked(request, credentials))

    def user_login_failed(self, sender, credentials, request=None, **_options) -> None:
        """Count the failure. A try while log-in is locked does not count: it would never end."""
        if request is None:
            return
        if not request.axes_locked_out:
            AccessFailureLog.objects.create(
                **_tried(request, credentials),
                user_agent=request.axes_user_agent.replace("\0", ""),
                path_info=request.axes_path_info,
            )
            request.axes_locked_out = self.is_locked(request, credentials)

    def user_logged_in(self, sender, request, user, **_options) -> None:
        """Forget earlier failures of this user from this address, and remember the browser."""
        AccessFailureLog.objects.filter(**_tried(request, {"username": user.username})).delete()
        request.logged_in_as = user.username

    def user_logged_out(self, sender, request, user, **_options) -> None:
        """Leave the cookie: the browser stays known."""

    def reset_attempts(self, *, ip_address=None, username=None, ip_or_username=False) -> int:
        """Unlock a user, an address or all; return the number of failures deleted."""
        columns = {"ip_address": ip_address, "username": username}
        named = {name: value for name, value in columns.items() if value}
        return AccessFailureLog.objects.filter(**named).delete()[0]

    def reset_failure_logs(self, *, age_days: int = KEPT_FOR) -> int:
        """Delete older failures; return their number."""
        old = timezone.now() - datetime.timedelta(days=age_days)
        return AccessFailureLog.objects.filter(attempt_time__lt=old).delete()[0]


def forget_failures() -> int:
    """Delete failures older than ``KEPT_FOR`` days; a timer calls it. Returns their number."""
    return LogInLimits().reset_failure_logs()


def _tried(request, credentials) -> dict[str, str | None]:
    return {
        "username": (get_client_username(request, credentials) or "")[:_LONGEST],
        "ip_address": connection_of(request.axes_ip_address or ""),
    }


def connection_of(address: str) -> str | None:
    """Address under which a client is counted; None for a Unix socket or an invalid address."""
    with suppress(ValueError):
        client = ipaddress.ip_address(address)
        if client.version == 4:  # noqa: PLR2004
            return str(client)
        return str(ipaddress.IPv6Network((client, _NETWORK), strict=False).network_address)
    return None


def _last_of(
    limit: Limit, tried: dict[str, str | None], now: datetime.datetime
) -> datetime.datetime | None:
    """Time of the ``limit.most``-th latest failure; None if the limit is not reached."""
    same = AccessFailureLog.objects.filter(**{name: tried[name] for name in limit.by})
    times = same.filter(attempt_time__gt=now - limit.span).order_by("-attempt_time")
    return times.values_list("attempt_time", flat=True)[limit.most - 1 : limit.most].first()


def _known(request: HttpRequest) -> list[str]:
    """Digests of the users who have logged in from this browser."""
    kept = request.get_signed_cookie(COOKIE, default="", salt=_SALT, max_age=_YEAR)
    return kept.split(".") if kept else []


def _digest(username) -> str:
    return salted_hmac(_SALT, username).hexdigest()[:16]


def known_browser(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that sets the cookie after a log-in."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if username := getattr(request, "logged_in_as", None):
            names = dict.fromkeys([_digest(username), *_known(request)])
            response.set_signed_cookie(
                COOKIE,
                ".".join(list(names)[:_MOST_NAMES]),
                salt=_SALT,
                max_age=_YEAR,
                path=reverse("admin:index"),
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response

    return answer
