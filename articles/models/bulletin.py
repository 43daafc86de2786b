"""Sections of the site and issues of the paper."""

import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.base import QuarterFollows
from articles.quarter import Quarter, QuarterField
from people.shared.addresses import page_address
from people.shared.slugs import Slugged, SluggedManager
from people.shared.text import LineField


class Section(Slugged):
    """A section of the site: 要闻, 项目, 会议, 督导 and so on."""

    name = LineField(_("名称"), max_length=20, unique=True)
    order = models.PositiveSmallIntegerField(
        _("次序"), default=100, help_text=_("在导航中的先后，小的在前。")
    )

    objects = SluggedManager()

    class Meta:
        verbose_name = _("栏目")
        verbose_name_plural = _("栏目")
        ordering = ("order", "pk")

    def __str__(self):
        return self.name

    def get_absolute_url(self) -> str:
        return page_address("section", self.slug)


class BulletinQuerySet(models.QuerySet):
    def public(self, at: datetime.datetime | None = None) -> Self:
        """Issues with a story that is live at ``at``, by default now."""
        stories = Article.objects.live(at).filter(bulletin=models.OuterRef("pk"))
        return self.filter(models.Exists(stories))


class Bulletin(QuarterFollows, Slugged):
    """An issue of the paper, or a special issue; its stories have a page and a position."""

    following = ("slug", "quarter")
    named_by = _("标题")

    title = LineField(_("标题"), max_length=80)
    quarter = QuarterField(
        _("所记季度"),
        help_text=_("写成2021q1；空白则随刊期。本期的稿件和活动都记入这个季度。"),
        blank=True,
    )
    issued_on = models.DateField(_("刊期"))

    objects = SluggedManager.from_queryset(BulletinQuerySet)()

    class Meta:
        verbose_name = _("专刊")
        verbose_name_plural = _("专刊")
        ordering = ("-issued_on", "-pk")
        indexes = (models.Index(fields=["-issued_on", "-id"], name="bulletin_by_day"),)

    def __str__(self):
        return self.title

    def get_absolute_url(self) -> str:
        return page_address("bulletin", self.slug)

    def natural_quarter(self) -> Quarter:
        return Quarter.of(self.issued_on)

    def source_of_quarter(self) -> str:
        return gettext("刊期")
