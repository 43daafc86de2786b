"""Rows that are loaded in bulk: by the fixture, imports or make_stories."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.editorial.write_path import touch_public, writing
from articles.models import Article, Transition, Version
from articles.models.article_managers import ArticleQuerySet
from articles.models.choices import TransitionName, Visibility
from articles.versions import digest, snapshots

BATCH = 500
_STATE = (
    "stage",
    "visibility",
    "published_at",
    "expires_at",
    "updated_at",
    "scheduled_for",
    "failure",
    "record_changed_at",
    "next_review",
)


def adopt(articles: ArticleQuerySet | None = None) -> int:
    """Give each story that was loaded live or withdrawn a first version and a transition.

    ``articles`` are by default all stories. Returns how many had none; doing it again adds nothing.
    """
    stories = Article.objects.all() if articles is None else articles
    unlogged = stories.originals().exclude(visibility=Visibility.UNPUBLISHED).filter(versions=None)
    keys = list(unlogged.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        _adopt(Article.objects.filter(pk__in=keys[start : start + BATCH]).order_by("pk"))
    return len(keys)


@writing()
def _adopt(stories: QuerySet[Article]) -> None:
    touch_public()
    now = timezone.now()
    versions = Version.objects.bulk_create(
        Version(
            story=story,
            number=1,
            content=content,
            digest=digest(content),
            reason=_("接收"),
            made_at=now,
        )
        for story, content in zip(stories, snapshots(stories), strict=True)
    )
    Transition.objects.bulk_create(
        Transition(
            story=story,
            name=TransitionName.ADOPT,
            stage=story.stage,
            visibility=story.visibility,
            version=version,
            made_at=now,
        )
        for story, version in zip(stories, versions, strict=True)
    )


def keep_state(instance: Article, *, raw: bool, using: str, **_signal: Any) -> None:
    """Keep stage, visibility and times of a stored story when a fixture is loaded. A receiver."""
    if not raw or instance.pk is None:
        return
    stored = Article.objects.using(using).filter(pk=instance.pk).values(*_STATE).first()
    for name, value in (stored or {}).items():
        setattr(instance, name, value)
