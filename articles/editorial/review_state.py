"""Where a story stands: the row at work, signatures that count and that are void, who may sign."""

import datetime
from dataclasses import dataclass
from functools import partial

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.editorial.accounts import by_another_hand
from articles.editorial.transitions import (
    ACKNOWLEDGE,
    CLEARED,
    OF_THE_STORY,
    PUBLISH,
    PUBLISHED,
    RECALL,
    RETURN,
    REVIEWER,
    SCHEDULE,
    SIGNED_FOR,
    UNSCHEDULE,
    URGENT,
    WITHDRAW,
    TransitionRule,
    reviews,
)
from articles.models import Article, Inspection, Meeting, SignOff, Version
from articles.models.choices import Stage, TransitionName, Verdict, Visibility
from articles.versions import (
    build_version,
    load_pair,
    row_at_work,
    serialize,
    sign_offs_of,
)
from people.accounts.credentials import CredentialLog


@dataclass(frozen=True)
class Void:
    """A signature that no longer counts, and the version that voided it."""

    sign_off: SignOff
    voided_by: Version | None
    #: Names of the accounts that count as one person with the signer's, and wrote or signed before.
    one_hand: str = ""


#: How long after its hour a change may still be waiting for the timer.
PATIENCE = datetime.timedelta(minutes=5)


def waits_for_hour(row: Article) -> bool:
    """Whether a story, or a change to one, waits for the hour that was set."""
    if row.copy_of_id:
        return row.scheduled_for is not None
    return row.visibility == Visibility.LIVE and row.published_at > timezone.now()


@dataclass(frozen=True)
class ReviewState:
    """What the verbs and the desk ask of a story; ``row`` is the story or its working copy."""

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
        """Token of what is on the screen; a form sends it back, so that a stale one is noticed."""
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

    def fits(self, verb: TransitionRule, *, due: bool = False) -> bool:
        """Whether the verb is one for the state, whoever asks; ``due``: the set hour has come."""
        row = self.story if verb in OF_THE_STORY else self.row
        if verb is UNSCHEDULE:
            return self.is_scheduled
        is_copy = row is not self.story
        against = (
            self.is_scheduled and not due and verb in (PUBLISH, SCHEDULE, RETURN),
            # What no reader has seen yet is taken back by taking back its hour.
            verb is WITHDRAW and self.is_scheduled and not self.is_copy,
            # What may be published as it is has nothing to pass over.
            verb is URGENT and self.row.stage == Stage.SIGNED and not self.missing_sign_offs(),
            verb is RECALL and (self.is_read or self.is_scheduled),
            verb is ACKNOWLEDGE and not self.story.record_changed_at,
            verb.review and (self.is_scheduled or self.next_review() != verb.review),
        )
        fits = verb.fits(row.stage, self.story.visibility, is_copy=is_copy)
        return fits and not any(against)

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
        on_its_way = self.row.stage in reviews() or (
            self.row.stage == Stage.SIGNED and self.is_at_work
        )
        return (self.next_review() if on_its_way else None) or Stage(self.row.stage)

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

    def person_blocked_reason(self, verb: TransitionRule, person) -> str:
        """Why not ``person``, whose role has the verb; empty where nothing is against it."""
        if verb is RECALL and person.pk not in self.contributors:
            return _("只有写过或改过这一版的人可以取回；要退给他们，请用“退回”。")
        if not verb.review:
            return ""
        if person.pk in self.contributors:
            return _("您写过或改过这一版，不能再审它。请由没有动过这篇稿件的人来审。")
        if self.signers.get(person.pk, set()) - {verb.review}:
            return _("您已经审过这篇稿件的另一审次。同一个人不能审两次，请换一位。")
        others = [
            key
            for key in self.hand_of(person.pk)
            if key in self.contributors or self.signers.get(key, set()) - {verb.review}
        ]
        if others:
            return _(
                "这篇稿件起草以后重设过密码，您和%(names)s算同一个人：写过、改过或者审过另一审的，"
                "不能再审。请换一位。"
            ) % {"names": self.log.named(others)}
        return ""

    def permission(self, verb: TransitionRule) -> str:
        """Permission that the verb asks for; who returns a story needs that of its review."""
        if verb is RETURN:
            return REVIEWER.get(self.row.stage, REVIEWER[Stage.THIRD])
        return verb.permission


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
    moves = story.transitions.select_related("version").defer("version__content")
    moves = list(moves.order_by("pk"))
    is_copy = row is not story
    lines = [move for move in moves if move.of_copy == is_copy]
    began = _newest(lines, {TransitionName.OPEN} if is_copy else PUBLISHED)
    versions = Version.objects.filter(story=story).select_related("person").defer("content")
    versions = list(versions.order_by("number"))
    of_row = [one for one in versions if one.of_copy == is_copy]
    version = version or (of_row[-1] if of_row else None)
    # Lines from before there were versions have none.
    base = began.version.number if began and began.version else 0
    wrote = [one for one in of_row if one.number > base]
    contributors = {one.person_id for one in versions[:1] + wrote}
    if not is_copy and (out := _newest(lines, CLEARED)):
        contributors |= _amended_record(story, out.made_at)
    sign_offs = list(sign_offs_of(story))
    of_round = [
        one
        for one in sign_offs
        if one.version.of_copy == is_copy and (not began or one.made_at > began.made_at)
    ]
    passed = [one for one in of_round if one.verdict == Verdict.PASSED]
    returned = [one for one in of_round if one.verdict == Verdict.RETURNED]
    log, begun, barred = CredentialLog(), versions[0].made_at if versions else None, {}
    if not is_copy and story.visibility == Visibility.LIVE:
        valid = valid_sign_offs(sign_offs, version)
    else:
        barred = by_another_hand(passed, contributors, partial(log.hand_of, begun=begun))
        own = [one for one in passed if one.person_id not in contributors and one not in barred]
        valid = valid_sign_offs([*own, *returned], version)
    void = [
        Void(one, None, log.named(barred[one]))
        if one in barred
        else Void(one, _voided_by(one, versions, [back.made_at for back in returned]))
        for one in passed
        if one not in valid.values()
    ]
    signers = {}
    for one in passed:
        signers.setdefault(one.person_id, set()).add(one.stage)
    cleared = _clearing(moves, version)
    return ReviewState(
        story=story,
        row=row,
        version=version,
        valid=valid,
        void=void,
        contributors=frozenset(contributors - {None}),
        signers=signers,
        returned=_return_of(row, sign_offs),
        is_read=any(one.made_at > _sent_at(lines) for one in sign_offs),
        was_cleared=cleared is not None,
        cleared_by=_signed_for(cleared, versions, sign_offs),
        begun=begun,
        people=frozenset(one.person_id for one in (*versions, *moves, *sign_offs)),
        log=log,
    )


