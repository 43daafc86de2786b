"""Derived tables: who and what shows in which story."""

from django.db import models

from articles.models.article import Article
from articles.models.article_managers import live_at
from articles.models.loose_index_scan import distinct_values
from articles.models.project import Project
from articles.quarter import Quarter, QuarterField
from people.models import Official


class AppearanceQuerySet(models.QuerySet):
    """Appearances in stories."""

    def live(self, at=None):
        """Appearances in live stories."""
        return self.filter(live_at(at, "article__"))

    def quarters(self) -> list[Quarter]:
        """Quarters of those stories, newest first."""
        return distinct_values(self, "quarter")


class AppearanceManager(models.Manager):
    """A row is known by who or what shows, and the story."""

    def get_by_natural_key(self, slug, *story):
        """The row of this official or project in this story."""
        article = Article.objects.get_by_natural_key(*story)
        return self.get(**{f"{self.model.subject}__slug": slug}, article=article)


class Appearance(models.Model):
    """A narrow row, so that a dossier reads its stories in order without joining the record."""

    issued_on = models.DateField()
    quarter = QuarterField()

    objects = AppearanceManager.from_queryset(AppearanceQuerySet)()

    class Meta:
        abstract = True

    def __str__(self):
        """Who or what, and when."""
        return f"{getattr(self, self.subject)} {self.issued_on}"

    def natural_key(self):
        """Who or what shows, then the key of the story."""
        return (getattr(self, self.subject).slug, *self.article.natural_key())


class OfficialAppearance(Appearance):
    """An official shows in a story: named by its text, or present at an event it records."""

    subject = "official"

    pk = models.CompositePrimaryKey("official_id", "issued_on", "article_id")
    official = models.ForeignKey(Official, models.CASCADE, related_name="appearances")
    article = models.ForeignKey(Article, models.CASCADE, related_name="official_appearances")

    class Meta:
        indexes = (models.Index(fields=["official", "quarter"], name="official_by_quarter"),)

    def natural_key(self):
        """The same key; declared here to carry its own dependencies."""
        return super().natural_key()

    natural_key.dependencies = ["people.official", "articles.article"]


class ProjectAppearance(Appearance):
    """A project shows in a story: linked by it, or seen at a stop it records."""

    subject = "project"

    pk = models.CompositePrimaryKey("project_id", "issued_on", "article_id")
    project = models.ForeignKey(Project, models.CASCADE, related_name="appearances")
    article = models.ForeignKey(Article, models.CASCADE, related_name="project_appearances")

    class Meta:
        indexes = (models.Index(fields=["project", "quarter"], name="project_by_quarter"),)

    def natural_key(self):
        """The same key; declared here to carry its own dependencies."""
        return super().natural_key()

    natural_key.dependencies = ["articles.project", "articles.article"]
