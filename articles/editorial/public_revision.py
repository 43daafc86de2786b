"""The number of what readers see, raised by each write that changes it."""

from datetime import datetime

from django.db.models import F, QuerySet
from django.utils import timezone

from articles.models import Article, Placement, PublicRevision
from articles.models.choices import Visibility
from articles.models.public_revision import MOST_MOMENTS


def raise_public_revision() -> None:
    """Give the state that readers see a new number. Last in a transaction: others wait for it.

    The moments are read under the lock of the row, so that none of a transaction which ends at the
    same time is missed.
    """
    revision, _is_new = PublicRevision.objects.select_for_update().get_or_create(pk=1)
    revision.number += 1
    revision.moments = [moment.timestamp() for moment in _moments(timezone.now())]
    revision.save()


def is_used_up(at: datetime) -> bool:
    """Whether the clock has passed a moment of the row by ``at``, or there is no row."""
    revision = PublicRevision.objects.first()
    return revision is None or any(moment <= at.timestamp() for moment in revision.moments)


def _moments(after: datetime) -> QuerySet:
    """The next times at which the clock alone changes what readers see."""
    live = Article.objects.filter(visibility=Visibility.LIVE)
    first, *others = (
        _later(rows, column, after)
        for rows, column in (
            (live, "published_at"),
            (live, "expires_at"),
            (Placement.objects.all(), "starts"),
            (Placement.objects.all(), "ends"),
        )
    )
    return first.union(*others).order_by("moment")[:MOST_MOMENTS]


def _later(rows: QuerySet, column: str, after: datetime) -> QuerySet:
    moment = F(column)
    rows = rows.filter(**{f"{column}__gt": after}).order_by()
    return rows.annotate(moment=moment).values_list("moment", flat=True)
