"""Where stories stand: sections of the site, issues of the paper."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.base import QuarterFollows
from articles.quarter import Quarter, QuarterField
from people.shared.slugs import Slugged, SluggedManager
from people.shared.text import LineField


class Section(Slugged):
    """A column of the site: 要闻, 项目, 会议, 督导 and so on."""

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
        """The name."""
        return self.name

    def get_absolute_url(self):
        """Page of the section."""
        return reverse("section", args=[self.slug])


class BulletinQuerySet(models.QuerySet):
    """Issues."""

    def public(self, at=None):
        """Issues with a live story."""
        stories = Article.objects.live(at).filter(bulletin=models.OuterRef("pk"))
        return self.filter(models.Exists(stories))


class Bulletin(QuarterFollows, Slugged):
    """An issue of the paper, or a special: its stories stand on pages, in order."""

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
        """The title."""
        return self.title

    def get_absolute_url(self):
        """Page of the issue."""
        return reverse("bulletin", args=[self.slug])

    def natural_quarter(self):
        """Quarter of its day."""
        return Quarter.of(self.issued_on)

    def source_of_quarter(self):
        """The day."""
        return gettext("刊期")
