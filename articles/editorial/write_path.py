"""The one way to write what is signed or what readers see."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db import transaction

from articles.editorial.appearances import rebuild_appearances
from articles.editorial.locking import lock_stories
from articles.editorial.next_review import refresh_next_review, stale_next_reviews
from articles.models import SignOff
from articles.quarter import Quarter


@dataclass
class Batch:
    """What a write has touched, until its end."""

    stories: set[int] = field(default_factory=set)
    #: Quarters that stories or their events had before.
    left: set[Quarter] = field(default_factory=set)
    #: Stories of which something was written down, their working copies included.
    reviewed: set[int] = field(default_factory=set)


_open: ContextVar[Batch | None] = ContextVar("writing", default=None)


@contextmanager
def writing() -> Iterator[None]:
    """A transaction at whose end all that is derived from what was touched is written anew, once.

    A call inside another one joins it. Whoever writes takes locks first: stories, then events.
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
            if batch.stories or batch.left:
                rebuild_appearances(batch.stories, left=batch.left)
            if batch.reviewed:
                refresh_next_review(batch.reviewed)
        finally:
            _open.reset(token)


def is_writing() -> bool:
    """Whether ``writing()`` is open in this thread."""
    return _open.get() is not None


def touch(stories, *, left=()) -> None:
    """Note that the record of ``stories`` is another now, and which quarters it ``left``.

    A working copy shows nobody: it is left out. RuntimeError outside ``writing()``.
    """
    batch = _open.get()
    if batch is None:
        msg = "what stories show is changed inside editorial.writing() alone"
        raise RuntimeError(msg)
    if originals := {story.pk for story in stories if story.copy_of_id is None}:
        batch.stories |= originals
        batch.left.update(filter(None, left))


def follow_review(instance, *, raw, **_signal) -> None:
    """Receiver: after a version, a line or a signature another review may be the next one."""
    story = (instance.version if isinstance(instance, SignOff) else instance).story_id
    if story and not raw:
        with writing():
            _open.get().reviewed.add(story)


@writing()
def mend_next_reviews(**_signal) -> None:
    """The same for all stories: after it is known who reset whose password, and for a timer."""
    stale = stale_next_reviews()
    lock_stories(stale)
    _open.get().reviewed |= stale
