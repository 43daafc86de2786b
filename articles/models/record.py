"""What happened: inspections with their stops, meetings, and who was there."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.choices import AttendanceRole, Kind, PartOfDay, known, label_of
from articles.models.ordered import Ordered
from articles.models.project import Project
from articles.quarter import Quarter, QuarterField
from people.models import Appointment, Official, Organisation, Slugged
from people.models.slugged import SluggedManager
from people.names import SLUG_LENGTH, text_slug


class EventQuerySet(models.QuerySet):
    """Inspections or meetings."""

    def public(self, at=None):
        """Events that a live story records."""
        stories = Article.objects.live(at).filter(**{self.model.in_stories: OuterRef("pk")})
        return self.filter(Exists(stories))


class Event(Slugged):
    """A day's happening that stories report: what an inspection and a meeting share."""

    held_on = models.DateField(_("日期"))
    part_of_day = models.CharField(
        _("时段"), max_length=10, choices=PartOfDay, blank=True, help_text=_("报道没写就留空。")
    )
    summary = models.TextField(_("概要"), max_length=500, blank=True)
    quarter = QuarterField(
        _("记入季度"), blank=True, help_text=_("写成2021q1；空白则按日期。记入别的季度时请写明。")
    )

    objects = SluggedManager.from_queryset(EventQuerySet)()

    class Meta:
        abstract = True
        ordering = ("-held_on", "pk")

    def save(self, **options):
        """Fill the quarter when it is first saved; afterwards it is the editor's."""
        self.quarter = self.quarter or Quarter.of(self.held_on)
        super().save(**options)

    def slug_base(self):
        """Address with the day: events of one name come back every year."""
        day = f"{self.held_on:%Y%m%d}-"
        return day + text_slug(str(self), SLUG_LENGTH - len(day))


class Meeting(Event):
    """A meeting of which a story tells."""

    in_stories = "meetings"
    get_part_of_day_display = label_of(PartOfDay, "part_of_day")

    name = models.CharField(_("会议全称"), max_length=120)
    form = models.CharField(
        _("形式"), max_length=40, blank=True, help_text=_("如“电视电话会议”“座谈会”；没写就留空。")
    )
    venue = models.CharField(_("会场"), max_length=100, blank=True)
    organisers = models.ManyToManyField(
        Organisation, blank=True, related_name="meetings", verbose_name=_("召开单位")
    )
    open_ended = models.BooleanField(
        _("名单未尽"), default=False, help_text=_("报道的出席名单以“等”结尾。")
    )

    class Meta(Event.Meta):
        verbose_name = _("会议")
        verbose_name_plural = _("会议")
        indexes = (
            models.Index(fields=["-held_on", "id"], name="meeting_by_day"),
            models.Index(fields=["quarter", "-held_on", "id"], name="meeting_by_quarter"),
            models.Index(fields=["form", "-held_on", "id"], name="meeting_by_form"),
        )
        constraints = (known("meeting", "part_of_day", PartOfDay, blank=True),)

    def __str__(self):
        """Full name."""
        return self.name

    def get_absolute_url(self):
        """Page of the meeting."""
        return reverse("meeting", args=[self.slug])


class InspectionQuerySet(EventQuerySet):
    """Inspections."""

    def with_meeting(self, at=None):
        """Inspections with their meeting, and ``meeting_told_by``: a live story of it, or None.

        One row of a subquery and no EXISTS, which PostgreSQL answers by reading every story.
        """
        stories = Article.objects.live(at).filter(meetings=OuterRef("meeting")).order_by()
        told_by = Subquery(stories.values("pk")[:1])
        return self.select_related("meeting").annotate(meeting_told_by=told_by)


