"""The review that has to sign next, stored with each row at work: what the desk's queues ask."""

from collections.abc import Iterable

from django.db.models import Q

from articles.editorial.review_state import is_on_its_way, review_states, reviews, waits_for_hour
from articles.models import Article
from articles.models.choices import Stage, Visibility


def refresh_next_review(stories: Iterable[int]) -> None:
    """Write it anew for stories, by key, and their working copies. Their locks are held."""
    rows = Article.objects.filter(Q(pk__in=stories) | Q(copy_of__in=stories))
    for row, stage in _others(rows):
        Article.objects.filter(pk=row.pk).update(next_review=stage)


def stale_next_reviews() -> set[int]:
    """Stories where it is another without anything having been written down of them.

    More or fewer reviews are asked for, or two accounts count as one person now.
    """
    asked = Q(stage__in=reviews()) | Q(stage=Stage.SIGNED, visibility=Visibility.UNPUBLISHED)
    rows = Article.objects.filter(asked | ~Q(next_review=""))
    return {row.copy_of_id or row.pk for row, _stage in _others(rows)}


def _others(rows):
    """Rows, each with the review that is next, where another one is stored; "" for none."""
    rows = list(rows.select_related("copy_of").defer("body", "copy_of__body"))
    copied = {row.copy_of_id for row in rows}
    asked = (row for row in rows if is_on_its_way(row) and not waits_for_hour(row))
    states = review_states(row for row in asked if row.pk not in copied)
    stages = {state.row.pk: state.next_review() or "" for state in states}
    for row in rows:
        if row.next_review != stages.get(row.pk, ""):
            yield row, stages.get(row.pk, "")
