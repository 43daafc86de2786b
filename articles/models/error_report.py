"""Errors that readers have reported, and how the desk has handled them."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from people.shared.text import LineField, LinesField


class ErrorReportQuerySet(models.QuerySet):
    def unhandled(self) -> Self:
        return self.filter(handled_at=None)


class ErrorReport(models.Model):
    """A reader's report of an error in a story. It is handled by writing its outcome, only once."""

    article = models.ForeignKey(
        Article, models.PROTECT, related_name="error_reports", verbose_name=_("稿件")
    )
    wrong = LinesField(_("哪里有错"), max_length=500)
    right = LinesField(_("应该是什么"), max_length=1000)
    contact = LineField(_("联系方式"), max_length=100, blank=True)
    sent_at = models.DateTimeField(_("收到时间"), default=timezone.now, editable=False)
    sender = models.CharField(
        max_length=32,
        blank=True,
        editable=False,
        help_text=_("来处的密码摘要，用来限制次数；一小时后抹去。"),
    )
    outcome = LinesField(
        _("处理结果"),
        max_length=1000,
        blank=True,
        help_text=_("核实的结论，和稿件怎样改了。保存以后不能再改。"),
    )
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("处理人"),
    )
    handled_at = models.DateTimeField(_("处理时间"), null=True, blank=True, editable=False)

    objects = ErrorReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("读者纠错")
        verbose_name_plural = _("读者纠错")
        ordering = ("-pk",)
        default_permissions = ("view", "change")
        constraints = (
            models.CheckConstraint(
                condition=Q(handled_at=None, handled_by=None, outcome="")
                | Q(handled_at__isnull=False, handled_by__isnull=False) & ~Q(outcome=""),
                name="errorreport_handled_with_outcome",
                violation_error_message=_("处理过的纠错要有处理结果、处理人和时间。"),
            ),
        )
        indexes = (
            models.Index(
                fields=["article"], condition=Q(handled_at=None), name="errorreport_unhandled"
            ),
            models.Index(
                fields=["sender", "sent_at"], condition=~Q(sender=""), name="errorreport_sender"
            ),
        )

    def __str__(self):
        return self.wrong[:40]
