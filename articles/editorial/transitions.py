"""The table of transitions, and the function that says why one is not possible.

Buttons, bulk actions, commands and queues use both; ``roles`` says who has which permission.
"""

from datetime import datetime

from articles.editorial import rules
from articles.editorial.review_state import REVIEWER, ReviewState
from articles.editorial.rules import Attempt, TransitionRule
from articles.models.choices import Stage, TransitionName, Visibility
from people.models import User

IN_REVIEW = frozenset({Stage.FIRST, Stage.SECOND, Stage.THIRD, Stage.SIGNED})


def _review(name: TransitionName, stage: Stage) -> TransitionRule:
    """Rule of a review. It starts from later stages too, where an edit has voided its signature."""
    order = list(Stage)
    return TransitionRule(
        name,
        REVIEWER[stage],
        stages=frozenset(order[order.index(stage) :]),
        review=stage,
        conditions=(rules.waits_no_longer, rules.is_next_review, rules.is_another_persons),
    )


SUBMIT = TransitionRule(
    TransitionName.SUBMIT, "articles.change_article", stages=frozenset({Stage.DRAFT})
)
FIRST = _review(TransitionName.FIRST, Stage.FIRST)
SECOND = _review(TransitionName.SECOND, Stage.SECOND)
SIGN = _review(TransitionName.SIGN, Stage.THIRD)
PUBLISH = TransitionRule(
    TransitionName.PUBLISH,
    "articles.publish_article",
    stages=frozenset({Stage.SIGNED}),
    stage=Stage.SIGNED,
    visibility=Visibility.LIVE,
    conditions=(rules.waits_no_longer, rules.is_signed),
    publishes=True,
)
SCHEDULE = TransitionRule(
    TransitionName.SCHEDULE,
    "articles.publish_article",
    stages=frozenset({Stage.SIGNED}),
    visibilities=frozenset({Visibility.UNPUBLISHED}),
    stage=Stage.SIGNED,
    conditions=(rules.waits_no_longer, rules.is_signed),
    publishes=True,
)
UNSCHEDULE = TransitionRule(
    TransitionName.UNSCHEDULE,
    "articles.publish_article",
    stages=frozenset({Stage.SIGNED}),
    visibilities=frozenset({Visibility.LIVE}),
    stage=Stage.SIGNED,
    visibility=Visibility.UNPUBLISHED,
    conditions=(rules.is_scheduled,),
)
RETURN = TransitionRule(
    TransitionName.RETURN,
    REVIEWER[Stage.THIRD],
    permissions=REVIEWER,
    stages=IN_REVIEW,
    stage=Stage.DRAFT,
    conditions=(rules.waits_no_longer,),
    asks_reason=True,
)
RECALL = TransitionRule(
    TransitionName.RECALL,
    "articles.change_article",
    stages=frozenset({Stage.FIRST, Stage.SECOND, Stage.THIRD}),
    stage=Stage.DRAFT,
    conditions=(rules.is_unread, rules.is_contributors),
)
URGENT = TransitionRule(
    TransitionName.URGENT,
    "articles.publish_urgently",
    stage=Stage.SIGNED,
    visibility=Visibility.LIVE,
    conditions=(rules.is_passed_over,),
    asks_reason=True,
    publishes=True,
)
ACKNOWLEDGE = TransitionRule(
    TransitionName.ACKNOWLEDGE,
    "articles.amend_article",
    visibilities=frozenset({Visibility.LIVE}),
    conditions=(rules.has_changed_record,),
    of_story=True,
)
WITHDRAW = TransitionRule(
    TransitionName.WITHDRAW,
    "articles.withdraw_article",
    visibilities=frozenset({Visibility.LIVE}),
    visibility=Visibility.WITHDRAWN,
    conditions=(rules.was_seen,),
    of_story=True,
    asks_reason=True,
)
DISCARD = TransitionRule(
    TransitionName.DISCARD, "articles.amend_article", conditions=(rules.is_copy,)
)

#: In the order of the buttons. ADOPT, OPEN, RESTORE and LAYOUT are made by other functions.
TRANSITIONS = {
    rule.name.value: rule
    for rule in (
        SUBMIT,
        FIRST,
        SECOND,
        SIGN,
        PUBLISH,
        SCHEDULE,
        UNSCHEDULE,
        RETURN,
        RECALL,
        URGENT,
        ACKNOWLEDGE,
        WITHDRAW,
        DISCARD,
    )
}


def blocked_reason(
    rule: TransitionRule, review_state: ReviewState, person: User, *, due: datetime | None = None
) -> str:
    """Why ``person``, who has the permission, cannot make the transition now; empty if they can.

    ``due`` is the time at which a timer makes a scheduled transition.
    """
    attempt = Attempt(rule, review_state, person, due)
    conditions = (rules.lies_where_it_may, *rule.conditions)
    return next(filter(None, (condition(attempt) for condition in conditions)), "")


def possible_transitions(review_state: ReviewState, person: User) -> list[TransitionRule]:
    """Transitions that ``person`` can make now, in the order of the buttons."""
    return [
        rule
        for rule in TRANSITIONS.values()
        if rule.permits(person, review_state) and not blocked_reason(rule, review_state, person)
    ]