def _clearing(moves, version):
    """The newest line that cleared ``version`` for readers, unless it was returned since."""
    if version is None:
        return None
    same = [move for move in moves if move.version and move.version.digest == version.digest]
    line = _newest(same, (*SIGNED_FOR, TransitionName.RETURN))
    return line if line and line.name in SIGNED_FOR else None


def _signed_for(line, versions, sign_offs):
    """Signatures that cleared the line's version; filling the day may have made more of it."""
    if line is None:
        return []
    numbers = set()
    for one in reversed([one for one in versions if one.number <= line.version.number]):
        numbers.add(one.number)
        if one.person_id:
            break
    passed = [one for one in sign_offs if one.verdict == Verdict.PASSED]
    return [one for one in passed if one.version.number in numbers]


def valid_sign_offs(sign_offs, version):
    """Signatures by review that count for ``version``: same digest, and not returned since."""
    returned = [one.made_at for one in sign_offs if one.verdict == Verdict.RETURNED]
    last_return = max(returned, default=None)
    return {
        one.stage: one
        for one in sign_offs
        if one.verdict == Verdict.PASSED
        and version
        and one.version.digest == version.digest
        and not (last_return and last_return > one.made_at)
    }


def _return_of(row, sign_offs):
    """The newest verdict on a draft, where it is a return."""
    if row.stage != Stage.DRAFT or not sign_offs or sign_offs[-1].verdict != Verdict.RETURNED:
        return None
    return sign_offs[-1]


def _voided_by(sign_off, versions, returns):
    """The version after the signature's; None where the story was returned before there was one."""
    later = (one for one in versions if one.number > sign_off.version.number)
    version = next(later, None)
    returned = min((moment for moment in returns if moment > sign_off.made_at), default=None)
    if version and returned and returned < version.made_at:
        return None
    return version


def _sent_at(lines):
    """When the row was last sent to review; before all time where it never was."""
    sent = _newest(lines, {TransitionName.SUBMIT})
    return sent.made_at if sent else datetime.datetime.min.replace(tzinfo=datetime.UTC)


def _newest(lines, verbs):
    """The newest line of ``verbs``; None where there is none."""
    return next((line for line in reversed(lines) if line.name in verbs), None)


def _amended_record(story, since):
    """Who changed the record that ``story`` tells of while it was out, by key.

    Such a change is no version of the story, yet part of what is signed after a withdrawal.
    """
    told = Q()
    for model in (Inspection, Meeting):
        keys = getattr(story, model.in_stories).order_by().values("pk")
        told |= Q(record_model=model._meta.label_lower, record_id__in=keys)
    amended = Version.objects.filter(told, story=None, made_at__gt=since)
    return set(amended.values_list("person_id", flat=True))
