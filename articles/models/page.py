"""Pages about the paper itself: 关于本报, 联系, 版权 and so on."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.sanitise import BodyField
from people.shared.addresses import page_address
from people.shared.slugs import Slugged, SluggedManager
from people.shared.text import LineField


class PageQuerySet(models.QuerySet):
    def public(self) -> Self:
        """Pages with a text."""
        return self.exclude(body="")


class Page(Slugged):
    """A page about the paper; public if it has a text."""

    named_by = _("标题")

    title = LineField(_("标题"), max_length=40)
    body = BodyField(_("正文"), blank=True, help_text=_("空白的页面不对外，页脚也没有它。"))
    order = models.PositiveSmallIntegerField(
        _("次序"), default=100, help_text=_("在页脚中的先后，小的在前。")
    )

    objects = SluggedManager.from_queryset(PageQuerySet)()

    class Meta:
        verbose_name = _("页面")
        verbose_name_plural = _("页面")
        ordering = ("order", "pk")

    def __str__(self):
        return self.title

    def get_absolute_url(self) -> str:
        return page_address("page", self.slug)

    def was_published(self) -> bool:
        return bool(self.body)
