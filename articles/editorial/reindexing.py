"""The index of the search brought up to date batch by batch, while it is searched."""

from collections.abc import Iterator

from django.db.models import Model, QuerySet

from articles.editorial.locking import lock_stories, lock_stories_of
from articles.editorial.write_path import touch_texts, writing
from articles.models import Article, Inspection, Meeting
from articles.search import SUBJECTS, drop_orphans, stale, things_of

#: Things that are locked at a time.
BATCH = 200


def to_reindex(*, everything: bool = False) -> dict[type[Model], QuerySet]:
    """Things by model that ``reindex`` looks at: all, or those without a document of this release.

    Working copies belong to their stories.
    """
    return {model: things_of(model) if everything else stale(model) for model in SUBJECTS}


def reindex(things: dict[type[Model], QuerySet]) -> Iterator[int]:
    """Make what is not right anew; give the number of things after each batch.

    Each batch is a transaction; a run that was broken off is taken up by another one, which leaves
    what is right.
    """
    for model, rows in things.items():
        last = 0
        while keys := list(rows.filter(pk__gt=last).values_list("pk", flat=True)[:BATCH]):
            last = keys[-1]
            with writing():
                _lock(model, keys)
                touch_texts(model, keys)
            yield len(keys)
    with writing():
        drop_orphans()


def _lock(model: type[Model], keys: list[int]) -> None:
    if model is Article:
        lock_stories(keys)
        return
    rows = model._default_manager.filter(pk__in=keys).order_by("pk")
    if model in (Inspection, Meeting):
        lock_stories_of(*rows)
    else:
        list(rows.select_for_update())
