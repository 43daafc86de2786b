"""Review state of a story: its row at work, signatures that count or are void, who may sign."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.editorial.history import (
    CLEARED,
    History,
    Round,
    Void,
    barred_sign_offs,
    histories,
    newest,
    valid_sign_offs,
    void_sign_offs,
)
from articles.models import Article, Inspection, Meeting, SignOff, Transition, Version
from articles.models.choices import Stage, TransitionName, Verdict, Visibility
from articles.versions import build_version, load_pair, row_at_work, serialize
from people.accounts.credentials import CredentialLog

#: Permission for each review.
REVIEWER = {
    Stage.FIRST: "articles.review_first",
    Stage.SECOND: "articles.review_second",
    Stage.THIRD: "articles.sign_article",
}
_REVIEWS = {
    1: (Stage.THIRD,),
    2: (Stage.FIRST, Stage.THIRD),
    3: (Stage.FIRST, Stage.SECOND, Stage.THIRD),
}
#: Time after its hour in which a scheduled change may still wait for the timer.
PATIENCE = datetime.timedelta(minutes=5)


def reviews() -> tuple[Stage, ...]:
    """Reviews that the settings ask for, in order; the last one signs the story."""
    return _REVIEWS[settings.REVIEWS]


def stage_after(stage: Stage) -> Stage:
    """Stage of a story that has passed the review ``stage``."""
    order = (Stage.DRAFT, *reviews(), Stage.SIGNED)
    return order[order.index(stage) + 1]


def waits_for_hour(row: Article) -> bool:
    """Whether a story, or the change in a working copy, is scheduled."""
    if row.copy_of_id:
        return row.scheduled_for is not None
    is_to_come = row.published_at is not None and row.published_at > timezone.now()
    return row.visibility == Visibility.LIVE and is_to_come


def is_on_its_way(row: Article) -> bool:
    """Whether a story or working copy was submitted and is not public as it is."""
    at_work = bool(row.copy_of_id) or row.visibility != Visibility.LIVE
    return row.stage in reviews() or (row.stage == Stage.SIGNED and at_work)


@dataclass(frozen=True)
class ReviewState:
    """What decides which transitions of a story are possible. People are given by their keys."""

    story: Article
    #: The working copy, or else the story itself.
    row: Article
    #: The newest version of the row, or the one that is to be signed.
    version: Version | None
    #: Signatures that count, by review.
    valid: dict[str, SignOff]
    void: list[Void]
    #: Who wrote or changed the version.
    contributors: frozenset[int]
    #: Reviews that each person has signed in this round.
    signers: dict[int, set[str]]
    #: The return of a draft, as long as it was not submitted again.
    returned: SignOff | None
    #: Whether anyone has signed since the row was submitted.
    is_read: bool
    #: Whether this version was cleared for publication before, as after a withdrawal.
    was_cleared: bool
    #: The signatures that it had then.
    cleared_by: list[SignOff]
    #: When the first version was saved.
    begun: datetime.datetime | None
    #: Who ever wrote, moved or signed the story.
    people: frozenset[int]
    log: CredentialLog

    def linked_accounts(self, account: int) -> frozenset[int]:
        """Accounts that count as one person with ``account`` in this story."""
        return self.log.linked_accounts(account, self.begun)

    @property
    def is_copy(self) -> bool:
        return self.row is not self.story

    @property
    def state_token(self) -> str:
        """Token of the state that a form shows and posts, to notice that it has changed since."""
        name = self.version.digest if self.version else ""
        return f"{self.row.pk}.{self.row.stage}.{self.story.visibility}.{name}"

    @property
    def is_scheduled(self) -> bool:
        return waits_for_hour(self.row)

    @property
    def is_overdue(self) -> bool:
        """Whether the timer should have published a scheduled change by now."""
        return self.is_due(timezone.now() - PATIENCE)

    def is_due(self, at: datetime.datetime) -> bool:
        """Whether a change is scheduled for ``at`` or earlier."""
        return self.row.scheduled_for is not None and self.row.scheduled_for <= at

    @property
    def public_state(self) -> str:
        """Visibility in words; of a scheduled story the time, in the paper's time zone."""
        if not self.is_scheduled or self.is_copy:
            return self.story.get_visibility_display()
        hour = timezone.localtime(self.story.published_at)
        return _("定时 %(hour)s") % {"hour": date_format(hour, "SHORT_DATETIME_FORMAT")}

    def earlier_missing(self, stage: Stage | None) -> list[Stage]:
        """Reviews before ``stage`` that lack a valid signature; none if that is no review here."""
        order = reviews()
        if stage is None or stage not in order:
            return []
        return [one for one in self.missing_sign_offs() if one in order[: order.index(stage)]]

    def next_review(self) -> Stage | None:
        """The next review that has to sign, or None."""
        return next(iter(self.missing_sign_offs()), None)

    def missing_sign_offs(self) -> list[Stage]:
        """Reviews without a valid signature; none if the version was cleared before."""
        if self.was_cleared:
            return []
        return [stage for stage in reviews() if stage not in self.valid]

    @property
    def effective_stage(self) -> Stage:
        """Stage that is shown: of a submitted story the next review, whatever stage is stored."""
        return (self.next_review() if is_on_its_way(self.row) else None) or Stage(self.row.stage)

    @property
    def is_at_work(self) -> bool:
        """Whether the row is not public as it is, so that it may still be signed."""
        return self.is_copy or self.story.visibility != Visibility.LIVE

    @property
    def went_out_urgently(self) -> bool:
        """Whether the public version lacks a signature."""
        return not self.is_at_work and bool(self.missing_sign_offs())

    def counted(self) -> list[SignOff]:
        """Signatures that count, or those that an earlier clearance relied on."""
        return list(self.valid.values()) or self.cleared_by


