"""Error reports of readers."""

import datetime

from django.utils import timezone
from django.utils.crypto import salted_hmac

from articles.models import ErrorReport
from people.accounts.log_in import connection_of
from people.models import User

#: Reports that a client may send within the span. Its digest is deleted after the span.
MOST = 5
SPAN = datetime.timedelta(hours=1)


def take_report(report: ErrorReport, *, address: str) -> bool:
    """Store a report; return False if its client has sent too many in the last hour.

    Of the client's ``address`` only a keyed digest is stored, and only for an hour. A report equal
    to an open one is dropped.
    """
    forget_senders()
    report.sender = _digest(address)
    if ErrorReport.objects.filter(sender=report.sender).count() >= MOST:
        return False
    same = {name: getattr(report, name) for name in ("article", "wrong", "right", "contact")}
    if not ErrorReport.objects.unhandled().filter(**same).exists():
        report.save()
    return True


def handle_report(report: ErrorReport, *, outcome: str, person: User) -> bool:
    """Write the outcome, who handled the report and when; return False if it was handled before."""
    unhandled = ErrorReport.objects.unhandled().filter(pk=report.pk)
    return bool(unhandled.update(outcome=outcome, handled_by=person, handled_at=timezone.now()))


def forget_senders() -> None:
    """Delete the digests of clients after an hour."""
    old = ErrorReport.objects.exclude(sender="").filter(sent_at__lt=timezone.now() - SPAN)
    old.update(sender="")


def _digest(address: str) -> str:
    """Keyed digest of a client's address, or of the text itself if it is no address."""
    client = connection_of(address) or address
    return salted_hmac("articles.editorial.reports", client).hexdigest()[:32]
