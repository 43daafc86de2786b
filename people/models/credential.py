"""Log of passwords that were set by someone other than the owner of the account."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class CredentialChange(models.Model):
    """``person`` opened ``account`` for someone else, or reset its password. Append-only.

    Until the owner has chosen a new password, ``person`` can log in as the owner. Passwords that
    owners change themselves are not logged, nor what an operator does from the command line.
    """

    class Kind(models.TextChoices):
        OPENED = "opened", gettext_lazy("开通")
        RESET = "reset", gettext_lazy("重设")

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="credential_changes",
        verbose_name=gettext_lazy("账号"),
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="credentials_set",
        verbose_name=gettext_lazy("经办人"),
    )
    kind = models.CharField(gettext_lazy("操作"), max_length=10, choices=Kind)
    made_at = models.DateTimeField(gettext_lazy("时间"), default=timezone.now)

    class Meta:
        verbose_name = gettext_lazy("账号经办")
        verbose_name_plural = gettext_lazy("账号经办")
        ordering = ("-made_at", "-pk")
        default_permissions = ()
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=["opened", "reset"]),
                name="credential_change_kind_known",
                violation_error_message=gettext_lazy("请从列表中选择。"),
            ),
            models.CheckConstraint(
                condition=~Q(account=F("person")),
                name="credential_change_of_anothers",
                violation_error_message=gettext_lazy("自己的密码自己改，不用登记。"),
            ),
        )

    def __str__(self):
        """Describe the line as it is printed beside a signature."""
        made_at = date_format(timezone.localtime(self.made_at), "SHORT_DATETIME_FORMAT")
        said = {"person": self.person, "kind": self.get_kind_display()}
        return _("账号由%(person)s%(kind)s") % said + f"（{made_at}）"
