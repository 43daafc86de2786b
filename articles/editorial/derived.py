"""What is derived of stories: who and what appears in them, counts, and the next review."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from articles.editorial.review_state import is_on_its_way, review_states, reviews, waits_for_hour
from articles.models import (
    Article,
    Attendance,
    Mention,
    OfficialAppearance,
    ProjectAppearance,
    Stop,
)
from articles.models.choices import Stage, Visibility


def _officials(stories: list[int]) -> set[tuple[int, int]]:
    """Pairs of official and story for ``stories``, all by key; one query."""
    mentions = Mention.objects.filter(article__in=stories, official__isnull=False)
    present = Attendance.objects.filter(official__isnull=False)
    return _pairs(
        mentions.values_list("official_id", "article_id"),
        *(
            present.filter(**{f"{event}__articles__in": stories}).values_list(
                "official_id", f"{event}__articles__id"
            )
            for event in ("meeting", "inspection")
        ),
    )


def _projects(stories: list[int]) -> set[tuple[int, int]]:
    """Pairs of project and story for ``stories``, all by key; one query."""
    linked = Article.projects.through.objects.filter(article__in=stories)
    seen = Stop.objects.filter(projects__isnull=False, inspection__articles__in=stories)
    return _pairs(
        linked.values_list("project_id", "article_id"),
        seen.values_list("projects__id", "inspection__articles__id"),
    )


def _pairs(*queries: QuerySet) -> set[tuple[int, int]]:
    first, *others = (rows.order_by() for rows in queries)
    return set(first.union(*others))


@transaction.atomic(savepoint=False)
def rebuild_appearances(stories: Iterable[Article | int]) -> None:
    """Rewrite the appearances in ``stories``, given as rows or keys.

    Working copies and stories without a day have none. Called at the end of ``writing()``, after a
    bulk load, and for repair.
    """
    ids = [story.pk if isinstance(story, Article) else story for story in stories]
    dated = (
        Article.objects.originals()
        .filter(pk__in=ids, issued_on__isnull=False)
        .only("issued_on", "quarter")
        .in_bulk()
    )
    for model, pairs in ((OfficialAppearance, _officials), (ProjectAppearance, _projects)):
        _rewrite(model, ids, {(who, dated[story]) for who, story in pairs(list(dated))})


def _rewrite(model: Any, ids: list[int], pairs: set[tuple[int, Article]]) -> None:
    """Make the rows of the stories ``ids`` those of ``pairs``: key of the subject, and story."""
    wanted = {(who, story.pk, story.issued_on, story.quarter) for who, story in pairs}
    columns = (f"{model.subject}_id", "article_id", "issued_on", "quarter")
    stored = set(model.objects.filter(article__in=ids).values_list(*columns))
    changed = {story for _who, story, *_rest in wanted ^ stored}
    if not changed:
        return
    model.objects.filter(article__in=changed).delete()
    rows = (
        model(**dict(zip(columns, row, strict=True))) for row in sorted(wanted) if row[1] in changed
    )
    model.objects.bulk_create(rows, batch_size=2000)


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
