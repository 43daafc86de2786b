"""Queues on the index of the desk: stories and reports that wait for someone or something."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.editorial.review_state import PATIENCE, ReviewState, review_states, reviews
from articles.editorial.transitions import TRANSITIONS, blocked_reason
from articles.models import Article, ErrorReport, Transition, count_each
from articles.models.choices import Stage, TransitionName, Visibility
from people.models import User

_REVIEWS = [rule for rule in TRANSITIONS.values() if rule.review]
#: Key of the story that a row is or is a working copy of.
STORY = Coalesce("copy_of", "pk")
#: URL names of the lists of stories and of readers' reports.
OF_STORIES = "admin:articles_article_changelist"
OF_REPORTS = "admin:articles_errorreport_changelist"


@dataclass(frozen=True)
class Queue:
    """A queue of stories and working copies, or of reports, for a person."""

    name: str
    label: str | Promise
    #: Rows that may be in the queue; all of them are, unless it has ``takes``.
    candidates: Callable[[User], QuerySet]
    #: Whether a candidate with this state is in the queue.
    takes: Callable[[ReviewState, User], bool] | None = None
    #: Whether the index highlights its number.
    presses: bool = False
    #: URL name of the list that shows it.
    listed_at: str = OF_STORIES

    @property
    def is_of_stories(self) -> bool:
        return self.listed_at == OF_STORIES

    def rows(self, person: User) -> QuerySet:
        rows = self.candidates(person)
        if self.takes is None:
            return rows
        states = review_states(_without_text(rows))
        return rows.filter(pk__in=[one.row.pk for one in states if self.takes(one, person)])

    def keys(self, person: User) -> list[int]:
        """Keys of the stories in the queue.

        This is a query of its own: as a subquery of an ordered list PostgreSQL would run it for
        every story.
        """
        return list(self.rows(person).values_list(STORY, flat=True))


def _without_text(rows: QuerySet) -> QuerySet:
    """What ``review_states`` needs of rows."""
    return rows.select_related("copy_of").defer("body", "copy_of__body")


def _in_review(_person: User) -> QuerySet:
    return Article.objects.exclude(next_review="")


def _may_wait(person: User) -> QuerySet:
    may_sign = any(person.has_perm(rule.permission) for rule in _REVIEWS)
    return Article.objects.exclude(next_review="") if may_sign else Article.objects.none()


def _waits(state: ReviewState, person: User) -> bool:
    """Whether the person may sign the next review."""
    return any(
        rule.permits(person, state) and not blocked_reason(rule, state, person) for rule in _REVIEWS
    )


def _may_be_returned(person: User) -> QuerySet:
    returns = Transition.objects.filter(name=TransitionName.RETURN, story__versions__person=person)
    stories = set(returns.order_by().values_list("story", flat=True))
    own = Q(pk__in=stories) | Q(copy_of__in=stories)
    return Article.objects.filter(own, stage=Stage.DRAFT)


def _is_returned(state: ReviewState, person: User) -> bool:
    """Whether it was returned, and the person wrote or changed it."""
    return state.returned is not None and person.pk in state.contributors


def _signed(_person: User) -> QuerySet:
    return Article.objects.filter(
        stage__in=[*reviews(), Stage.SIGNED],
        visibility=Visibility.UNPUBLISHED,
        next_review="",
        scheduled_for=None,
    )


def _scheduled(_person: User) -> QuerySet:
    to_come = Q(visibility=Visibility.LIVE, stage=Stage.SIGNED, published_at__gt=timezone.now())
    return Article.objects.filter(to_come | Q(scheduled_for__isnull=False))


def _failed(_person: User) -> QuerySet:
    overdue = Q(scheduled_for__lt=timezone.now() - PATIENCE)
    return Article.objects.filter(overdue | ~Q(failure=""), scheduled_for__isnull=False)


def _changed(_person: User) -> QuerySet:
    return Article.objects.filter(copy_of__isnull=False)


def _record(_person: User) -> QuerySet:
    return Article.objects.filter(record_changed_at__isnull=False)


def _reports(_person: User) -> QuerySet:
    return ErrorReport.objects.unhandled()


def _withdrawn(_person: User) -> QuerySet:
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    lines = Transition.objects.filter(name=TransitionName.WITHDRAW, made_at__gte=today)
    return Article.objects.filter(visibility=Visibility.WITHDRAWN, pk__in=lines.values("story"))


QUEUES = {
    queue.name: queue
    for queue in (
        Queue("waiting", _("等我审"), _may_wait, _waits, presses=True),
        Queue("returned", _("退回给我"), _may_be_returned, _is_returned, presses=True),
        Queue("failed", _("定时失败"), _failed, presses=True),
        Queue("record", _("记录有改动，待核对"), _record, presses=True),
        Queue("reports", _("读者纠错"), _reports, presses=True, listed_at=OF_REPORTS),
        Queue("signed", _("已签发，待发布"), _signed),
        Queue("review", _("审稿中"), _in_review),
        Queue("scheduled", _("定时发布"), _scheduled),
        Queue("changed", _("有未发布的修改"), _changed),
        Queue("withdrawn", _("今天撤回"), _withdrawn),
    )
}


def counts(person: User) -> dict[str, int]:
    """Number of rows in each queue for ``person``, by name; ten queries for all."""
    plain = {name: queue for name, queue in QUEUES.items() if not queue.takes}
    numbers = count_each(
        {name: (one.candidates(person), Count("pk")) for name, one in plain.items()}
    )
    taking = {name: queue.takes for name, queue in QUEUES.items() if queue.takes}
    candidates = reduce(or_, (QUEUES[name].candidates(person) for name in taking))
    states = review_states(_without_text(candidates))
    numbers |= {name: sum(takes(one, person) for one in states) for name, takes in taking.items()}
    return {name: numbers[name] for name in QUEUES}
