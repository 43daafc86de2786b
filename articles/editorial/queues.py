"""What waits on the desk: for a person, for a review, for its hour. Counted in one query."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import (
    BooleanField,
    Case,
    Count,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.editorial.review_state import PATIENCE
from articles.editorial.transitions import NOT_LIVE, PUBLISHED, REVIEWER, SIGNED_FOR, reviews
from articles.models import Article, ErrorReport, SignOff, Transition, Version, count_each
from articles.models.choices import Stage, TransitionName, Verdict, Visibility
from people.accounts.credentials import CredentialLog

#: The story that a row, itself or its working copy, is about.
STORY = Coalesce("copy_of", "pk")
_IS_COPY = ExpressionWrapper(Q(copy_of__isnull=False), BooleanField())
#: Lines after which a round of reviews begins: OPEN is said of copies alone, the others never.
_BEGINS = (TransitionName.OPEN, *PUBLISHED)
_BEFORE_ALL = Value(datetime.datetime(1900, 1, 1, tzinfo=datetime.UTC))


#: Where the desk lists its stories, and where its readers' reports.
OF_STORIES = "admin:articles_article_changelist"
OF_REPORTS = "admin:articles_errorreport_changelist"


@dataclass(frozen=True)
class Queue:
    """A pile of the desk; ``rows`` gives its rows, for a person: of stories, copies among them."""

    name: str
    label: str
    rows: Callable
    #: Whether its number calls for someone.
    presses: bool = False
    #: Name of the address of the list that shows it.
    listed_at: str = OF_STORIES

    @property
    def is_of_stories(self) -> bool:
        """Whether its rows are stories and working copies."""
        return self.listed_at == OF_STORIES

    def keys(self, person) -> list[int]:
        """Keys of the stories of those rows.

        Asked by themselves: PostgreSQL, given the question inside that of a list in the list's
        order, puts it to every story there is.
        """
        return list(self.rows(person).values_list(STORY, flat=True))


def _at_work(*conditions):
    """Rows with what their round of reviews goes by: ``began``, ``base`` and ``text``."""
    rows = Article.objects.filter(*conditions).annotate(its_story=STORY, is_copy=_IS_COPY)
    of_row = {"story": OuterRef("its_story"), "of_copy": OuterRef("is_copy")}
    begin = Transition.objects.filter(**of_row, name__in=_BEGINS).order_by("-pk")
    newest = Version.objects.filter(**of_row).order_by("-number")
    first = Version.objects.filter(story=OuterRef("its_story"), number=1)
    return rows.annotate(
        begun=Subquery(first.values("made_at")),
        began=Coalesce(Subquery(begin.values("made_at")[:1]), _BEFORE_ALL),
        base=Coalesce(Subquery(begin.values("version__number")[:1]), 0),
        text=Subquery(newest.values("digest")[:1]),
    )


def _written(outer=OuterRef):
    """Versions that make their person a contributor: the story's first, and those of this round."""
    lately = Q(number=1) | Q(number__gt=outer("base"), of_copy=outer("is_copy"))
    return Version.objects.filter(lately, story=outer("its_story"))


def _signatures(outer=OuterRef, **conditions):
    """Signatures under the row's versions."""
    of_row = {"version__story": outer("its_story"), "version__of_copy": outer("is_copy")}
    return SignOff.objects.filter(**of_row, **conditions)


def _by_hand(rows, log, outer=OuterRef):
    """Such rows with the ``hand`` of their person, in the story of the outer row."""
    begun = ExpressionWrapper(outer("begun"), DateTimeField())
    return rows.alias(begun=begun).alias(hand=log.hand())


def _counts(stage, log):
    """Condition: the row has a signature of that review which counts, as ``ReviewState`` has it."""
    since = _signatures(_twice, verdict=Verdict.RETURNED, made_at__gt=OuterRef("made_at"))
    passed = _signatures(verdict=Verdict.PASSED, stage=stage, made_at__gt=OuterRef("began"))
    same = _by_hand(passed.filter(version__digest=OuterRef("text")), log).exclude(Exists(since))
    wrote = _by_hand(_written(_twice), log, _twice).filter(hand=OuterRef("hand"))
    signed = _signatures(_twice, verdict=Verdict.PASSED, made_at__gt=_twice("began"))
    signed = _by_hand(signed, log, _twice).filter(hand=OuterRef("hand"), pk__lt=OuterRef("pk"))
    return Exists(same.exclude(Exists(wrote)).exclude(Exists(signed.exclude(stage=stage))))


