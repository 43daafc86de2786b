"""Where a story stands: the row at work, signatures that count and that are void, who may sign."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.editorial.accounts import by_another_hand
from articles.editorial.history import (
    CLEARED,
    History,
    Round,
    Void,
    histories,
    newest,
    valid_sign_offs,
    void_sign_offs,
)
from articles.models import Article, Inspection, Meeting, SignOff, Version
from articles.models.choices import Stage, TransitionName, Verdict, Visibility
from articles.versions import build_version, load_pair, row_at_work, serialize
from people.accounts.credentials import CredentialLog

#: The permission that each review asks for.
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
#: How long after its hour a change may still be waiting for the timer.
PATIENCE = datetime.timedelta(minutes=5)


def reviews() -> tuple[Stage, ...]:
    """The reviews of this paper, in order; the last one signs for print."""
    return _REVIEWS[settings.REVIEWS]


def stage_after(stage: Stage) -> Stage:
    """Where a story lies once ``stage`` has passed it."""
    order = (Stage.DRAFT, *reviews(), Stage.SIGNED)
    return order[order.index(stage) + 1]


def waits_for_hour(row: Article) -> bool:
    """Whether a story, or a change to one, waits for the hour that was set."""
    if row.copy_of_id:
        return row.scheduled_for is not None
    return row.visibility == Visibility.LIVE and row.published_at > timezone.now()


def is_on_its_way(row: Article) -> bool:
    """Whether a story or working copy was sent to review, and readers do not have it as it is."""
    at_work = bool(row.copy_of_id) or row.visibility != Visibility.LIVE
    return row.stage in reviews() or (row.stage == Stage.SIGNED and at_work)


@dataclass(frozen=True)
class ReviewState:
    """What the table of transitions and the desk ask of a story.

    ``row`` is the story or its working copy.
    """

    story: Article
    row: Article
    version: Version | None
    valid: dict[str, SignOff]
    void: list[Void]
    #: Who wrote or changed the version under review, by key.
    contributors: frozenset[int]
    #: Who signed which reviews in this round, by key.
    signers: dict[int, set[str]]
    #: The return that the row lies under; None once it was sent to review again.
    returned: SignOff | None
    #: Whether anyone signed since the row was sent to review.
    is_read: bool
    #: Whether this very version was cleared for readers before, as after a withdrawal,
    was_cleared: bool
    #: and the signatures that did it.
    cleared_by: list[SignOff]
    #: When its first version was saved.
    begun: datetime.datetime | None
    #: Who wrote, moved or signed anything of it, ever, by key.
    people: frozenset[int]
    #: Who set whose password.
    log: CredentialLog

    def hand_of(self, account) -> frozenset[int]:
        """Keys of the accounts that count as one person with ``account``, a key, in this story."""
        return self.log.hand_of(account, self.begun)

    @property
    def is_copy(self) -> bool:
        """Whether the desk works on a copy of a story that readers have."""
        return self.row is not self.story

    @property
    def state_token(self) -> str:
        """What is on the screen; a form sends it back, so that a stale one is noticed."""
        name = self.version.digest if self.version else ""
        return f"{self.row.pk}.{self.row.stage}.{self.story.visibility}.{name}"

    @property
    def is_scheduled(self) -> bool:
        """Whether it waits for its hour."""
        return waits_for_hour(self.row)

    @property
    def is_overdue(self) -> bool:
        """Whether the hour of a change has passed, and no timer came."""
        return self.is_due(timezone.now() - PATIENCE)

    def is_due(self, at) -> bool:
        """Whether the hour of a change has come by ``at``."""
        return self.row.scheduled_for is not None and self.row.scheduled_for <= at

    @property
    def public_state(self) -> str:
        """What readers have of the story, in words; an hour to come is said in Peking time."""
        if not self.is_scheduled or self.is_copy:
            return self.story.get_visibility_display()
        hour = timezone.localtime(self.story.published_at)
        return _("定时 %(hour)s") % {"hour": date_format(hour, "SHORT_DATETIME_FORMAT")}

    def earlier_missing(self, stage) -> list[Stage]:
        """Reviews before ``stage`` whose signature is missing or void; of none that we have not."""
        order = reviews()
        if stage not in order:
            return []
        return [one for one in self.missing_sign_offs() if one in order[: order.index(stage)]]

    def next_review(self) -> Stage | None:
        """The review that has to sign next; None where nothing lacks."""
        return next(iter(self.missing_sign_offs()), None)

    def missing_sign_offs(self) -> list[Stage]:
        """Reviews whose signature is missing or void; none for what was cleared before."""
        if self.was_cleared:
            return []
        return [stage for stage in reviews() if stage not in self.valid]

    @property
    def effective_stage(self) -> Stage:
        """The stage that a person sees: on its way to print, the review that has to sign next."""
        return (self.next_review() if is_on_its_way(self.row) else None) or Stage(self.row.stage)

    @property
    def is_at_work(self) -> bool:
        """Whether readers do not have the row as it is: it may still be signed."""
        return self.is_copy or self.story.visibility != Visibility.LIVE

    @property
    def went_out_urgently(self) -> bool:
        """Whether readers have a version that not all reviews have signed."""
        return not self.is_at_work and bool(self.missing_sign_offs())

    def counted(self) -> list[SignOff]:
        """Signatures that count now, or those by which what was cleared had been cleared."""
        return list(self.valid.values()) or self.cleared_by


def review_state_of(story: Article, row: Article | None = None) -> ReviewState:
    """ReviewState of a story, whose row at work may be known, as the newest version tells it."""
    row = row or row_at_work(story)
    return review_state_at(story, story if row.pk == story.pk else row)


def current_review_state(story: Article) -> ReviewState:
    """State of a story as it is stored, read whole: what a person sees who is asked to sign."""
    story, row = load_pair(story, row_at_work(story))
    return review_state_at(story, row, build_version(row, serialize(row)))


def review_state_at(story: Article, row: Article, version: Version | None = None) -> ReviewState:
    """State of ``story`` with ``row`` at work; ``version`` is to be signed, else its newest."""
    return _state(story, row, histories([story.pk])[story.pk], CredentialLog(), version)


def review_states(rows: Iterable[Article]) -> list[ReviewState]:
    """States of stories and working copies, which come with their ``copy_of``.

    Four queries, however many; one more for a story that was cleared for readers before.
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
    contributors = round_.contributors
    if row is story and (out := newest(round_.lines, CLEARED)):
        contributors = contributors | _amended_record(story, out.made_at)
    barred = {}
    if row is story and story.visibility == Visibility.LIVE:
        valid = valid_sign_offs(history.sign_offs, version)
    else:
        barred = by_another_hand(round_.passed, contributors, partial(log.hand_of, begun=begun))
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
        people=frozenset(
            one.person_id for one in (*history.versions, *history.transitions, *history.sign_offs)
        ),
        log=log,
    )


def _return_of(row, sign_offs):
    """The newest verdict on a draft, where it is a return."""
    if row.stage != Stage.DRAFT or not sign_offs or sign_offs[-1].verdict != Verdict.RETURNED:
        return None
    return sign_offs[-1]


def _sent_at(lines):
    """When the row was last sent to review; before all time where it never was."""
    sent = newest(lines, (TransitionName.SUBMIT,))
    return sent.made_at if sent else datetime.datetime.min.replace(tzinfo=datetime.UTC)


def _amended_record(story, since):
    """Who changed the record that ``story`` tells of while it was out, by key.

    Such a change is no version of the story, yet part of what is signed after a withdrawal.
    """
    told = Q()
    for model in (Inspection, Meeting):
        keys = getattr(story, model.in_stories).order_by().values("pk")
        told |= Q(record_model=model._meta.label_lower, record_id__in=keys)
    amended = Version.objects.filter(told, story=None, made_at__gt=since)
    return set(amended.values_list("person_id", flat=True)) - {None}
