"""Saved states of stories and records, and the signatures under them."""

from django.conf import settings
from django.db import models
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.choices import Stage, Verdict, known
from people.shared.text import LinesField


class VersionQuerySet(models.QuerySet):
    """Saved states."""

    def of(self, thing):
        """Versions of a story, its working copy's among them, or of a record."""
        return self.filter(**owner_of(thing))

    def newest_number(self) -> int:
        """Number of the newest; 0 where there is none."""
        return self.aggregate(newest=Max("number"))["newest"] or 0


class Version(models.Model):
    """One saved state: its content as plain data, named by its digest. Never changed.

    But for the digest, where something that the content links was merged into another.

    It belongs to a story (those of a working copy to its original, so that history outlives a
    take-over), or to a record, which is named and not linked: a record that was merged into another
    is gone, its history is not.
    """

    story = models.ForeignKey(
        Article,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="versions",
        verbose_name=_("稿件"),
    )
    record_model = models.CharField(_("记录类型"), max_length=40, blank=True)
    record_id = models.BigIntegerField(_("记录编号"), null=True, blank=True)
    of_copy = models.BooleanField(_("修改副本"), default=False)
    number = models.PositiveIntegerField(_("版本号"))
    content = models.JSONField(_("内容"))
    digest = models.CharField(_("内容摘要"), max_length=64)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="versions",
        verbose_name=_("修改人"),
        help_text=_("空白表示系统。"),
    )
    reason = LinesField(_("说明"), blank=True)
    made_at = models.DateTimeField(_("时间"))

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("版本")
        verbose_name_plural = _("版本")
        ordering = ("-number",)
        default_permissions = ("view",)
        constraints = (
            models.UniqueConstraint(
                fields=["story", "number"],
                condition=~Q(story=None),
                name="version_of_story_once",
                violation_error_message=_("这一版已经有了。"),
            ),
            models.UniqueConstraint(
                fields=["record_model", "record_id", "number"],
                condition=Q(story=None),
                name="version_of_record_once",
                violation_error_message=_("这一版已经有了。"),
            ),
            models.CheckConstraint(
                condition=Q(story__isnull=False, record_model="", record_id=None)
                | Q(story=None, record_id__isnull=False) & ~Q(record_model=""),
                name="version_of_one_thing",
                violation_error_message=_("一个版本只属于一篇稿件或一条记录。"),
            ),
        )

    def __str__(self):
        """Number and what it is of."""
        return _("第%(number)d版 %(label)s") % {
            "number": self.number,
            "label": self.content.get("label", ""),
        }

    @property
    def made_by(self):
        """Who saved it, or pressed the button by which the system wrote it; None: neither.

        What the system wrote by a button gives its word as the reason, and the oldest of its
        ``transitions`` holds that line: where many are shown, they are fetched with them.
        """
        lines = list(self.transitions.all()) if self.reason else []
        return self.person or (lines[-1].person if lines else None)


class SignOff(models.Model):
    """What a reviewer said of a version. Append-only.

    A signature counts as long as its version's digest is that of what would be published.
    """

    version = models.ForeignKey(
        Version, models.PROTECT, related_name="sign_offs", verbose_name=_("版本")
    )
    stage = models.CharField(_("审次"), max_length=10, choices=Stage)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="sign_offs",
        verbose_name=_("审稿人"),
    )
    verdict = models.CharField(_("结论"), max_length=10, choices=Verdict)
    opinion = LinesField(_("意见"), blank=True)
    made_at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("审签")
        verbose_name_plural = _("审签")
        ordering = ("made_at", "pk")
        default_permissions = ("view",)
        constraints = (
            known("sign_off", "stage", Stage),
            known("sign_off", "verdict", Verdict),
        )

    def __str__(self):
        """Stage and verdict."""
        return f"{self.get_stage_display()} {self.get_verdict_display()}"


def owner_of(thing) -> dict:
    """Columns that name ``thing`` in a Version."""
    if isinstance(thing, Article):
        return {"story_id": thing.copy_of_id or thing.pk}
    return {"record_model": thing._meta.label_lower, "record_id": thing.pk}
