"""Forms of the desk that were saved, so that none makes a second row."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


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
