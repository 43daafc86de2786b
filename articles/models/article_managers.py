"""Which stories the public may see, and how stories and their rows are found."""

from django.db import models
from django.db.models import Prefetch, Q
from django.utils import timezone

from articles.models.choices import Visibility
from articles.models.loose_index_scan import distinct_values
from articles.quarter import Quarter


def live_at(at=None, path="") -> Q:
    """Condition: the public may see the story at ``at`` (now, unless told); said nowhere else.

    ``path`` leads from the rows that are filtered to their story, as in ``article__``. A join on
    it, and not a subquery, is what both databases answer from the other side's index.
    """
    at = at or timezone.now()
    not_expired = Q(**{f"{path}expires_at": None}) | Q(**{f"{path}expires_at__gt": at})
    live = {f"{path}visibility": Visibility.LIVE, f"{path}published_at__lte": at}
    return not_expired & Q(**live)


class ArticleQuerySet(models.QuerySet):
    """Stories."""

    def live(self, at=None):
        """Stories that the public may see at ``at`` (now, unless told)."""
        return self.filter(live_at(at))

    def for_list(self):
        """Stories as a list prints them: section, bylines and pictures, no body. Three queries."""
        uses = self.model.photos.rel.related_model.objects.select_related("photo")
        rows = self.defer("body").select_related("section")
        return rows.prefetch_related("bylines", Prefetch("photos", uses))

    def quarters(self) -> list[Quarter]:
        """Quarters that the stories belong to, newest first."""
        return distinct_values(self, "quarter")

    def originals(self):
        """Stories without the working copies of live ones."""
        return self.filter(copy_of=None)


class ArticleManager(models.Manager):
    """A story is known by its address, and whether the row is its working copy.

    What lies in the bin is in no queryset but that of ``all_objects``.
    """

    def get_queryset(self):
        """Stories that are not in the bin."""
        return super().get_queryset().filter(binned_at=None)

    def get_by_natural_key(self, issued_on, slug, copy):
        """The row; ``issued_on`` is an ISO day or None, ``copy`` is "" or "copy"."""
        return self.get(issued_on=issued_on, slug=slug, copy_of__isnull=not copy)


class ChildManager(models.Manager):
    """Rows of a story; their natural key begins with the story's."""

    #: Names of the key's own fields, after the three of the story.
    key = ()

    def get_by_natural_key(self, *parts):
        """First such row of the story: an editor may have doubled it."""
        story, own = parts[:3], dict(zip(self.key, parts[3:], strict=True))
        article = self.model.article.field.related_model.objects.get_by_natural_key(*story)
        row = self.filter(article=article, **own).first()
        if row is None:
            raise self.model.DoesNotExist
        return row
