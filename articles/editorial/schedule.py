"""Work of the timer: scheduled changes, counts of quarters, next reviews."""

import datetime
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.editorial.commands import Refused
from articles.editorial.execution import execute
from articles.editorial.public_revision import is_used_up
from articles.editorial.write_path import mend_next_reviews, touch_public, writing
from articles.models import Article, Transition
from articles.models.choices import TransitionName

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Result:
    """Result of a scheduled change; ``failure`` is empty if it was published."""

    story: Article
    failure: str = ""


def publish_due(at: datetime.datetime | None = None) -> list[Result]:
    """Publish changes that are due at ``at``, by default now, and update what the clock changes.

    Running it again, or twice at the same time, does nothing more. A change that fails stays
    scheduled, with the reason in ``Article.failure``, and does not keep others from succeeding.
    """
    at = at or timezone.now()
    due = Article.objects.filter(scheduled_for__lte=at).select_related("copy_of")
    results = [_take_over(copy, at) for copy in due]
    with log_failure("reviews that are next"):
        mend_next_reviews()
    if is_used_up(at):
        with log_failure("moments at which pages change"), writing():
            touch_public()
    return [result for result in results if result]


@contextmanager
def log_failure(what: str) -> Iterator[None]:
    """Log any exception in one of several tasks, and continue with the others."""
    try:
        yield
    except Exception:
        logger.exception("Failed: %s", what)


def _take_over(copy: Article, at: datetime.datetime) -> Result | None:
    """Publish one change; None if another process has done so meanwhile."""
    story = copy.copy_of or copy
    failure = _("出了错，已经记录下来。下一分钟会再试。")
    with log_failure(f"publication of {story} at its hour"):
        failure = _publish(copy, at)
    if not failure:
        return Result(story)
    kept = Article.objects.filter(pk=copy.pk, scheduled_for__lte=at)
    with log_failure(f"note that {story} was not published at its hour"), writing():
        if not kept.update(failure=failure):
            return None
    logger.warning("Not published at its hour: %s: %s", story, failure)
    return Result(story, failure)


def _publish(copy: Article, at: datetime.datetime) -> str:
    """Publish in the name of the person who scheduled it; return the reason if that is refused."""
    lines = Transition.objects.filter(
        story=copy.copy_of, of_copy=True, name=TransitionName.SCHEDULE
    )
    line = lines.latest("made_at", "pk")
    try:
        execute(
            TransitionName.PUBLISH,
            copy,
            person=line.person,  # type: ignore[arg-type]  # every schedule has one
            accepted=True,
            due=at,
        )
    except Refused as refused:
        return " ".join(refused.messages)
    except PermissionDenied:
        return _("定时的人不再有发布的权限。")
    return ""
