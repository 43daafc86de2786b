"""Derived tables: who and what shows in which story. One function writes them: ``retrace``."""

from django.db import models, transaction

from articles.models.article import Article, live_at
from articles.models.byline import Mention
from articles.models.project import Project
from articles.models.record import Attendance, Stop
from people.models import Official

#: Relations of a story to its events.
EVENTS = ("meetings", "inspections")


class TraceQuerySet(models.QuerySet):
    """Appearances in stories."""

    def live(self, at=None):
        """Appearances in live stories."""
        return self.filter(live_at(at, "article__"))


class TraceManager(models.Manager):
    """A row is known by who or what shows, and the story."""

    def get_by_natural_key(self, slug, *story):
        """The row of this official or project in this story."""
        article = Article.objects.get_by_natural_key(*story)
        return self.get(**{f"{self.model.subject}__slug": slug}, article=article)


class Trace(models.Model):
    """A narrow row, so that a dossier reads its stories in order without joining the record."""

    issued_on = models.DateField()

    objects = TraceManager.from_queryset(TraceQuerySet)()

    class Meta:
        abstract = True

    def __str__(self):
        """Who or what, and when."""
        return f"{getattr(self, self.subject)} {self.issued_on}"

    def natural_key(self):
        """Who or what shows, then the key of the story."""
        return (getattr(self, self.subject).slug, *self.article.natural_key())


class OfficialStory(Trace):
    """An official shows in a story: named by its text, or present at an event it records."""

    subject = "official"

    pk = models.CompositePrimaryKey("official_id", "issued_on", "article_id")
    official = models.ForeignKey(Official, models.CASCADE, related_name="stories")
    article = models.ForeignKey(Article, models.CASCADE, related_name="official_stories")

    def natural_key(self):
        """The same key; declared here to carry its own dependencies."""
        return super().natural_key()

    natural_key.dependencies = ["people.official", "articles.article"]


class ProjectStory(Trace):
    """A project shows in a story: linked by it, or seen at a stop it records."""

    subject = "project"

    pk = models.CompositePrimaryKey("project_id", "issued_on", "article_id")
    project = models.ForeignKey(Project, models.CASCADE, related_name="stories")
    article = models.ForeignKey(Article, models.CASCADE, related_name="project_stories")

    def natural_key(self):
        """The same key; declared here to carry its own dependencies."""
        return super().natural_key()

    natural_key.dependencies = ["articles.project", "articles.article"]


def _officials(stories):
    """Pairs (official id, story id) that the record of ``stories`` holds."""
    yield from (
        Mention.objects.filter(article__in=stories, official__isnull=False)
        .values_list("official_id", "article_id")
        .order_by()
    )
    for event in ("meeting", "inspection"):
        yield from (
            Attendance.objects.filter(official__isnull=False)
            .filter(**{f"{event}__articles__in": stories})
            .values_list("official_id", f"{event}__articles__id")
            .order_by()
        )


def _projects(stories):
    """Pairs (project id, story id) that the record of ``stories`` holds."""
    yield from (
        Article.projects.through.objects.filter(article__in=stories)
        .values_list("project_id", "article_id")
        .order_by()
    )
    yield from (
        Stop.objects.filter(projects__isnull=False, inspection__articles__in=stories)
        .values_list("projects__id", "inspection__articles__id")
        .order_by()
    )


def retrace_merged(sender, kept, **_signal) -> None:
    """After two officials or projects became one: rewrite the rows of its stories."""
    links = (
        ("mentions__official", *(f"{event}__attendance__official" for event in EVENTS))
        if sender is Official
        else ("projects", "inspections__stops__projects")
    )
    ids = set()
    for link in links:
        ids |= set(Article.objects.filter(**{link: kept}).order_by().values_list("pk", flat=True))
    retrace(ids)


def retrace(stories) -> None:
    """Rewrite the derived rows of ``stories``, an iterable of Article or of their ids.

    Working copies and stories without a day have none. Called by whatever writes a story's
    record: the desk's forms, publication, imports, and ``retrace`` of all for repair.
    """
    ids = [getattr(story, "pk", story) for story in stories]
    days = dict(
        Article.objects.originals()
        .filter(pk__in=ids, issued_on__isnull=False)
        .values_list("pk", "issued_on")
    )
    for model, pairs in ((OfficialStory, _officials), (ProjectStory, _projects)):
        wanted = {pair for pair in pairs(list(days)) if pair[1] in days}
        rows = [
            model(**{f"{model.subject}_id": who, "article_id": story, "issued_on": days[story]})
            for who, story in sorted(wanted)
        ]
        with transaction.atomic():
            model.objects.filter(article__in=ids).delete()
            model.objects.bulk_create(rows, batch_size=2000)
