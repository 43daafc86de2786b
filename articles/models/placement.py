"""Stories that editors have placed on the front page."""

import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.base import Ordered
from articles.models.choices import Place, known


class PlacementQuerySet(models.QuerySet):
    def running(self, at: datetime.datetime | None = None) -> Self:
        """Placements that have started and not ended at ``at``, by default now."""
        at = at or timezone.now()
        return self.filter(Q(starts=None) | Q(starts__lte=at), ends__gt=at)

    def shown(self, at: datetime.datetime | None = None) -> list["Placement"]:
        """Running placements of live stories, each with its ``story`` without the body.

        Two queries, or one if nothing is placed: for a join SQLite would read all live stories.
        """
        stories = Article.objects.live(at).select_related("section").defer("body")
        running = self.running(at).prefetch_related(Prefetch("article", stories, to_attr="story"))
        return [placement for placement in running if placement.story]


class Placement(Ordered):
    """A story that an editor has placed on the front page. Without any, the newest story leads.

    Of two at one place the one with the lower order is first, and without an order the newer one.
    So a new lead replaces the former one, which returns when the new one ends.
    """

    #: The story if it is live; set by ``shown``.
    story: Article | None

    Place = Place

    article = models.ForeignKey(
        Article,
        models.CASCADE,
        related_name="placements",
        limit_choices_to={"copy_of": None},
        verbose_name=_("稿件"),
        help_text=_("没有对外发布的稿件不会显示，发布以后才上头版。"),
    )
    place = models.CharField(_("位置"), max_length=10, choices=Place, default=Place.LEAD)
    starts = models.DateTimeField(
        _("开始"), null=True, blank=True, help_text=_("北京时间，空白则立即开始。")
    )
    ends = models.DateTimeField(
        _("结束"), help_text=_("北京时间，到点自动撤下；稿件本身不受影响。")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="placements",
        verbose_name=_("经办人"),
    )

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("版面位置")
        verbose_name_plural = _("版面位置")
        # "lead" sorts before "pinned".
        ordering = ("place", "order", "-pk")
        constraints = (
            known("placement", "place", Place),
            models.CheckConstraint(
                condition=Q(starts=None) | Q(ends__gt=F("starts")),
                name="placement_ends_after_start",
                violation_error_message=_("结束必须晚于开始。"),
            ),
        )
        indexes = (models.Index(fields=["ends"], name="placement_by_end"),)

    def __str__(self):
        return f"{self.get_place_display()} {self.article.headline}"
