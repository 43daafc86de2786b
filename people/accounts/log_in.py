"""How often someone may try to log in: django-axes asks, and what was tried is counted here.

Axes has one limit for all that it counts by; a desk needs three.
"""

import datetime
import ipaddress
from contextlib import suppress
from typing import NamedTuple

from axes.handlers.base import AbstractAxesHandler, AxesBaseHandler
from axes.helpers import get_client_username
from axes.models import AccessFailureLog
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

HOUR = datetime.timedelta(hours=1)
DAY = datetime.timedelta(days=1)


class Limit(NamedTuple):
    """Failures within a span, counted by these columns, that close the log-in."""

    by: tuple[str, ...]
    most: int
    span: datetime.timedelta


#: By name alone a stranger could lock anyone out: a browser in which that name logged in before is
#: left out of it.
BY_NAME = Limit(("username",), 50, DAY)
LIMITS = (Limit(("username", "ip_address"), 5, HOUR), Limit(("ip_address",), 30, HOUR), BY_NAME)
#: Days that failures are kept: network logs have to be for six months.
KEPT_FOR = 180

COOKIE = "known"
_SALT = "people.log_in"
_YEAR = 365 * 24 * 3600
#: Names that one browser is known for.
_MOST_NAMES = 8
_LONGEST = AccessFailureLog._meta.get_field("username").max_length
#: Bits of an IPv6 address that stand for one connection.
_NETWORK = 64


class LogInLimits(AbstractAxesHandler, AxesBaseHandler):
    """The handler that ``AXES_HANDLER`` names."""

    def is_locked(self, request, credentials=None):
        """Whether a limit is reached; ``request.locked_until`` says until when."""
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

    def get_failures(self, request, credentials=None):
        """What axes compares with its own limit, which is 1."""
        return int(self.is_locked(request, credentials))

    def user_login_failed(self, sender, credentials, request=None, **_options):
        """Count it. What was refused unseen is not counted: it would prolong the lock for ever."""
        if request is None:
            return
        if not request.axes_locked_out:
            AccessFailureLog.objects.create(
                **_tried(request, credentials),
                user_agent=request.axes_user_agent.replace("\0", ""),
                path_info=request.axes_path_info,
            )
            request.axes_locked_out = self.is_locked(request, credentials)

    def user_logged_in(self, sender, request, user, **_options):
        """Whoever has the password may have mistyped it; the browser is known from now on."""
        AccessFailureLog.objects.filter(**_tried(request, {"username": user.username})).delete()
        request.logged_in_as = user.username

    def user_logged_out(self, sender, request, user, **_options):
        """Nothing: a browser stays known."""

    def reset_attempts(self, *, ip_address=None, username=None, ip_or_username=False):
        """Open the log-in again, for a name, an address, or all: ``axes_reset…`` and the desk."""
        columns = {"ip_address": ip_address, "username": username}
        named = {name: value for name, value in columns.items() if value}
        return AccessFailureLog.objects.filter(**named).delete()[0]

    def reset_failure_logs(self, *, age_days=KEPT_FOR):
        """Forget what is older."""
        old = timezone.now() - datetime.timedelta(days=age_days)
        return AccessFailureLog.objects.filter(attempt_time__lt=old).delete()[0]


def forget_failures() -> int:
    """Delete what no log has to keep any longer. For a timer."""
    return LogInLimits().reset_failure_logs()


def _tried(request, credentials):
    """Name and address of a try."""
    return {
        "username": (get_client_username(request, credentials) or "")[:_LONGEST],
        "ip_address": connection_of(request.axes_ip_address or ""),
    }


def connection_of(address: str) -> str | None:
    """The address under which a client is counted; None for a socket, or what is no address."""
    with suppress(ValueError):
        client = ipaddress.ip_address(address)
        if client.version == 4:  # noqa: PLR2004
            return str(client)
        return str(ipaddress.IPv6Network((client, _NETWORK), strict=False).network_address)
    return None


def _last_of(limit, tried, now):
    """When the newest failure but ``limit.most - 1`` was; None where there are fewer."""
    same = AccessFailureLog.objects.filter(**{name: tried[name] for name in limit.by})
    times = same.filter(attempt_time__gt=now - limit.span).order_by("-attempt_time")
    return times.values_list("attempt_time", flat=True)[limit.most - 1 : limit.most].first()


def _known(request):
    """Digests of the names that logged in from this browser."""
    kept = request.get_signed_cookie(COOKIE, default="", salt=_SALT, max_age=_YEAR)
    return kept.split(".") if kept else []


def _digest(username):
    return salted_hmac(_SALT, username).hexdigest()[:16]


def known_browser(get_response):
    """Middleware: let the browser remember who logged in from it."""

    def answer(request):
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