class Inspection(Event):
    """A party that went to look: 观摩, 调研 or 督导."""

    in_stories = "inspections"

    objects = SluggedManager.from_queryset(InspectionQuerySet)()

    title = models.CharField(_("名称"), max_length=120)
    kind = models.CharField(_("类型"), max_length=12, choices=Kind, default=Kind.TOUR)
    get_kind_display = label_of(Kind, "kind")
    get_part_of_day_display = label_of(PartOfDay, "part_of_day")
    ends_on = models.DateField(
        _("结束日期"), null=True, blank=True, help_text=_("只有一天就留空。")
    )
    place = models.CharField(_("地点"), max_length=100, blank=True)
    open_ended = models.BooleanField(
        _("点位未尽"), default=False, help_text=_("报道的点位名单以“等”结尾。")
    )
    meeting = models.ForeignKey(
        Meeting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="inspections",
        verbose_name=_("相关会议"),
        help_text=_("这次活动是哪场会议的一个阶段，或者接着召开了哪场会议。"),
    )

    class Meta(Event.Meta):
        verbose_name = _("观摩督导")
        verbose_name_plural = _("观摩督导")
        indexes = (
            models.Index(fields=["-held_on", "id"], name="inspection_by_day"),
            models.Index(fields=["quarter", "-held_on", "id"], name="inspection_by_quarter"),
            models.Index(fields=["kind", "-held_on", "id"], name="inspection_by_kind"),
        )
        constraints = (
            known("inspection", "kind", Kind),
            known("inspection", "part_of_day", PartOfDay, blank=True),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("held_on")),
                name="inspection_ends_after_start",
                violation_error_message=_("结束日期不能早于开始日期。"),
            ),
        )

    def __str__(self):
        """The title."""
        return self.title

    def get_absolute_url(self):
        """Page of the inspection."""
        return reverse("inspection", args=[self.slug])


class StopManager(models.Manager):
    """A stop is known by inspection, group and printed place."""

    def get_by_natural_key(self, inspection, group, place):
        """First such stop: an editor may have doubled it."""
        row = self.filter(inspection__slug=inspection, group=group, place=place).first()
        if row is None:
            raise self.model.DoesNotExist
        return row


class Stop(Ordered):
    """A place or matter that the party looked at, as printed."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="stops")
    group = models.CharField(
        _("分组"), max_length=40, blank=True, help_text=_("如“南部城区组”；没有分组就留空。")
    )
    place = models.CharField(_("点位"), max_length=120, help_text=_("地点或事项，按见报写法。"))
    projects = models.ManyToManyField(
        Project, blank=True, related_name="stops", verbose_name=_("项目")
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="stops",
        verbose_name=_("到访单位"),
    )

    objects = StopManager()

    class Meta(Ordered.Meta):
        verbose_name = _("点位")
        verbose_name_plural = _("点位")

    def __str__(self):
        """As printed."""
        return self.place

    def natural_key(self):
        """Inspection, group, place."""
        return (self.inspection.slug, self.group, self.place)

    natural_key.dependencies = [
        "articles.inspection",
        "articles.project",
        "people.organisation",
    ]


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


class Attendance(Ordered):
    """A person, or a body of people, at one event."""

    Role = AttendanceRole

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, null=True, blank=True, related_name="attendance"
    )
    inspection = models.ForeignKey(
        Inspection, models.CASCADE, null=True, blank=True, related_name="attendance"
    )
    printed_name = models.CharField(
        _("姓名"), max_length=40, blank=True, help_text=_("按见报写法；没有列名就留空。")
    )
    printed_title = models.CharField(
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
    group = models.CharField(_("分组"), max_length=40, blank=True)
    role = models.CharField(
        _("角色"), max_length=12, choices=AttendanceRole, default=AttendanceRole.ATTEND
    )
    get_role_display = label_of(AttendanceRole, "role")
    remarks = models.TextField(_("讲话要点"), blank=True, help_text=_("一行一条要求。"))

    objects = AttendanceManager.from_queryset(AttendanceQuerySet)()

    class Meta(Ordered.Meta):
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


def protect_linked(link: models.Field) -> None:
    """Refuse to delete the far side of a many-to-many link that is in use.

    Django lets the deletion cascade through the link table; this keeps the table's own key from
    it. The near side still takes its links along. No migration: databases never see on_delete.
    """
    key = link.remote_field.through._meta.get_field(link.m2m_reverse_field_name())
    key.remote_field.on_delete = models.PROTECT


for linked in (Article.projects, Article.inspections, Article.meetings, Stop.projects):
    protect_linked(linked.field)
protect_linked(Meeting.organisers.field)