def review_state_of(story: Article, row: Article | None = None) -> ReviewState:
    """State of a story with its newest version; ``row`` is its row at work if the caller has it."""
    row = row or row_at_work(story)
    return review_state_at(story, story if row.pk == story.pk else row)


def current_review_state(story: Article) -> ReviewState:
    """State of a story with a version that is equal to its row: what a reviewer is to sign."""
    story, row = load_pair(story, row_at_work(story))
    return review_state_at(story, row, build_version(row, serialize(row)))


def review_state_at(story: Article, row: Article, version: Version | None = None) -> ReviewState:
    """State of ``story`` with ``row`` at work, and ``version`` or else the newest one."""
    return _state(story, row, histories([story.pk])[story.pk], CredentialLog(), version)


def review_states(rows: Iterable[Article]) -> list[ReviewState]:
    """States of stories and working copies with their newest versions.

    ``copy_of`` has been loaded. Four queries for all, and one for each story that was cleared.
    """
    rows, log = list(rows), CredentialLog()
    told = histories({row.copy_of_id or row.pk for row in rows})
    pairs = [(row.copy_of or row, row) for row in rows]
    return [_state(story, row, told[story.pk], log) for story, row in pairs]


def _state(
    story: Article,
    row: Article,
    history: History,
    log: CredentialLog,
    version: Version | None = None,
) -> ReviewState:
    round_ = Round(history, of_copy=row is not story)
    version = version or (round_.versions[-1] if round_.versions else None)
    begun = history.versions[0].made_at if history.versions else None
    contributors = _contributors(story, row, round_)
    barred: dict[SignOff, set[int]] = {}
    if row is story and story.visibility == Visibility.LIVE:
        valid = valid_sign_offs(history.sign_offs, version)
    else:
        barred = barred_sign_offs(
            round_.passed, contributors, partial(log.linked_accounts, begun=begun)
        )
        mine = (one for one in round_.passed if one.person_id not in contributors)
        own = [one for one in mine if one not in barred]
        valid = valid_sign_offs([*own, *round_.returned], version)
    cleared = history.clearing(version)
    return ReviewState(
        story=story,
        row=row,
        version=version,
        valid=valid,
        void=void_sign_offs(
            history, round_, valid, {one: log.named(barred[one]) for one in barred}
        ),
        contributors=frozenset(contributors),
        signers=round_.signers(),
        returned=_return_of(row, history.sign_offs),
        is_read=any(one.made_at > _sent_at(round_.lines) for one in history.sign_offs),
        was_cleared=cleared is not None,
        cleared_by=history.signed_for(cleared),
        begun=begun,
        people=history.people,
        log=log,
    )


def _contributors(story: Article, row: Article, round_: Round) -> set[int]:
    """Keys of those who changed the text, or the record while it was out; they sign nothing."""
    out = newest(round_.lines, CLEARED) if row is story else None
    return round_.contributors | (_amenders(story, out.made_at) if out else set())


def _return_of(row: Article, sign_offs: list[SignOff]) -> SignOff | None:
    """Newest signature of a draft if it is a return."""
    if row.stage != Stage.DRAFT or not sign_offs or sign_offs[-1].verdict != Verdict.RETURNED:
        return None
    return sign_offs[-1]


def _sent_at(lines: list[Transition]) -> datetime.datetime:
    """Time at which the row was last submitted; the minimum if it never was."""
    sent = newest(lines, (TransitionName.SUBMIT,))
    return sent.made_at if sent else datetime.datetime.min.replace(tzinfo=datetime.UTC)


def _amenders(story: Article, since: datetime.datetime) -> set[int]:
    """Keys of those who changed the events of a story while it was public.

    Such a change makes no version of the story, but is signed with it after a withdrawal.
    """
    of_events = Q()
    for model in (Inspection, Meeting):
        keys = getattr(story, model.in_stories).order_by().values("pk")
        of_events |= Q(record_model=model._meta.label_lower, record_id__in=keys)
    amended = Version.objects.filter(of_events, story=None, made_at__gt=since)
    return {key for key in amended.values_list("person_id", flat=True) if key}
