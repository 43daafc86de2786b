"""What readers report: taken in, within limits, and handled once."""

import datetime

from django.utils import timezone
from django.utils.crypto import salted_hmac

from articles.models import ErrorReport
from people.accounts.log_in import connection_of

#: Reports that are taken of one client within the span, after which nothing tells whose they were.
MOST = 5
SPAN = datetime.timedelta(hours=1)


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
    """Digest of a client; of a socket, or what a proxy made up, by what it says."""
    client = connection_of(address) or address
    return salted_hmac("articles.editorial.reports", client).hexdigest()[:32]
