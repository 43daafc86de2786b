"""Projects and their milestones."""

import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.article_managers import live_at
from articles.models.choices import Status, known
from people.shared.addresses import page_address
from people.shared.slugs import ShownInStories, Slugged, SluggedManager
from people.shared.text import LineField, LinesField


class Project(Slugged):
    """A project that stories report on. A column is blank if no text gives its value."""

    published_by = "appearances__article__published_at"

    name = LineField(_("名称"), max_length=100, unique=True)
    aliases = LinesField(_("别名"), blank=True, help_text=_("报道中的其他叫法，一行一个。"))
    area = LineField(
        _("片区"), max_length=40, blank=True, help_text=_("如“南部城区”；报道没写就留空。")
    )
    sector = LineField(
        _("类型"), max_length=40, blank=True, help_text=_("如“总部经济”；报道没写就留空。")
    )
    developer = LineField(_("建设单位"), max_length=80, blank=True)
    place = LineField(_("地点"), max_length=100, blank=True)
    note = LinesField(_("备注"), blank=True, help_text=_("只给编辑部看，不会对外显示。"))

    objects = SluggedManager.from_queryset(ShownInStories)()

    class Meta:
        verbose_name = _("项目")
        verbose_name_plural = _("项目")
        ordering = ("slug",)
        indexes = (
            models.Index(fields=["area", "slug"], name="project_by_area"),
            models.Index(fields=["sector", "slug"], name="project_by_sector"),
        )

    def __str__(self):
        return self.name

    def get_absolute_url(self) -> str:
        return page_address("project", self.slug)


class MilestoneQuerySet(models.QuerySet):
    def public(self, at: datetime.datetime | None = None) -> Self:
        """Milestones whose story is live at ``at``, by default now."""
        return self.filter(live_at(at, "article__"))


class MilestoneManager(models.Manager["Milestone"]):
    def get_by_natural_key(self, project: str, status: str, reached_on: str, *story) -> "Milestone":
        """Take the project's slug, status, day in ISO format, and the natural key of the story."""
        return self.get(
            project__slug=project,
            status=status,
            reached_on=reached_on,
            article=Article.objects.get_by_natural_key(*story),
        )


class Milestone(models.Model):
    """A status that a project had reached on a day, and the story that shows it."""

    Status = Status

    project = models.ForeignKey(
        Project, models.PROTECT, related_name="milestones", verbose_name=_("项目")
    )
    status = models.CharField(_("进展"), max_length=12, choices=Status)
    reached_on = models.DateField(_("日期"))
    article = models.ForeignKey(
        Article,
        models.PROTECT,
        related_name="milestones",
        verbose_name=_("出处"),
        help_text=_("写明这一进展的稿件。"),
    )

    objects = MilestoneManager.from_queryset(MilestoneQuerySet)()

    class Meta:
        verbose_name = _("进展")
        verbose_name_plural = _("进展")
        ordering = ("-reached_on", "-pk")
        constraints = (
            known("milestone", "status", Status),
            models.UniqueConstraint(
                fields=["project", "status", "reached_on", "article"],
                name="milestone_once",
                violation_error_message=_("这条进展已经登记过了。"),
            ),
        )

    def __str__(self):
        return f"{self.project} {self.get_status_display()}"

    def natural_key(self) -> tuple:
        return (
            self.project.slug,
            self.status,
            self.reached_on.isoformat(),
            *self.article.natural_key(),
        )

    natural_key.dependencies = ["articles.project", "articles.article"]
