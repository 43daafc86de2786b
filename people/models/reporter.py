"""Staff reporters and correspondents, who sign stories."""

import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models.named import Named, NamedQuerySet
from people.shared.addresses import page_address
from people.shared.slugs import SluggedManager
from people.shared.text import LineField


class ReporterQuerySet(NamedQuerySet):
    shown_by = "bylines"


class Reporter(Named):
    """A name that signs stories."""

    class Kind(models.TextChoices):
        """A reporter has a press card, which the law requires; a correspondent has none."""

        STAFF = "staff", _("记者")
        CORRESPONDENT = "correspondent", _("通讯员")

    published_by = "bylines__article__published_at"

    kind = models.CharField(_("身份"), max_length=20, choices=Kind, default=Kind.STAFF)
    unit = LineField(_("单位"), max_length=80, blank=True, help_text=_("通讯员所在单位。"))
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="reporter",
        verbose_name=_("账号"),
    )

    objects = SluggedManager.from_queryset(ReporterQuerySet)()

    class Meta(Named.Meta):
        verbose_name = _("记者/通讯员")
        verbose_name_plural = _("记者/通讯员")
        indexes = (models.Index(fields=["pinyin", "id"], name="reporter_by_pinyin"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind__in=("staff", "correspondent")),
                name="reporter_kind_known",
                violation_error_message=_("身份只能是记者或通讯员。"),
            ),
        )

    @property
    def choice_label(self) -> str:
        """Name with kind and unit, as two may share a name."""
        about = "，".join(filter(None, [self.get_kind_display(), self.unit]))
        return f"{self.name}（{about}）"

    def label_on(self, day: datetime.date) -> str:
        """Label for a list of choices; nothing in it depends on the day."""
        return self.choice_label

    def get_absolute_url(self) -> str:
        return page_address("reporter", self.slug)
