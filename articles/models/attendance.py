"""Who was at a meeting or an inspection, and what was asked there."""

from django.db import models
from django.db.models import OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from articles.models.base import PrintsName
from articles.models.choices import AttendanceRole, known, label_of
from articles.models.events import Event, Inspection, Meeting
from people.models import Appointment, Official
from people.shared.text import LineField, LinesField, NameField


class AttendanceQuerySet(models.QuerySet):
    """Who was where."""

    def public(self, at=None):
        """Rows of public events."""
        return self.filter(
            Q(meeting__in=Meeting.objects.public(at))
            | Q(inspection__in=Inspection.objects.public(at))
        )

    def with_rank(self):
        """Rows with the best ``rank`` that the official held on the day; None for no rank."""
        return self.annotate(
            day=Coalesce("meeting__held_on", "inspection__held_on"),
            rank=Appointment.objects.best_rank(OuterRef("day")),
        )


class AttendanceManager(models.Manager):
    """A row is known by event, group, and name, or the phrase where nobody is named."""

    def get_by_natural_key(self, event, slug, group, who):
        """First such row: an editor may have doubled it."""
        named = Q(printed_name=who) | Q(printed_name="", printed_title=who)
        row = self.filter(named, group=group, **{f"{event}__slug": slug}).first()
        if row is None:
            raise self.model.DoesNotExist
        return row


#: Stands where a title would, for what is said without a speaker; nobody's title.
SPEAKERLESS = "会议"


class Attendance(PrintsName):
    """A person, or a body of people, at one event."""

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
        """Title and name, as printed."""
        return f"{self.printed_title}{self.printed_name}"

    @property
    def is_speakerless(self) -> bool:
        """Whether it holds what was said without a speaker (会议强调): nobody was there by it."""
        return not self.printed_name and self.printed_title == SPEAKERLESS

    def natural_key(self):
        """Kind of event, its address, group, name or phrase."""
        event = "meeting" if self.meeting_id else "inspection"
        return (event, self.event.slug, self.group, self.printed_name or self.printed_title)

    natural_key.dependencies = ["articles.meeting", "articles.inspection", "people.official"]

    @property
    def event(self) -> Event:
        """The meeting or the inspection."""
        return self.meeting or self.inspection

    @property
    def event_id(self) -> int:
        """Key of the meeting or of the inspection."""
        return self.meeting_id or self.inspection_id

    @property
    def title(self) -> str:
        """Title as printed; where none is, the one the official held that day."""
        if self.printed_title or not self.official:
            return self.printed_title
        return self.official.title_on(self.event.held_on)

    @property
    def demands(self) -> list[str]:
        """Remarks, one demand an item."""
        return [line for line in map(str.strip, self.remarks.splitlines()) if line]
