"""Derived tables: which officials and projects appear in which story."""

import datetime
from typing import Self

from django.db import models

from articles.models.article import Article
from articles.models.article_managers import live_at
from articles.models.loose_index_scan import distinct_values
from articles.models.project import Project
from articles.quarter import Quarter, QuarterField
from people.models import Official


class AppearanceQuerySet(models.QuerySet):
    def live(self, at: datetime.datetime | None = None) -> Self:
        """Appearances in stories that are live at ``at``, by default now."""
        return self.filter(live_at(at, "article__"))

    def quarters(self) -> list[Quarter]:
        """Quarters of the stories, the newest first."""
        return distinct_values(self, "quarter")


class AppearanceManager(models.Manager):
    def get_by_natural_key(self, slug: str, *story) -> "Appearance":
        """Take the slug of the official or project, then the natural key of the story."""
        article = Article.objects.get_by_natural_key(*story)
        return self.get(**{f"{self.model.subject}__slug": slug}, article=article)


class Appearance(models.Model):
    """A narrow row, so that a dossier reads its stories in order without joining other tables."""

    #: Name of the foreign key to the official or project.
    subject: str
    article: models.ForeignKey

    issued_on = models.DateField()
    quarter = QuarterField()

    objects = AppearanceManager.from_queryset(AppearanceQuerySet)()

    class Meta:
        abstract = True

    def __str__(self):
        return f"{getattr(self, self.subject)} {self.issued_on}"

    def natural_key(self) -> tuple:
        return (getattr(self, self.subject).slug, *self.article.natural_key())


class OfficialAppearance(Appearance):
    """An official in a story: mentioned in its text, or present at an event that it records."""

    subject = "official"

    pk = models.CompositePrimaryKey("official_id", "issued_on", "article_id")
    official = models.ForeignKey(Official, models.CASCADE, related_name="appearances")
    article = models.ForeignKey(Article, models.CASCADE, related_name="official_appearances")

    class Meta:
        indexes = (models.Index(fields=["official", "quarter"], name="official_by_quarter"),)

    def natural_key(self) -> tuple:
        """Inherited; declared again to have dependencies of its own."""
        return super().natural_key()

    natural_key.dependencies = ["people.official", "articles.article"]


class ProjectAppearance(Appearance):
    """A project in a story: linked by it, or visited at a stop that it records."""

    subject = "project"

    pk = models.CompositePrimaryKey("project_id", "issued_on", "article_id")
    project = models.ForeignKey(Project, models.CASCADE, related_name="appearances")
    article = models.ForeignKey(Article, models.CASCADE, related_name="project_appearances")

    class Meta:
        indexes = (models.Index(fields=["project", "quarter"], name="project_by_quarter"),)

    def natural_key(self) -> tuple:
        """Inherited; declared again to have dependencies of its own."""
        return super().natural_key()

    natural_key.dependencies = ["articles.project", "articles.article"]
