"""Forms that created a row, so that the same form sent twice creates no second one."""

import datetime
from uuid import UUID

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

#: Days for which a form is remembered.
KEPT_FOR = 30
#: Inputs that may differ when the same form is sent twice: the CSRF token and the button.
_NO_CONTENT = ("csrfmiddlewaretoken", "_save", "_continue", "_addanother", "_submit")


class Submission(models.Model):
    """The token of a form for a new row, and the row that it created.

    Written in the transaction of the save: of two requests at once, one waits for the other.
    """

    token = models.UUIDField(_("编号"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("账号")
    )
    model = models.CharField(_("所建"), max_length=100)
    row = models.BigIntegerField(_("主键"), null=True)
    digest = models.CharField(_("摘要"), max_length=64)
    made_at = models.DateTimeField(_("时间"), default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("交过的表单")
        verbose_name_plural = _("交过的表单")
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                fields=["person", "model", "token"],
                name="submission_once",
                violation_error_message=_("这份表单已经交过。"),
            ),
        )

    def __str__(self):
        return f"{self.model} {self.row} {timezone.localtime(self.made_at):%Y-%m-%d %H:%M}"


def token_of(posted: str | None) -> UUID | None:
    """Token posted with a form; None where it is missing or malformed."""
    try:
        return UUID(hex=posted) if posted else None
    except ValueError:
        return None


def claim(token: UUID, model: str, request: HttpRequest) -> Submission:
    """Get or create the submission of a form, in the transaction of the save.

    Waits for another transaction that has claimed the same token.
    """
    key = {"token": token, "person": request.user, "model": model}
    Submission.objects.bulk_create([Submission(**key)], ignore_conflicts=True)
    return Submission.objects.get(**key)


def content_digest(request: HttpRequest) -> str:
    """Digest of what was filled in, of files their name and size. Keyed: it may hold a password."""
    fields = [item for item in request.POST.lists() if item[0] not in _NO_CONTENT]
    files = [
        (name, file.name, file.size) for name, files in request.FILES.lists() for file in files
    ]
    filled = repr((sorted(fields), sorted(files)))
    return salted_hmac("people.submissions", filled, algorithm="sha256").hexdigest()


def forget_submissions() -> None:
    """Delete what is older than ``KEPT_FOR`` days; a timer calls it."""
    old = timezone.now() - datetime.timedelta(days=KEPT_FOR)
    Submission.objects.filter(made_at__lt=old).delete()
