"""What the clock brings: changes to live stories at their hour, counts when stories come and go."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, Move, refresh_counts
from articles.models.choices import VerbName
from articles.workflow.actions import Refused, perform


@dataclass(frozen=True)
class Result:
    """What became of one hour: ``failure`` is empty where the change is published."""

    story: Article
    failure: str = ""


def publish_due(at=None) -> list[Result]:
    """Take over each signed change whose hour has come, and count quarters anew. For a timer.

    Doing it again does nothing. A failure keeps the schedule, is written to the copy for the desk
    to see, and hinders no other story.
    """
    at = at or timezone.now()
    results = [_take_over(copy) for copy in Article.objects.filter(scheduled_for__lte=at)]
    refresh_counts(at)
    return results


def _take_over(copy):
    """Publish in the name of whoever set the hour."""
    line = Move.objects.filter(story=copy.copy_of, of_copy=True, verb=VerbName.SCHEDULE).first()
    try:
        perform(VerbName.PUBLISH, copy, person=line.person, accepted=True, due=True)
    except Refused as refused:
        failure = " ".join(refused.messages)
    except PermissionDenied:
        failure = _("定时的人不再有发布的权限。")
    else:
        return Result(copy.copy_of)
    Article.objects.filter(~Q(scheduled_for=None), pk=copy.pk).update(failure=failure)
    return Result(copy.copy_of, failure)
