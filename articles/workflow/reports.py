"""What readers report: taken in, within limits, and handled once."""

import contextlib
import datetime
import ipaddress

from django.utils import timezone
from django.utils.crypto import salted_hmac

from articles.models import ErrorReport

#: Reports that are taken of one client within the span, after which nothing tells whose they were.
MOST = 5
SPAN = datetime.timedelta(hours=1)
#: Bits of an IPv6 address that stand for one connection.
_NETWORK = 64


def take_report(report: ErrorReport, *, address: str) -> bool:
    """Store a reader's ``report``; False where its client has sent too many lately.

    ``address`` is the client's, of which only a keyed digest is kept, and that for an hour. The
    same words about the same story are one report.
    """
    forget_senders()
    report.sender = _digest(address)
    if ErrorReport.objects.filter(sender=report.sender).count() >= MOST:
        return False
    same = {name: getattr(report, name) for name in ("article", "wrong", "right", "contact")}
    if not ErrorReport.objects.unhandled().filter(**same).exists():
        report.save()
    return True


def handle_report(report: ErrorReport, *, outcome: str, person) -> bool:
    """Write the outcome, and with it who handled the report and when; False if someone has."""
    unhandled = ErrorReport.objects.unhandled().filter(pk=report.pk)
    return bool(unhandled.update(outcome=outcome, handled_by=person, handled_at=timezone.now()))


def forget_senders() -> None:
    """Wipe the digests that no limit needs any more."""
    old = ErrorReport.objects.exclude(sender="").filter(sent_at__lt=timezone.now() - SPAN)
    old.update(sender="")


def _digest(address):
    """Digest of a client; all IPv6 addresses of one connection have the same."""
    # A socket, or what a proxy made up, is no address and is counted as it is.
    with contextlib.suppress(ValueError):
        address = str(ipaddress.IPv6Network(f"{address}/{_NETWORK}", strict=False))
    return salted_hmac("articles.workflow.reports", address).hexdigest()[:32]
