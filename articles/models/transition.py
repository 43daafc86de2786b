"""Log of the transitions of stories; only ``articles.editorial`` writes it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.choices import Stage, TransitionName, Visibility, known
from articles.models.version import Version
from people.models import CredentialChange
from people.shared.text import LinesField


class Transition(models.Model):
    """One transition of a story or its working copy: who, when and why. Append-only."""

    #: Set by ``editorial.attach_password_changes``.
    set_by: list[CredentialChange]

    story = models.ForeignKey(
        Article, models.PROTECT, related_name="transitions", verbose_name=_("稿件")
    )
    of_copy = models.BooleanField(_("针对修改副本"), default=False)
    name = models.CharField(_("操作"), max_length=20, choices=TransitionName)
    stage = models.CharField(_("到达阶段"), max_length=10, choices=Stage)
    visibility = models.CharField(_("到达状态"), max_length=12, choices=Visibility)
    version = models.ForeignKey(
        Version,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="transitions",
        verbose_name=_("版本"),
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="transitions",
        verbose_name=_("操作人"),
        help_text=_("空白表示系统导入。"),
    )
    reason = LinesField(_("理由"), blank=True)
    made_at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("流转")
        verbose_name_plural = _("流转")
        ordering = ("-made_at", "-pk")
        default_permissions = ("view",)
        constraints = (
            known("transition", "name", TransitionName),
            known("transition", "stage", Stage),
            known("transition", "visibility", Visibility),
        )
        indexes = (
            # The database trigger looks up the newest row of a story or of its copy.
            models.Index(fields=["story", "of_copy", "-id"], name="transition_newest"),
            models.Index(fields=["name", "-made_at"], name="transition_by_name"),
        )

    def __str__(self):
        return f"{self.get_name_display()} {self.story}"

    @property
    def reached(self) -> str:
        """State after the transition, in words; of a copy only the stage, as it is never public."""
        stage = self.get_stage_display()
        if self.of_copy:
            return stage
        if self.name == TransitionName.SCHEDULE:
            return gettext("%(stage)s，等到定时") % {"stage": stage}
        return f"{stage}，{self.get_visibility_display()}"
