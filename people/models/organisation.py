"""Organisations: party, government, towns, bureaus, enterprises; and their names over time."""

import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.shared.text import LineField


class Dated(models.Model):
    """A row that holds from ``starts`` up to, not including, ``ends``; None is an unknown day."""

    starts: "models.DateField[Any, datetime.date | None]"
    ends: "models.DateField[Any, datetime.date | None]"

    class Meta:
        abstract = True

    @property
    def is_dated(self) -> bool:
        """Whether either day is known."""
        return self.starts is not None or self.ends is not None

    def has_begun(self, day: datetime.date) -> bool:
        """Whether ``starts`` is not after ``day``, or unknown."""
        return self.starts is None or self.starts <= day

    def has_ended(self, day: datetime.date) -> bool:
        """Whether ``ends`` is known and not after ``day``."""
        return self.ends is not None and self.ends <= day

    def covers(self, day: datetime.date) -> bool:
        """Whether it held on ``day``, as far as is known."""
        return self.has_begun(day) and not self.has_ended(day)

    def nearest(self, day: datetime.date) -> datetime.date:
        """Day of the term that is nearest to ``day``."""
        if self.ends is not None and self.ends <= day:
            return max(self.ends, datetime.date(1, 1, 2)) - datetime.timedelta(1)
        return max(day, self.starts or day)


class OrganisationManager(models.Manager["Organisation"]):
    def get_queryset(self) -> models.QuerySet["Organisation"]:
        """Prefetch the names: a page that prints an organisation needs its name on some day."""
        return super().get_queryset().prefetch_related("names")

    def get_by_natural_key(self, name: str) -> "Organisation":
        return self.get(name=name)


class Organisation(models.Model):
    """An organisation in which people hold posts, that convenes meetings or is visited.

    ``name`` and ``short_name`` are the names under which it was registered here. They hold on every
    day for which ``names`` has no other. ``name`` is the natural key and never changes.
    """

    name = LineField(
        gettext_lazy("全称"),
        max_length=80,
        unique=True,
        help_text=gettext_lazy("登记以后不再改：机构改了名，在下面加一行。"),
    )
    short_name = LineField(
        gettext_lazy("简称"),
        max_length=40,
        blank=True,
        help_text=gettext_lazy("报道中的叫法，如“区委”。"),
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=gettext_lazy("上级机构"),
    )
    block_order = models.PositiveSmallIntegerField(
        gettext_lazy("排序"),
        default=100,
        help_text=gettext_lazy(
            "先后次序，小的在前。一般为党委、人大、政府、政协；次序由本报确定。"
        ),
    )

    objects = OrganisationManager()

    class Meta:
        verbose_name = gettext_lazy("机构")
        verbose_name_plural = gettext_lazy("机构")
        ordering = ("block_order", "pk")
        # Foreign keys to it prefetch the names as well.
        base_manager_name = "objects"

    def __str__(self):
        """Today's full name: two districts may share a short one."""
        return self.name_on(timezone.localdate())

    def natural_key(self) -> tuple[str]:
        return (self.name,)

    # Parents come before their children in a dump.
    natural_key.dependencies = []  # type: ignore[attr-defined]

    def named_on(self, day: datetime.date) -> "OrganisationName | Organisation":
        """Row with the ``name`` and the ``short_name`` of ``day``."""
        names = self.names.all() if self.pk else ()
        return next((name for name in names if name.covers(day)), self)

    def name_on(self, day: datetime.date) -> str:
        """Full name on ``day``."""
        return self.named_on(day).name

    @staticmethod
    def choice_label_needs(path: str = "") -> list[str]:
        """What ``choice_label`` needs prefetched; ``path`` is the prefix of the look-ups."""
        return [f"{path}names"]

    @property
    def choice_label(self) -> str:
        """Today's name, with those of other days: an editor may look for any of them."""
        today = str(self)
        others = dict.fromkeys([self.name, *(one.name for one in self.names.all())])
        others.pop(today, None)
        if not others:
            return today
        return _("%(name)s（也叫%(others)s）") % {"name": today, "others": "、".join(others)}


class OrganisationNameManager(models.Manager["OrganisationName"]):
    def get_by_natural_key(self, organisation: str, starts: str | None) -> "OrganisationName":
        """Take the organisation's ``name`` and the first day in ISO format."""
        return self.get(organisation__name=organisation, starts=starts)


class OrganisationName(Dated):
    """What an organisation is called from ``starts`` up to, not including, ``ends``."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="names", verbose_name=gettext_lazy("机构")
    )
    name = LineField(gettext_lazy("全称"), max_length=80)
    short_name = LineField(gettext_lazy("简称"), max_length=40, blank=True)
    starts = models.DateField(
        gettext_lazy("启用"),
        null=True,
        blank=True,
        help_text=gettext_lazy("当日起叫这个名称；不知道就留空。"),
    )
    ends = models.DateField(
        gettext_lazy("停用"),
        null=True,
        blank=True,
        help_text=gettext_lazy("当日起不再叫这个名称；还在用或不知道就留空。"),
    )

    objects = OrganisationNameManager()

    class Meta:
        verbose_name = gettext_lazy("名称")
        verbose_name_plural = gettext_lazy("改过的名称")
        ordering = (F("starts").desc(nulls_last=True), "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(starts=None) | Q(ends=None) | Q(ends__gt=F("starts")),
                name="organisation_name_ends_after_start",
                violation_error_message=gettext_lazy("“停用”必须晚于“启用”。"),
            ),
            models.UniqueConstraint(
                fields=["organisation", "starts"],
                name="organisation_name_once",
                violation_error_message=gettext_lazy("这个机构从那天起已经有一个名称了。"),
            ),
            # In a unique constraint two NULLs count as different.
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(starts=None),
                name="undated_organisation_name_once",
                violation_error_message=gettext_lazy("这个机构已经有一个不知道启用日期的名称了。"),
            ),
        )

    def __str__(self):
        return self.name

    def natural_key(self) -> tuple[str, str | None]:
        return (self.organisation.name, self.starts.isoformat() if self.starts else None)

    natural_key.dependencies = ["people.organisation"]  # type: ignore[attr-defined]

    def overlaps(self, other: "OrganisationName") -> bool:
        """Whether both hold on some day."""
        return all(
            one.starts is None or another.ends is None or one.starts < another.ends
            for one, another in ((self, other), (other, self))
        )
