"""Which form of the desk has made which row already."""

import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.crypto import salted_hmac

from people.models import Submission

#: Days for which a form is known; nobody comes back to one of before the last log-in.
KEPT_FOR = 30
#: What two submits of one form may differ in: the token against forgery and the button.
_NO_CONTENT = ("csrfmiddlewaretoken", "_save", "_continue", "_addanother", "_submit")


def token_of(posted) -> UUID | None:
    """The token that came with a form; None where there is none that we have given."""
    try:
        return UUID(hex=posted)
    except (TypeError, ValueError):
        return None


def claim(token: UUID, model: str, request) -> Submission:
    """The submission of a form, new or known; called in the transaction of the save.

    Waits for another that has claimed the same token and is not done yet.
    """
    key = {"token": token, "person": request.user, "model": model}
    Submission.objects.bulk_create([Submission(**key)], ignore_conflicts=True)
    return Submission.objects.get(**key)


def content_digest(request) -> str:
    """Digest of what was filled in, files by name and size; keyed, for a password may be in it."""
    fields = [item for item in request.POST.lists() if item[0] not in _NO_CONTENT]
    files = [(name, file.name, file.size) for name, file in request.FILES.items()]
    filled = repr((sorted(fields), sorted(files)))
    return salted_hmac(__name__, filled, algorithm="sha256").hexdigest()


def forget_submissions() -> None:
    """Delete what nobody comes back to."""
    old = timezone.now() - datetime.timedelta(days=KEPT_FOR)
    Submission.objects.filter(made_at__lt=old).delete()
