"""Inspections with their stops, and meetings."""

import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.base import Ordered, ProtectedManyToManyField, QuarterFollows
from articles.models.choices import Kind, PartOfDay, known, label_of
from articles.models.project import Project
from articles.quarter import Quarter, QuarterField
from people.models import Organisation
from people.shared.addresses import page_address
from people.shared.pinyin import SLUG_LENGTH, text_slug
from people.shared.slugs import Slugged, SluggedManager
from people.shared.text import LineField, LinesField


class EventQuerySet(models.QuerySet):
    def public(self, at: datetime.datetime | None = None) -> Self:
        """Events that a story records which is live at ``at``, by default now."""
        stories = Article.objects.live(at).filter(**{self.model.in_stories: OuterRef("pk")})
        return self.filter(Exists(stories))

    def since(self, day: datetime.date) -> Self:
        """Events that end on ``day`` or later."""
        return self.filter(Q(held_on__gte=day) | Q(ends_on__gte=day))


def ends_after_start(event: str) -> models.CheckConstraint:
    """Make the constraint that the last day is not before the first."""
    return models.CheckConstraint(
        condition=Q(ends_on=None) | Q(ends_on__gte=F("held_on")),
        name=f"{event}_ends_after_start",
        violation_error_message=_("结束日期不能早于开始日期。"),
    )


def by_last_day(event: str) -> models.Index:
    """Make an index for ``since`` of the few events that lasted longer than a day."""
    lasting = Q(ends_on__isnull=False)
    return models.Index(fields=["ends_on"], condition=lasting, name=f"{event}_by_last_day")


class Event(QuarterFollows, Slugged):
    """What inspections and meetings have in common."""

    #: Name of the relation from stories to events of this model.
    in_stories: str

    following = ("slug", "quarter")
    named_by = _("日期和名称")

    held_on = models.DateField(_("日期"))
    ends_on = models.DateField(
        _("结束日期"), null=True, blank=True, help_text=_("只有一天就留空。")
    )
    part_of_day = models.CharField(
        _("时段"), max_length=10, choices=PartOfDay, blank=True, help_text=_("报道没写就留空。")
    )
    summary = LinesField(_("概要"), max_length=500, blank=True)
    quarter = QuarterField(
        _("记入季度"),
        blank=True,
        help_text=_(
            "写成2021q1；空白则随报道它的专刊，没有专刊就随日期，到发布为止。记入别的季度时请写明。"
        ),
    )

    objects = SluggedManager.from_queryset(EventQuerySet)()

    class Meta:
        abstract = True
        ordering = ("-held_on", "pk")

    @property
    def choice_label(self) -> str:
        """Name with the days, as every year has events of the same name."""
        return f"{self}（{date_format(self.held_on)}{self.until}）"

    def slug_base(self) -> str:
        """Begin with the day, as every year has events of the same name."""
        day = self.held_on.isoformat().replace("-", "") + "-"
        return day + text_slug(str(self), SLUG_LENGTH - len(day))

    def natural_quarter(self) -> Quarter:
        """Quarter of the first bulletin whose stories record the event, else of its first day."""
        bulletin = self._bulletin()
        return bulletin.quarter if bulletin else Quarter.of(self.held_on)

    def source_of_quarter(self) -> str:
        return gettext("专刊") if self._bulletin() else gettext("日期")

    def _bulletin(self):
        if self.pk is None:
            return None
        stories = self.articles.filter(bulletin__isnull=False).select_related("bulletin")
        story = stories.order_by("bulletin__issued_on", "pk").first()
        return story and story.bulletin

    @property
    def other_quarter(self) -> Quarter | None:
        """Quarter that the event is recorded in, if it is not the quarter of its first day."""
        return None if self.quarter == Quarter.of(self.held_on) else self.quarter

    @property
    def until(self) -> str:
        """至5月12日, to be printed after the first day; empty for an event of one day."""
        if self.ends_on is None or self.ends_on == self.held_on:
            return ""
        within = self.ends_on.year == self.held_on.year
        line = (
            gettext("至%(month)d月%(day)d日")
            if within
            else gettext("至%(year)d年%(month)d月%(day)d日")
        )
        return line % {name: getattr(self.ends_on, name) for name in ("year", "month", "day")}


class Meeting(Event):
    in_stories = "meetings"
    get_part_of_day_display = label_of(PartOfDay, "part_of_day")

    name = LineField(_("会议全称"), max_length=120)
    form = LineField(
        _("形式"), max_length=40, blank=True, help_text=_("如“电视电话会议”“座谈会”；没写就留空。")
    )
    venue = LineField(_("会场"), max_length=100, blank=True)
    organisers = ProtectedManyToManyField(
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
            by_last_day("meeting"),
        )
        constraints = (
            known("meeting", "part_of_day", PartOfDay, blank=True),
            ends_after_start("meeting"),
        )

    def __str__(self):
        return self.name

    def get_absolute_url(self) -> str:
        return page_address("meeting", self.slug)


class InspectionQuerySet(EventQuerySet):
    def with_meeting(self, at: datetime.datetime | None = None) -> Self:
        """Join the meeting; annotate ``meeting_told_by``, the key of a live story of it or None.

        With EXISTS instead of a subquery PostgreSQL would read every story.
        """
        stories = Article.objects.live(at).filter(meetings=OuterRef("meeting")).order_by()
        told_by = Subquery(stories.values("pk")[:1])
        return self.select_related("meeting").annotate(meeting_told_by=told_by)


class Inspection(Event):
    """A visit by a party of officials: 观摩, 调研 or 督导."""

    #: Annotated by ``with_meeting``.
    meeting_told_by: int | None

    in_stories = "inspections"

    objects = SluggedManager.from_queryset(InspectionQuerySet)()

    title = LineField(_("名称"), max_length=120)
    kind = models.CharField(_("类型"), max_length=12, choices=Kind, default=Kind.TOUR)
    get_kind_display = label_of(Kind, "kind")
    get_part_of_day_display = label_of(PartOfDay, "part_of_day")
    place = LineField(_("地点"), max_length=100, blank=True)
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
            by_last_day("inspection"),
        )
        constraints = (
            known("inspection", "kind", Kind),
            known("inspection", "part_of_day", PartOfDay, blank=True),
            ends_after_start("inspection"),
        )

    def __str__(self):
        return self.title

    def get_absolute_url(self) -> str:
        return page_address("inspection", self.slug)


class StopManager(models.Manager["Stop"]):
    def get_by_natural_key(self, inspection: str, group: str, place: str) -> "Stop":
        """Take the inspection's slug. Returns the first of equal rows, which may exist."""
        row = self.filter(inspection__slug=inspection, group=group, place=place).first()
        if row is None:
            raise self.model.DoesNotExist
        return row


class Stop(Ordered):
    """A place or matter that the party visited, as printed."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="stops")
    group = LineField(
        _("分组"), max_length=40, blank=True, help_text=_("如“南部城区组”；没有分组就留空。")
    )
    place = LineField(_("点位"), max_length=120, help_text=_("地点或事项，按见报写法。"))
    projects = ProtectedManyToManyField(
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
        return self.place

    def natural_key(self) -> tuple[str, str, str]:
        return (self.inspection.slug, self.group, self.place)

    natural_key.dependencies = [
        "articles.inspection",
        "articles.project",
        "people.organisation",
    ]