def _twice(name):
    return OuterRef(OuterRef(name))


def _in_reviews(log=None):
    """Rows on their way to print, each with the review that is ``next``; empty: none lacks."""
    log = log or CredentialLog()
    under_way = Q(stage__in=reviews())
    signed = Q(stage=Stage.SIGNED, visibility__in=NOT_LIVE, scheduled_for=None)
    out = Transition.objects.filter(story=OuterRef("its_story"), name__in=SIGNED_FOR)
    cleared = Exists(out.filter(version__digest=OuterRef("text")))
    lacks = [When(~_counts(stage, log), then=Value(stage)) for stage in reviews()]
    return _at_work(under_way | signed).annotate(
        next=Case(When(cleared, then=Value("")), *lacks, default=Value(""))
    )


def _waiting(person):
    """Rows whose next review the person may sign: theirs no more than the workflow allows."""
    log = CredentialLog()
    stages = [stage for stage in reviews() if person.has_perm(REVIEWER[stage])]
    rows = _in_reviews(log).filter(next__in=stages).alias(mine=log.hand(person.pk))
    wrote = _by_hand(_written(), log).filter(hand=OuterRef("mine"))
    signed = _signatures(verdict=Verdict.PASSED, made_at__gt=OuterRef("began"))
    signed = _by_hand(signed, log).filter(hand=OuterRef("mine"))
    return rows.exclude(Exists(wrote)).exclude(Exists(signed.exclude(stage=OuterRef("next"))))


def _returned(person):
    """Drafts whose newest line is a return, and that the person wrote or changed."""
    newest = Transition.objects.filter(story=OuterRef("story"), of_copy=OuterRef("of_copy"))
    lines = Transition.objects.filter(name=TransitionName.RETURN)
    lines = lines.filter(pk=Subquery(newest.order_by("-pk").values("pk")[:1]))
    of_story, of_copy = (lines.filter(of_copy=flag).values("story") for flag in (False, True))
    copies = Article.objects.filter(copy_of__in=of_copy).order_by().values("pk")
    returned = of_story.order_by().union(copies)
    return _at_work(Q(stage=Stage.DRAFT, pk__in=returned)).filter(
        Exists(_written().filter(person=person))
    )


def _in_review(_person):
    return _in_reviews().exclude(next="")


def _signed(_person):
    return _in_reviews().filter(next="", visibility=Visibility.UNPUBLISHED)


def _scheduled(_person):
    to_come = Q(visibility=Visibility.LIVE, stage=Stage.SIGNED, published_at__gt=timezone.now())
    return Article.objects.filter(to_come | Q(scheduled_for__isnull=False))


def _failed(_person):
    overdue = Q(scheduled_for__lt=timezone.now() - PATIENCE)
    return Article.objects.filter(overdue | ~Q(failure=""), scheduled_for__isnull=False)


def _changed(_person):
    return Article.objects.filter(copy_of__isnull=False)


def _record(_person):
    return Article.objects.filter(record_changed_at__isnull=False)


def _reports(_person):
    return ErrorReport.objects.unhandled()


def _withdrawn(_person):
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    lines = Transition.objects.filter(name=TransitionName.WITHDRAW, made_at__gte=today)
    return Article.objects.filter(visibility=Visibility.WITHDRAWN, pk__in=lines.values("story"))


QUEUES = {
    queue.name: queue
    for queue in (
        Queue("waiting", _("等我审"), _waiting, presses=True),
        Queue("returned", _("退回给我"), _returned, presses=True),
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


def counts(person) -> dict[str, int]:
    """How many rows lie in each queue for ``person``, by name; one query."""
    return count_each({name: (queue.rows(person), Count("pk")) for name, queue in QUEUES.items()})
