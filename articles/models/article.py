"""Stories."""

import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.images import CROP
from articles.models.article_managers import ArticleManager, ArticleQuerySet
from articles.models.base import ProtectedManyToManyField, QuarterFollows
from articles.models.choices import Stage, Visibility, known
from articles.quarter import Quarter, QuarterField
from articles.sanitise import BodyField
from people.shared.addresses import page_address
from people.shared.pinyin import SLUG_LENGTH, text_slug
from people.shared.slugs import SlugFollows
from people.shared.text import LineField, LinesField


class Article(SlugFollows, QuarterFollows):
    """A story and what it records; a row with ``copy_of`` is the working copy of a live one."""

    following = ("slug", "quarter")
    named_by = _("主题")

    Stage = Stage
    Visibility = Visibility

    kicker = LineField(
        _("引题"), max_length=100, blank=True, help_text=_("主题上面的一行，也叫肩题、眉题。")
    )
    headline = LineField(_("主题"), max_length=100)
    subhead = LineField(_("副题"), max_length=100, blank=True)
    dateline = LineField(
        _("电头"), max_length=80, blank=True, help_text=_("如“本报讯”，印在正文最前面。")
    )
    body = BodyField(_("正文"), blank=True)
    summary = LinesField(
        _("摘要"), max_length=300, blank=True, help_text=_("列表和分享时显示，一百字上下。")
    )
    keywords = LineField(_("关键词"), max_length=200, blank=True, help_text=_("用“、”分开。"))
    section = models.ForeignKey(
        "articles.Section",
        models.PROTECT,
        related_name="articles",
        null=True,
        blank=True,
        verbose_name=_("栏目"),
    )
    bulletin = models.ForeignKey(
        "articles.Bulletin",
        models.PROTECT,
        related_name="articles",
        null=True,
        blank=True,
        verbose_name=_("专刊"),
    )
    page = LineField(
        _("版"), max_length=20, blank=True, help_text=_("如“01版：要闻”；不分版就留空。")
    )
    position = models.PositiveSmallIntegerField(
        _("版内位置"), default=0, help_text=_("同一版上的先后，头条为1；0表示未定。")
    )
    source = LineField(
        _("来源"), max_length=80, blank=True, help_text=_("转载时写原媒体；本报自采留空。")
    )
    issued_on = models.DateField(
        _("见报日期"),
        null=True,
        blank=True,
        help_text=_("空白则在发布时取刊期，没有专刊就取当天。发布后不可改。"),
    )
    slug = models.SlugField(
        _("网址名"),
        max_length=SLUG_LENGTH,
        blank=True,
        help_text=_("小写字母、数字和连字符；空白则随主题的拼音。发布后不可改。"),
    )
    quarter = QuarterField(
        _("记入季度"),
        blank=True,
        help_text=_("写成2021q1；空白则随专刊，没有专刊就随见报日期，到发布为止。"),
    )
    stage = models.CharField(_("审稿阶段"), max_length=10, choices=Stage, default=Stage.DRAFT)
    #: Derived by ``editorial``, for the queues: empty where none is asked for.
    next_review = models.CharField(
        _("待审"), max_length=10, choices=Stage, blank=True, editable=False
    )
    visibility = models.CharField(
        _("对外状态"), max_length=12, choices=Visibility, default=Visibility.UNPUBLISHED
    )
    published_at = models.DateTimeField(_("首次发布时间"), null=True, blank=True)
    expires_at = models.DateTimeField(_("下线时间"), null=True, blank=True)
    updated_at = models.DateTimeField(
        _("更新时间"), null=True, blank=True, help_text=_("发布后又改过才有：最近一次发布的时间。")
    )
    scheduled_for = models.DateTimeField(
        _("定时"), null=True, blank=True, help_text=_("已签发的修改到这个时间替换线上的稿件。")
    )
    failure = LinesField(
        _("定时失败"), blank=True, help_text=_("到点没能发布的原因；定时仍然保留。")
    )
    record_changed_at = models.DateTimeField(
        _("记录改动时间"), null=True, blank=True, help_text=_("发布后所记活动有改动，还没有核对。")
    )
    binned_at = models.DateTimeField(_("放进回收站的时间"), null=True, blank=True, editable=False)
    binned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="binned",
        verbose_name=_("删除人"),
    )
    copy_of = models.OneToOneField(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        editable=False,
        related_name="working_copy",
        verbose_name=_("原稿"),
    )
    projects = ProtectedManyToManyField(
        "articles.Project", blank=True, related_name="articles", verbose_name=_("涉及项目")
    )
    inspections = ProtectedManyToManyField(
        "articles.Inspection", blank=True, related_name="articles", verbose_name=_("所记观摩督导")
    )
    meetings = ProtectedManyToManyField(
        "articles.Meeting", blank=True, related_name="articles", verbose_name=_("所记会议")
    )

    objects = ArticleManager.from_queryset(ArticleQuerySet)()
    all_objects = ArticleQuerySet.as_manager()

    #: Order of every public list: the newest day first, then by page and position.
    IN_PRINT = ("-issued_on", "page", "position", "pk")

    class Meta:
        verbose_name = _("稿件")
        verbose_name_plural = _("稿件")
        ordering = ("-issued_on", "page", "position", "pk")
        permissions = (
            ("review_first", _("可以一审")),
            ("review_second", _("可以二审")),
            ("sign_article", _("可以三审签发")),
            ("publish_article", _("可以发布稿件")),
            ("publish_urgently", _("可以不经审签紧急发布")),
            ("withdraw_article", _("可以撤回稿件")),
            ("amend_article", _("可以修改已发布的稿件及其记录")),
            ("layout_article", _("可以排版")),
        )
        constraints = (
            known("article", "stage", Stage),
            known("article", "next_review", Stage, blank=True),
            known("article", "visibility", Visibility),
            models.CheckConstraint(
                condition=~Q(visibility="live")
                | (Q(published_at__isnull=False, issued_on__isnull=False) & ~Q(slug="")),
                name="article_live_has_time_and_address",
                violation_error_message=_("已发布的稿件必须有发布时间、见报日期和网址名。"),
            ),
            models.CheckConstraint(
                condition=~Q(visibility="live") | Q(copy_of=None),
                name="article_copy_never_live",
                violation_error_message=_("修改中的副本不能直接对外。"),
            ),
            models.CheckConstraint(
                condition=Q(binned_at=None)
                | Q(copy_of=None, stage="draft", visibility="unpublished"),
                name="article_only_draft_binned",
                violation_error_message=_("只有没有送审的草稿可以放进回收站。"),
            ),
            models.CheckConstraint(
                condition=Q(scheduled_for=None) | Q(copy_of__isnull=False, stage="signed"),
                name="article_only_signed_copy_scheduled",
                violation_error_message=_("只有已签发的修改可以定时替换。"),
            ),
            models.CheckConstraint(
                condition=Q(expires_at=None)
                | Q(published_at=None)
                | Q(expires_at__gt=F("published_at")),
                name="article_expires_after_publication",
                violation_error_message=_("下线时间必须晚于发布时间。"),
            ),
            models.UniqueConstraint(
                fields=["issued_on", "slug"],
                condition=Q(copy_of=None, binned_at=None),
                name="article_address_once",
                violation_error_message=_("当日已有同一网址名的稿件，请换一个网址名。"),
            ),
            # In a unique constraint two NULLs count as different.
            models.UniqueConstraint(
                fields=["slug"],
                condition=Q(copy_of=None, issued_on=None, binned_at=None),
                name="article_undated_address_once",
                violation_error_message=_("已有同一网址名的稿件，请换一个网址名。"),
            ),
        )
        indexes = (
            *(
                models.Index(
                    fields=[*narrowed, "-issued_on", "page", "position", "id"],
                    condition=Q(visibility="live"),
                    name="_".join(["live", *narrowed, "in_print"]),
                )
                for narrowed in ([], ["section"], ["bulletin"], ["quarter"])
            ),
            # For the queues on the desk's index: the few rows that wait for something.
            *(
                models.Index(fields=fields, condition=condition, name=f"article_{name}")
                for fields, condition, name in (
                    (["stage", "id"], Q(stage__in=["first", "second", "third"]), "in_review"),
                    (["stage", "id"], Q(visibility="unpublished"), "unpublished"),
                    (["next_review", "id"], ~Q(next_review=""), "next_review"),
                    (["scheduled_for"], Q(scheduled_for__isnull=False), "scheduled"),
                    (["record_changed_at"], Q(record_changed_at__isnull=False), "record_changed"),
                )
            ),
            # The stage keeps SQLite from using this index for other queries of live stories.
            models.Index(
                fields=["published_at"],
                condition=Q(visibility="live", stage="signed"),
                name="article_by_publication",
            ),
        )

    def __str__(self):
        return "　".join(filter(None, (self.kicker, self.headline)))

    def get_absolute_url(self) -> str:
        return self.address_of("article")

    @property
    def thumbnail(self) -> dict | None:
        """First picture for a list, as ``Photo.picture`` gives it; prefetched by ``for_list``."""
        return next((use.photo.picture(CROP) for use in self.photos.all()), None)

    def address_of(self, page: str) -> str:
        """Path of one of its pages, by URL name; the story has a day and a slug."""
        day = self.issued_on
        return page_address(page, day.year, day.month, day.day, self.slug)

    def natural_key(self) -> tuple[str | None, str, str]:
        """Address, and whether this is the working copy."""
        issued_on = self.issued_on.isoformat() if self.issued_on else None
        return (issued_on, self.slug, "copy" if self.copy_of_id else "")

    natural_key.dependencies = [
        f"articles.{name}" for name in ("section", "bulletin", "project", "inspection", "meeting")
    ]

    def is_live(self, at: datetime.datetime | None = None) -> bool:
        """Whether the public may see the story; the same rule as ``live_at``."""
        at = at or timezone.now()
        is_over = self.expires_at is not None and self.expires_at <= at
        return self.visibility == Visibility.LIVE and self.published_at <= at and not is_over

    @property
    def layout(self) -> str:
        """Page and position in the issue, in words; empty where none is set."""
        place = gettext("第%(position)d条") % {"position": self.position} if self.position else ""
        return " ".join(filter(None, [self.page, place]))

    def was_published(self) -> bool:
        """Whether the story was ever published, or is the working copy of one that was."""
        return bool(self.published_at or self.copy_of_id)

    def slug_base(self) -> str:
        """Slug of the headline without the kicker."""
        return text_slug(self.headline)

    def slugs_of_others(self) -> models.QuerySet:
        """Stories of all days, as the day may still change; those in the bin are left out."""
        return Article.objects.originals().exclude(pk=self.pk)

    def derived_slug(self, stored: Self | None) -> str:
        """Take another number if an editor has given the slug to a story of the same day."""
        slug = super().derived_slug(stored)
        taken = self.slugs_of_others().filter(issued_on=self.issued_on, slug=slug).exists()
        return self.free_slug() if taken else slug

    def natural_quarter(self) -> Quarter:
        """Quarter of the bulletin, else of the day of issue, else of today."""
        day = self.issued_on or timezone.localdate()
        return self.bulletin.quarter if self.bulletin else Quarter.of(day)

    def source_of_quarter(self) -> str:
        dated = gettext("见报日期") if self.issued_on else gettext("发布日期")
        return gettext("专刊") if self.bulletin_id else dated
