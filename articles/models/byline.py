"""Names printed with a story: those who signed it, and the people in its text."""

import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.article_managers import ChildManager, live_at
from articles.models.base import PrintsName
from articles.models.choices import BylineRole, known, label_of
from people.models import Official, Reporter
from people.shared.text import LineField, NameField


class BylineQuerySet(models.QuerySet):
    def live(self, at: datetime.datetime | None = None) -> Self:
        return self.filter(live_at(at, "article__"))


class BylineManager(ChildManager):
    key = ("printed_name", "role")


class Byline(PrintsName):
    """A name that signs a story."""

    Role = BylineRole
    person_field = "reporter"

    article = models.ForeignKey(Article, models.CASCADE, related_name="bylines")
    printed_name = NameField(_("署名"), max_length=40, help_text=_("按见报写法。"))
    role = models.CharField(
        _("身份"), max_length=20, choices=BylineRole, default=BylineRole.REPORTER
    )
    get_role_display = label_of(BylineRole, "role")
    reporter = models.ForeignKey(
        Reporter,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="bylines",
        verbose_name=_("人员"),
        help_text=_("登记过的人请选上，他的页面会列出这篇稿件。"),
    )

    objects = BylineManager.from_queryset(BylineQuerySet)()

    class Meta(PrintsName.Meta):
        verbose_name = _("署名")
        verbose_name_plural = _("署名")
        constraints = (
            models.UniqueConstraint(
                fields=["article", "printed_name", "role"],
                name="byline_once",
                violation_error_message=_("同一身份下，一个名字只署一次。"),
            ),
            known("byline", "role", BylineRole),
        )

    def __str__(self):
        return f"{self.get_role_display()} {self.printed_name}"

    def natural_key(self) -> tuple:
        return (*self.article.natural_key(), self.printed_name, self.role)

    natural_key.dependencies = ["articles.article", "people.reporter"]


class MentionManager(ChildManager):
    key = ("printed_name",)


class Mention(PrintsName):
    """A person named in the text of a story."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="mentions")
    printed_name = NameField(_("姓名"), max_length=40, help_text=_("按见报写法。"))
    printed_title = LineField(
        _("职务"), max_length=100, blank=True, help_text=_("按见报写法；没写就留空。")
    )
    official = models.ForeignKey(
        Official,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="mentions",
        verbose_name=_("官员"),
        help_text=_("登记过的官员请选上；志愿者等不选。"),
    )

    objects = MentionManager()

    class Meta(PrintsName.Meta):
        verbose_name = _("文中人物")
        verbose_name_plural = _("文中人物")

    def __str__(self):
        return f"{self.printed_title}{self.printed_name}"

    def natural_key(self) -> tuple:
        return (*self.article.natural_key(), self.printed_name)

    natural_key.dependencies = ["articles.article", "people.official"]

    @property
    def title(self) -> str:
        """Printed title, or else the title that the official held on the story's day."""
        day = self.article.issued_on
        if self.printed_title or not (self.official and day):
            return self.printed_title
        return self.official.title_on(day)
