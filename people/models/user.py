"""Accounts of the desk."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from people.shared.text import LineField


class User(AbstractUser):
    """An account with one name: Chinese names are not split into first and last."""

    first_name = None  # type: ignore[assignment]  # Django's way to drop an inherited column
    last_name = None  # type: ignore[assignment]
    name = LineField(_("姓名"), max_length=40, blank=True)

    must_change_password = models.BooleanField(
        _("须改密码"), default=False, editable=False, help_text=_("密码是别人设的，下次登录要改。")
    )
    notices_read_at = models.DateTimeField(
        _("看过通知"), null=True, editable=False, help_text=_("此前别人设密码的，本人看过了。")
    )

    REQUIRED_FIELDS = ["email", "name"]

    class Meta:
        verbose_name = _("账号")
        verbose_name_plural = _("账号")

    def __str__(self):
        return self.name or self.username

    def set_by_others(self) -> models.QuerySet:
        """Log lines of this account that its owner has not been shown yet."""
        changes = self.credential_changes.select_related("person")
        return changes.filter(made_at__gt=self.notices_read_at or self.date_joined)

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)
