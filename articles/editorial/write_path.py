"""The context in which everything that is signed or public has to be written."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import connections, transaction
from django.db.models import Model

from articles.editorial.derived import (
    rebuild_appearances,
    refresh_next_review,
    stale_next_reviews,
)
from articles.editorial.locking import lock_stories
from articles.editorial.public_revision import raise_public_revision
from articles.models import Article, SignOff, Transition, Version
from articles.search import refresh


@dataclass
class Batch:
    """What has been written since ``writing()`` was opened."""

    #: Keys of stories whose appearances may have changed.
    stories: set[int] = field(default_factory=set)
    #: Keys of stories with a new version, transition or signature, also of a working copy.
    reviewed: set[int] = field(default_factory=set)
    #: Keys of stories and records whose text may have changed, or which are gone, by model.
    written: defaultdict[type[Model], set[int]] = field(default_factory=lambda: defaultdict(set))
    #: Whether readers see something else afterwards, now or at some hour.
    is_public: bool = False


_open: ContextVar[Batch | None] = ContextVar("writing", default=None)


@contextmanager
def writing() -> Iterator[None]:
    """A transaction that updates derived tables once at its end.

    A call inside another one joins it. Take locks before you write: stories, then events.
    """
    if is_writing():
        with transaction.atomic(savepoint=False):
            yield
        return
    batch = Batch()
    with transaction.atomic():
        token = _open.set(batch)
        try:
            yield
            derive(batch)
        finally:
            _open.reset(token)


def derive(batch: Batch) -> None:
    """Write what follows from a batch; last the revision, for whose row others wait."""
    if batch.stories:
        rebuild_appearances(batch.stories)
    if batch.reviewed:
        refresh_next_review(batch.reviewed)
    if batch.written:
        refresh(batch.written)
    if batch.is_public:
        raise_public_revision()


def is_writing() -> bool:
    """Whether ``writing()`` is open in this thread."""
    return _open.get() is not None


def _batch() -> Batch:
    batch = _open.get()
    if batch is None:
        msg = "what readers see is changed inside editorial.writing() alone"
        raise RuntimeError(msg)
    return batch


def touch(stories: Iterable[Article]) -> None:
    """Note that the record of ``stories`` has changed.

    Working copies have no appearances, but a text. RuntimeError outside ``writing()``.
    """
    batch, stories = _batch(), list(stories)
    batch.written[Article].update(story.copy_of_id or story.pk for story in stories)
    if originals := {story.pk: story for story in stories if story.copy_of_id is None}:
        batch.stories |= originals.keys()
        batch.is_public |= any(story.published_at for story in originals.values())


def touch_texts(model: type[Model], keys: Iterable[int]) -> None:
    """Note that the search has to look at things of ``model``. RuntimeError outside ``writing()``.

    Nothing else is derived of them.
    """
    _batch().written[model].update(keys)


def touch_public() -> None:
    """Note that public pages change, now or at some hour. RuntimeError outside ``writing()``."""
    _batch().is_public = True


def follow_review(instance: Version | Transition | SignOff, *, raw: bool, **_signal: Any) -> None:
    """Note that a version, transition or signature may change the next review. A receiver.

    And of a version that the text is another: it is saved also when only rows of a thing are.
    """
    if raw:
        return
    story = (instance.version if isinstance(instance, SignOff) else instance).story_id
    with writing():
        if story:
            _batch().reviewed.add(story)
        if isinstance(instance, Version):
            model = apps.get_model(instance.record_model) if instance.record_model else Article
            # One of them is set: a constraint says so.
            _batch().written[model].add(story or instance.record_id)  # type: ignore[arg-type]


def follow_text(instance: Model, **_signal: Any) -> None:
    """Note that a story or record was saved, also raw, or deleted. A receiver."""
    if batch := _open.get():
        batch.written[type(instance)].add(getattr(instance, "copy_of_id", None) or instance.pk)


@writing()
def mend_next_reviews(**_signal: Any) -> None:
    """Update wrong next reviews of all stories. A receiver for reset passwords; for a timer too."""
    stale = stale_next_reviews()
    lock_stories(stale)
    _batch().reviewed |= stale


def after_release(*, using: str, **_signal: Any) -> None:
    """Receiver of post_migrate: a new release may derive and show things in another way."""
    if Article._meta.db_table in connections[using].introspection.table_names():
        with writing():
            touch_public()
        mend_next_reviews()
