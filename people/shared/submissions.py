"""Forms of the desk that were saved, so that none makes a second row."""

import datetime
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

#: Days for which a form is known; nobody comes back to one of before the last log-in.
KEPT_FOR = 30
#: What two submits of one form may differ in: the token against forgery and the button.
_NO_CONTENT = ("csrfmiddlewaretoken", "_save", "_continue", "_addanother", "_submit")


class Submission(models.Model):
    """One form of a new thing, by the token it was drawn with, and the row that it made.

    Written in the transaction of the save: of two that come at once, one waits for the other.
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
        """What it made, and when."""
        return f"{self.model} {self.row} {timezone.localtime(self.made_at):%Y-%m-%d %H:%M}"


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
    return salted_hmac("people.submissions", filled, algorithm="sha256").hexdigest()


def forget_submissions() -> None:
    """Delete what nobody comes back to."""
    old = timezone.now() - datetime.timedelta(days=KEPT_FOR)
    Submission.objects.filter(made_at__lt=old).delete()
