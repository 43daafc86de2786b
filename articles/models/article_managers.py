"""Managers and querysets of stories and their rows: which of them the public may see."""

import datetime
from typing import Self

from django.db import models
from django.db.models import Prefetch, Q
from django.utils import timezone

from articles.models.choices import Visibility
from articles.models.loose_index_scan import distinct_values
from articles.quarter import Quarter


def live_at(at: datetime.datetime | None = None, path: str = "") -> Q:
    """Condition that the public may see a story at ``at``, by default now.

    ``Article.is_live`` says the same of an instance, and ``editorial.public_revision`` knows the
    times that decide it; nothing else does.

    ``path`` is the prefix of look-ups from the filtered rows to their story, such as ``article__``.
    Both databases answer this join from an index, but not a subquery.
    """
    at = at or timezone.now()
    not_expired = Q(**{f"{path}expires_at": None}) | Q(**{f"{path}expires_at__gt": at})
    live = {f"{path}visibility": Visibility.LIVE, f"{path}published_at__lte": at}
    return not_expired & Q(**live)


class ArticleQuerySet(models.QuerySet):
    def live(self, at: datetime.datetime | None = None) -> Self:
        """Stories that the public may see at ``at``, by default now."""
        return self.filter(live_at(at))

    def for_list(self) -> Self:
        """Load what a list prints: section, bylines and pictures, but no body. Three queries."""
        uses = self.model.photos.rel.related_model.objects.select_related("photo")
        rows = self.defer("body").select_related("section")
        return rows.prefetch_related("bylines", Prefetch("photos", uses))

    def quarters(self) -> list[Quarter]:
        """Quarters of the stories, the newest first."""
        return distinct_values(self, "quarter")

    def originals(self) -> Self:
        """Stories that are not working copies."""
        return self.filter(copy_of=None)


class ArticleManager(models.Manager):
    """Leaves out stories in the bin, which only ``all_objects`` has."""

    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().filter(binned_at=None)

    def get_by_natural_key(self, issued_on: str | None, slug: str, copy: str) -> models.Model:
        """Take the day in ISO format, the slug, and "copy" for a working copy or ""."""
        return self.get(issued_on=issued_on, slug=slug, copy_of__isnull=not copy)


class ChildManager(models.Manager):
    """Rows of a story, whose natural key begins with that of the story."""

    #: Look-ups for the parts of the key after the three of the story.
    key: tuple[str, ...] = ()

    def get_by_natural_key(self, *parts) -> models.Model:
        """Return the first of equal rows: no constraint forbids them."""
        story, own = parts[:3], dict(zip(self.key, parts[3:], strict=True))
        article = self.model.article.field.related_model.objects.get_by_natural_key(*story)
        row = self.filter(article=article, **own).first()
        if row is None:
            raise self.model.DoesNotExist
        return row
