"""Versions of stories and records, and the sign-offs of reviewers."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.choices import Stage, Verdict, known
from people.models import CredentialChange, User
from people.shared.text import LinesField


class VersionQuerySet(models.QuerySet):
    def of(self, thing: models.Model) -> Self:
        """Versions of a record, or of a story and its working copy."""
        return self.filter(**owner_of(thing))

    def newest_number(self) -> int:
        """Number of the newest version; 0 if there is none."""
        return self.aggregate(newest=Max("number"))["newest"] or 0

    def newest_numbers(self) -> dict[bool, int]:
        """Number of the newest version by ``of_copy``."""
        numbers = self.order_by().values_list("of_copy").annotate(newest=Max("number"))
        return dict(numbers)


class Version(models.Model):
    """A saved state of a story or record: its content and the digest of that.

    A version is never changed, except that the digest is recomputed when a row that the content
    links is merged into another.

    A version of a working copy belongs to the original, whose history so outlives the copy. A
    record has no foreign key here: its history remains if it is merged and deleted.
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
        return _("第%(number)d版 %(label)s") % {
            "number": self.number,
            "label": self.content.get("label", ""),
        }

    @property
    def made_by(self) -> User | None:
        """Who saved the version, or whose transition had the system write it.

        In the second case ``reason`` is set, and the oldest of ``transitions`` has the person.
        Prefetch ``transitions`` for a list.
        """
        lines = list(self.transitions.all()) if self.reason else []
        return self.person or (lines[-1].person if lines else None)


class SignOff(models.Model):
    """A reviewer's verdict on a version. Append-only.

    It counts as long as the version's digest is the digest of what would be published.
    """

    #: Set by ``editorial.attach_password_changes``.
    set_by: list[CredentialChange]

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
        return f"{self.get_stage_display()} {self.get_verdict_display()}"


def owner_of(thing: models.Model) -> dict:
    """Columns of a Version that identify ``thing``."""
    if isinstance(thing, Article):
        return {"story_id": thing.copy_of_id or thing.pk}
    return {"record_model": thing._meta.label_lower, "record_id": thing.pk}
