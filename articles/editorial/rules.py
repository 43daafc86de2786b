"""Rules of transitions, and the conditions that they may have."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from articles.editorial.review_state import ReviewState
from articles.models import Article
from articles.models.choices import Stage, TransitionName, Visibility
from people.models import User

ANY_STAGE = frozenset(Stage)
NOT_LIVE = frozenset({Visibility.UNPUBLISHED, Visibility.WITHDRAWN})


@dataclass(frozen=True)
class Attempt:
    """A transition that ``person`` wants to make; ``due`` is the time at which a timer makes it."""

    rule: "TransitionRule"
    state: ReviewState
    person: User
    due: datetime | None = None

    @property
    def row(self) -> Article:
        return self.state.story if self.rule.of_story else self.state.row


#: Returns in Chinese why the transition is not possible, or "" if it is.
Condition = Callable[[Attempt], str]


@dataclass(frozen=True, eq=False)
class TransitionRule:
    """A transition of a story or working copy: when it is possible, and what it changes.

    It starts from one of ``stages`` and ``visibilities``; the visibility of a working copy does not
    matter. ``stage`` and ``visibility`` are those after it, None leaves them as they are.
    """

    name: TransitionName
    permission: str
    stages: frozenset[Stage] = ANY_STAGE
    visibilities: frozenset[Visibility] = NOT_LIVE
    stage: Stage | None = None
    visibility: Visibility | None = None
    #: Further conditions, checked in this order.
    conditions: tuple[Condition, ...] = ()
    #: Permissions that replace ``permission``, by the stage of the row.
    permissions: Mapping[Stage, str] = field(default_factory=dict)
    #: Whether it is about the live story even if that has a working copy.
    of_story: bool = False
    asks_reason: bool = False
    #: The review that it signs.
    review: Stage | None = None
    #: Whether it makes the text of the row public.
    publishes: bool = False

    @property
    def label(self) -> str:
        return str(self.name.label)

    @property
    def asks_checks(self) -> bool:
        """Whether the checklist has to pass: to submit, sign or publish."""
        return bool(self.name == TransitionName.SUBMIT or self.review or self.publishes)

    @property
    def shows(self) -> bool:
        """Whether it changes what is public."""
        return self.publishes or self.visibility is not None

    def permits(self, person: User, review_state: ReviewState) -> bool:
        """Whether ``person`` has the permission."""
        stage = Stage(review_state.row.stage)
        return person.has_perm(self.permissions.get(stage, self.permission))


def of_state(test: Callable[[Attempt], bool]) -> Condition:
    """Make a condition of a test, with a message that says the state of the story."""

    def condition(attempt: Attempt) -> str:
        return "" if test(attempt) else _wrong_state(attempt)

    return condition


def _wrong_state(attempt: Attempt) -> str:
    rule, state = attempt.rule, attempt.state
    if missing := state.earlier_missing(rule.review):
        return _unsigned(rule, missing)
    return _("稿件现在是“%(state)s”“%(stage)s”，不能%(verb)s。") % {
        "verb": rule.label,
        "state": state.public_state,
        "stage": state.row.get_stage_display(),
    }


def _unsigned(rule: TransitionRule, missing: list[Stage]) -> str:
    return _("%(stages)s还没有签字，或者签字已经失效，不能%(verb)s。") % {
        "verb": rule.label,
        "stages": "、".join(str(stage.label) for stage in missing),
    }


@of_state
def lies_where_it_may(attempt: Attempt) -> bool:
    """Stage and visibility are among those of the rule."""
    rule, state, row = attempt.rule, attempt.state, attempt.row
    return row.stage in rule.stages and (
        row is not state.story or state.story.visibility in rule.visibilities
    )


@of_state
def is_copy(attempt: Attempt) -> bool:
    """There is a working copy."""
    return attempt.state.is_copy


@of_state
def is_scheduled(attempt: Attempt) -> bool:
    return attempt.state.is_scheduled


@of_state
def was_seen(attempt: Attempt) -> bool:
    """The story is public already; a scheduled one is withdrawn by UNSCHEDULE."""
    return attempt.state.is_copy or not attempt.state.is_scheduled


@of_state
def is_unread(attempt: Attempt) -> bool:
    """Nobody has signed since the row was submitted."""
    return not attempt.state.is_read


@of_state
def is_passed_over(attempt: Attempt) -> bool:
    """A review is missing, without which PUBLISH is not possible."""
    return attempt.row.stage != Stage.SIGNED or bool(attempt.state.missing_sign_offs())


@of_state
def has_changed_record(attempt: Attempt) -> bool:
    """The public record differs from what was signed."""
    return attempt.state.story.record_changed_at is not None


@of_state
def is_next_review(attempt: Attempt) -> bool:
    """All earlier reviews are signed, and this one is not."""
    return attempt.state.next_review() == attempt.rule.review


def waits_no_longer(attempt: Attempt) -> str:
    """The row is not scheduled; or a timer makes the transition and the time has come."""
    if attempt.due:
        return "" if attempt.state.is_due(attempt.due) else _("定时刚被取消或者改过。")
    return _wrong_state(attempt) if attempt.state.is_scheduled else ""


def is_signed(attempt: Attempt) -> str:
    """All reviews have signed the text of the row."""
    missing = attempt.state.missing_sign_offs()
    return _unsigned(attempt.rule, missing) if missing else ""


def is_contributors(attempt: Attempt) -> str:
    """The person has written or changed the text."""
    if attempt.person.pk in attempt.state.contributors:
        return ""
    return _("只有写过或改过这一版的人可以取回；要退给他们，请用“退回”。")


def is_another_persons(attempt: Attempt) -> str:
    """The person and all linked accounts neither wrote the text nor signed another review."""
    state, person = attempt.state, attempt.person.pk

    def signed_another(key: int) -> bool:
        return bool(state.signers.get(key, set()) - {attempt.rule.review})

    if person in state.contributors:
        return _("您写过或改过这一版，不能再审它。请由没有动过这篇稿件的人来审。")
    if signed_another(person):
        return _("您已经审过这篇稿件的另一审次。同一个人不能审两次，请换一位。")
    linked = state.linked_accounts(person)
    others = [key for key in linked if key in state.contributors or signed_another(key)]
    if not others:
        return ""
    return _(
        "这篇稿件起草以后重设过密码，您和%(names)s算同一个人：写过、改过或者审过另一审的，"
        "不能再审。请换一位。"
    ) % {"names": state.log.named(others)}
