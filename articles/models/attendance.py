"""Attendance of meetings and inspections, with what each person demanded there."""

import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from articles.models.base import PrintsName
from articles.models.choices import AttendanceRole, known, label_of
from articles.models.events import Inspection, Meeting
from people.models import Official
from people.shared.text import LineField, LinesField, NameField


class AttendanceQuerySet(models.QuerySet):
    def public(self, at: datetime.datetime | None = None) -> Self:
        """Rows of events that are public at ``at``, by default now."""
        return self.filter(
            Q(meeting__in=Meeting.objects.public(at))
            | Q(inspection__in=Inspection.objects.public(at))
        )


class AttendanceManager(models.Manager["Attendance"]):
    def get_by_natural_key(self, event: str, slug: str, group: str, who: str) -> "Attendance":
        """Take meeting or inspection, its slug, the group, and the name or, without one, the title.

        Returns the first of equal rows: no constraint forbids them.
        """
        named = Q(printed_name=who) | Q(printed_name="", printed_title=who)
        row = self.filter(named, group=group, **{f"{event}__slug": slug}).first()
        if row is None:
            raise self.model.DoesNotExist
        return row


#: Printed title of a row for what a meeting says without a speaker (会议强调).
SPEAKERLESS = "会议"


class Attendance(PrintsName):
    """A person, or a group without names, at one event."""

    Role = AttendanceRole

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, null=True, blank=True, related_name="attendance"
    )
    inspection = models.ForeignKey(
        Inspection, models.CASCADE, null=True, blank=True, related_name="attendance"
    )
    printed_name = NameField(
        _("姓名"), max_length=40, blank=True, help_text=_("按见报写法；没有列名就留空。")
    )
    printed_title = LineField(
        _("职务或称谓"),
        max_length=100,
        blank=True,
        help_text=_("按见报写法，如“区委副书记、区长”“区四个班子领导”。"),
    )
    official = models.ForeignKey(
        Official,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="attendance",
        verbose_name=_("官员"),
    )
    group = LineField(_("分组"), max_length=40, blank=True)
    role = models.CharField(
        _("角色"), max_length=12, choices=AttendanceRole, default=AttendanceRole.ATTEND
    )
    get_role_display = label_of(AttendanceRole, "role")
    remarks = LinesField(_("讲话要点"), blank=True, help_text=_("一行一条要求。"))

    objects = AttendanceManager.from_queryset(AttendanceQuerySet)()

    class Meta(PrintsName.Meta):
        verbose_name = _("出席")
        verbose_name_plural = _("出席")
        constraints = (
            known("attendance", "role", AttendanceRole),
            models.CheckConstraint(
                condition=Q(meeting=None, inspection__isnull=False)
                | Q(meeting__isnull=False, inspection=None),
                name="attendance_of_one_event",
                violation_error_message=_("出席只能属于一场会议或一次观摩督导。"),
            ),
            models.CheckConstraint(
                condition=~Q(printed_name="") | ~Q(printed_title=""),
                name="attendance_names_someone",
                violation_error_message=_("姓名和称谓至少填一项。"),
            ),
        )

    def __str__(self):
        return f"{self.printed_title}{self.printed_name}"

    @property
    def is_speakerless(self) -> bool:
        """Whether the row is for what was said without a speaker, and so for no person."""
        return not self.printed_name and self.printed_title == SPEAKERLESS

    def natural_key(self) -> tuple[str, str, str, str]:
        event = "meeting" if self.meeting_id else "inspection"
        return (event, self.event.slug, self.group, self.printed_name or self.printed_title)

    natural_key.dependencies = ["articles.meeting", "articles.inspection", "people.official"]

    @property
    def event(self) -> Meeting | Inspection:
        # One of them is set: a constraint says so.
        return self.meeting or self.inspection  # type: ignore[return-value]

    @property
    def event_id(self) -> int:
        return self.meeting_id or self.inspection_id

    @property
    def title(self) -> str:
        """Printed title, or else the title that the official held on that day."""
        if self.printed_title or not self.official:
            return self.printed_title
        return self.official.title_on(self.event.held_on)

    @cached_property
    def rank(self) -> int | None:
        """The official's best rank on that day, if any is known."""
        return self.official and self.official.rank_on(self.event.held_on)

    @property
    def demands(self) -> list[str]:
        """Lines of the remarks, each of which is one demand."""
        return [line for line in map(str.strip, self.remarks.splitlines()) if line]
