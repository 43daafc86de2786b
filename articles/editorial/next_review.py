"""The next review of each story and working copy, which is stored for the queues of the desk."""

from collections.abc import Iterable, Iterator

from django.db.models import Q, QuerySet

from articles.editorial.review_state import is_on_its_way, review_states, reviews, waits_for_hour
from articles.models import Article
from articles.models.choices import Stage, Visibility


def refresh_next_review(stories: Iterable[int]) -> None:
    """Update the next review of stories, by key, and of their working copies; they are locked."""
    rows = Article.objects.filter(Q(pk__in=stories) | Q(copy_of__in=stories))
    for row, stage in _others(rows):
        Article.objects.filter(pk=row.pk).update(next_review=stage)


def stale_next_reviews() -> set[int]:
    """Keys of stories whose next review is another although nothing was logged of them.

    The settings ask for other reviews now, or accounts were linked.
    """
    asked = Q(stage__in=reviews()) | Q(stage=Stage.SIGNED, visibility=Visibility.UNPUBLISHED)
    rows = Article.objects.filter(asked | ~Q(next_review=""))
    return {row.copy_of_id or row.pk for row, _stage in _others(rows)}


def _others(queryset: QuerySet[Article]) -> Iterator[tuple[Article, str]]:
    """Rows whose stored next review is wrong, each with the right one or ""."""
    rows = list(queryset.select_related("copy_of").defer("body", "copy_of__body"))
    copied = {row.copy_of_id for row in rows}
    asked = (row for row in rows if is_on_its_way(row) and not waits_for_hour(row))
    states = review_states(row for row in asked if row.pk not in copied)
    stages = {state.row.pk: state.next_review() or "" for state in states}
    for row in rows:
        if row.next_review != stages.get(row.pk, ""):
            yield row, stages.get(row.pk, "")
