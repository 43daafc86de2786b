"""What a rule of the table of transitions is, and the conditions that rules name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from articles.editorial.review_state import ReviewState
from articles.models import Article
from articles.models.choices import Stage, TransitionName, Visibility

ANY_STAGE = frozenset(Stage)
NOT_LIVE = frozenset({Visibility.UNPUBLISHED, Visibility.WITHDRAWN})


@dataclass(frozen=True)
class Attempt:
    """A transition that ``person`` asks for; ``due``: the clock does, when an hour has come."""

    rule: "TransitionRule"
    state: ReviewState
    person: object
    due: datetime | None = None

    @property
    def row(self) -> Article:
        """The row that the transition is about."""
        return self.state.story if self.rule.of_story else self.state.row


#: Says why not, in the user's language; empty where nothing is against it.
Condition = Callable[[Attempt], str]


@dataclass(frozen=True, eq=False)
class TransitionRule:
    """One thing that can be done with a story, or with the working copy of a live one.

    ``stages`` are those of the row, ``visibilities`` those of the story; what readers see of a
    story does not hinder work on its copy. ``stage`` and ``visibility`` are what the row reaches;
    None leaves it.
    """

    name: TransitionName
    permission: str
    stages: frozenset[Stage] = ANY_STAGE
    visibilities: frozenset[Visibility] = NOT_LIVE
    stage: Stage | None = None
    visibility: Visibility | None = None
    #: What else must hold, asked in this order.
    conditions: tuple[Condition, ...] = ()
    #: Permissions that it asks for in place of its own, by the stage of the row.
    permissions: Mapping[Stage, str] = field(default_factory=dict)
    #: Whether it is about the story that readers see, whatever copy there is.
    of_story: bool = False
    asks_reason: bool = False
    #: The review that it signs.
    review: Stage | None = None
    #: Whether readers will see the text that is at work.
    publishes: bool = False

    @property
    def label(self):
        """The word on the button."""
        return self.name.label

    @property
    def asks_checks(self) -> bool:
        """Whether the checklist stands before it: of what is sent on, signed or shown."""
        return bool(self.name == TransitionName.SUBMIT or self.review or self.publishes)

    @property
    def shows(self) -> bool:
        """Whether readers see something else after it."""
        return self.publishes or self.visibility is not None

    def permits(self, person, review_state: ReviewState) -> bool:
        """Whether ``person`` has the permission that it asks for."""
        stage = review_state.row.stage
        return person.has_perm(self.permissions.get(stage, self.permission))


def of_state(test: Callable[[Attempt], bool]) -> Condition:
    """The condition that ``test`` holds, of which there is no more to say than the state."""

    def condition(attempt):
        return "" if test(attempt) else _wrong_state(attempt)

    return condition


def _wrong_state(attempt):
    rule, state = attempt.rule, attempt.state
    if missing := state.earlier_missing(rule.review):
        return _unsigned(rule, missing)
    return _("稿件现在是“%(state)s”“%(stage)s”，不能%(verb)s。") % {
        "verb": rule.label,
        "state": state.public_state,
        "stage": state.row.get_stage_display(),
    }


def _unsigned(rule, missing):
    return _("%(stages)s还没有签字，或者签字已经失效，不能%(verb)s。") % {
        "verb": rule.label,
        "stages": "、".join(str(stage.label) for stage in missing),
    }


@of_state
def lies_where_it_may(attempt):
    """Stage and visibility are the rule's."""
    rule, state, row = attempt.rule, attempt.state, attempt.row
    return row.stage in rule.stages and (
        row is not state.story or state.story.visibility in rule.visibilities
    )


@of_state
def is_copy(attempt):
    """There is a working copy."""
    return attempt.state.is_copy


@of_state
def is_scheduled(attempt):
    """An hour was set."""
    return attempt.state.is_scheduled


@of_state
def was_seen(attempt):
    """What no reader has seen yet is taken back by taking back its hour."""
    return attempt.state.is_copy or not attempt.state.is_scheduled


@of_state
def is_unread(attempt):
    """Nobody has signed since it was sent to review."""
    return not attempt.state.is_read


@of_state
def is_passed_over(attempt):
    """Some review: what may be published as it is has nothing to pass over."""
    return attempt.row.stage != Stage.SIGNED or attempt.state.missing_sign_offs()


@of_state
def has_changed_record(attempt):
    """What readers see of the record is not what was signed."""
    return attempt.state.story.record_changed_at is not None


@of_state
def is_next_review(attempt):
    """All reviews before it have signed, and it has not."""
    return attempt.state.next_review() == attempt.rule.review


def waits_no_longer(attempt):
    """No hour was set; or it has come, and the clock asks."""
    if attempt.due:
        return "" if attempt.state.is_due(attempt.due) else _("定时刚被取消或者改过。")
    return _wrong_state(attempt) if attempt.state.is_scheduled else ""


def is_signed(attempt):
    """All reviews have signed the text at work."""
    missing = attempt.state.missing_sign_offs()
    return _unsigned(attempt.rule, missing) if missing else ""


def is_contributors(attempt):
    """The person has written or changed it."""
    if attempt.person.pk in attempt.state.contributors:
        return ""
    return _("只有写过或改过这一版的人可以取回；要退给他们，请用“退回”。")


def is_another_persons(attempt):
    """The person, and whoever counts as one with them, neither wrote nor signed another review."""
    state, person = attempt.state, attempt.person.pk

    def signed_another(key):
        return bool(state.signers.get(key, set()) - {attempt.rule.review})

    if person in state.contributors:
        return _("您写过或改过这一版，不能再审它。请由没有动过这篇稿件的人来审。")
    if signed_another(person):
        return _("您已经审过这篇稿件的另一审次。同一个人不能审两次，请换一位。")
    hand = state.hand_of(person)
    others = [key for key in hand if key in state.contributors or signed_another(key)]
    if not others:
        return ""
    return _(
        "这篇稿件起草以后重设过密码，您和%(names)s算同一个人：写过、改过或者审过另一审的，"
        "不能再审。请换一位。"
    ) % {"names": state.log.named(others)}
