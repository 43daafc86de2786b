"""What waits on the desk: for a person, for a review, for its hour. Counted in one query."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Move, SignOff, Version, count_each
from articles.models.choices import Stage, VerbName, Visibility
from articles.workflow.moves import REVIEWER, reviews

#: The story that a row, itself or its working copy, is about.
STORY = Coalesce("copy_of", "pk")
_ITS_STORY = Coalesce(OuterRef("copy_of"), OuterRef("pk"))
#: When readers last got that story: edits and signatures since then belong to the row.
_SINCE = Coalesce(
    OuterRef("copy_of__updated_at"),
    OuterRef("copy_of__published_at"),
    OuterRef("updated_at"),
    OuterRef("published_at"),
    Value(datetime.datetime(1900, 1, 1, tzinfo=datetime.UTC)),
)


@dataclass(frozen=True)
class Queue:
    """A pile of the desk; ``rows`` gives stories and working copies, for a person."""

    name: str
    label: str
    rows: Callable
    #: Whether its number calls for someone.
    presses: bool = False

    def stories(self, person):
        """The stories of those rows."""
        return Article.objects.filter(pk__in=self.rows(person).values(story=STORY))


def _by(person):
    """Condition: the person wrote the row's story, or changed it since readers got it."""
    lately = Q(number=1) | Q(made_at__gt=_SINCE)
    return Exists(Version.objects.filter(lately, story=_ITS_STORY, person=person))


def _waiting(person):
    """Rows in a review that the person may sign: theirs no more than the workflow allows."""
    stages = [stage for stage in reviews() if person.has_perm(REVIEWER[stage])]
    signed = SignOff.objects.filter(version__story=_ITS_STORY, person=person, made_at__gt=_SINCE)
    return Article.objects.filter(stage__in=stages).exclude(_by(person)).exclude(Exists(signed))


def _returned(person):
    """Drafts whose newest line is a return, and that the person wrote or changed."""
    newest = Move.objects.filter(story=OuterRef("story"), of_copy=OuterRef("of_copy"))
    lines = Move.objects.filter(verb=VerbName.RETURN)
    lines = lines.filter(pk=Subquery(newest.order_by("-pk").values("pk")[:1]))
    of_story, of_copy = (lines.filter(of_copy=flag).values("story") for flag in (False, True))
    copies = Article.objects.filter(copy_of__in=of_copy).order_by().values("pk")
    returned = of_story.order_by().union(copies)
    return Article.objects.filter(_by(person), stage=Stage.DRAFT, pk__in=returned)


def _in_review(_person):
    return Article.objects.filter(stage__in=reviews())


def _signed(_person):
    unpublished = Article.objects.filter(stage=Stage.SIGNED, visibility=Visibility.UNPUBLISHED)
    return unpublished.filter(scheduled_for=None)


def _scheduled(_person):
    to_come = Q(visibility=Visibility.LIVE, stage=Stage.SIGNED, published_at__gt=timezone.now())
    return Article.objects.filter(to_come | Q(scheduled_for__isnull=False))


def _failed(_person):
    return Article.objects.filter(scheduled_for__isnull=False).exclude(failure="")


def _changed(_person):
    return Article.objects.filter(copy_of__isnull=False)


def _record(_person):
    return Article.objects.filter(record_changed_at__isnull=False)


def _withdrawn(_person):
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    lines = Move.objects.filter(verb=VerbName.WITHDRAW, made_at__gte=today)
    return Article.objects.filter(visibility=Visibility.WITHDRAWN, pk__in=lines.values("story"))


QUEUES = {
    queue.name: queue
    for queue in (
        Queue("waiting", _("等我审"), _waiting, presses=True),
        Queue("returned", _("退回给我"), _returned, presses=True),
        Queue("failed", _("定时失败"), _failed, presses=True),
        Queue("record", _("记录有改动，待核对"), _record, presses=True),
        Queue("signed", _("已签发，待发布"), _signed),
        Queue("review", _("审稿中"), _in_review),
        Queue("scheduled", _("定时发布"), _scheduled),
        Queue("changed", _("有未发布的修改"), _changed),
        Queue("withdrawn", _("今天撤回"), _withdrawn),
    )
}


def counts(person) -> dict[str, int]:
    """How many stories lie in each queue for ``person``, by name; one query."""
    return count_each({name: (queue.rows(person), Count("pk")) for name, queue in QUEUES.items()})
