"""What the clock brings: changes to live stories at their hour, counts when stories come and go."""

import logging
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.editorial.execution import Refused, execute
from articles.editorial.write_path import mend_next_reviews, writing
from articles.models import Article, Transition, due_counts, recount
from articles.models.choices import TransitionName

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Result:
    """What became of one hour: ``failure`` is empty where the change is published."""

    story: Article
    failure: str = ""


def publish_due(at=None) -> list[Result]:
    """Take over each signed change whose hour has come, and derive anew what else is due.

    For a timer.

    Doing it again, or twice at once, does nothing more. A failure keeps the schedule, is written to
    the copy for the desk to see, and hinders no other story.
    """
    at = at or timezone.now()
    due = Article.objects.filter(scheduled_for__lte=at).select_related("copy_of")
    results = [_take_over(copy, at) for copy in due]
    for quarter in due_counts(at):
        with going_on(f"count of {quarter}"), writing():
            recount([quarter])
    with going_on("reviews that are next"):
        mend_next_reviews()
    return [result for result in results if result]


@contextmanager
def going_on(what):
    """Log whatever goes wrong with one thing of several, and let the others be done."""
    try:
        yield
    except Exception:
        logger.exception("Failed: %s", what)


def _take_over(copy, at):
    """What became of one hour; None where it is another's to tell, who was faster."""
    failure = _("出了错，已经记录下来。下一分钟会再试。")
    with going_on(f"publication of {copy.copy_of} at its hour"):
        failure = _publish(copy, at)
    if not failure:
        return Result(copy.copy_of)
    kept = Article.objects.filter(pk=copy.pk, scheduled_for__lte=at)
    with going_on(f"note that {copy.copy_of} was not published at its hour"), writing():
        if not kept.update(failure=failure):
            return None
    logger.warning("Not published at its hour: %s: %s", copy.copy_of, failure)
    return Result(copy.copy_of, failure)


def _publish(copy, at):
    """Publish in the name of whoever set the hour; why it could not be, or nothing."""
    line = Transition.objects.filter(
        story=copy.copy_of, of_copy=True, name=TransitionName.SCHEDULE
    ).first()
    try:
        execute(TransitionName.PUBLISH, copy, person=line.person, accepted=True, due=at)
    except Refused as refused:
        return " ".join(refused.messages)
    except PermissionDenied:
        return _("定时的人不再有发布的权限。")
    return ""
