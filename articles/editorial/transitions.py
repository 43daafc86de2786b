"""The transitions of a story: one table says which there are, one function why one cannot be made.

Buttons, bulk actions, commands and queues ask here; ``roles`` says who has which permission.
"""

from datetime import datetime

from articles.editorial import rules
from articles.editorial.review_state import REVIEWER, ReviewState
from articles.editorial.rules import Attempt, TransitionRule
from articles.models.choices import Stage, TransitionName, Visibility

IN_REVIEW = frozenset({Stage.FIRST, Stage.SECOND, Stage.THIRD, Stage.SIGNED})


def _review(name, stage):
    """The rule of a review; also from further on, where a later edit has voided its signature."""
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

#: In the order of the buttons. ADOPT and OPEN have none: nobody chooses them.
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
    rule: TransitionRule, review_state: ReviewState, person, *, due: datetime | None = None
) -> str:
    """Why ``person``, who has the permission, cannot make the transition now; empty where they can.

    ``due``: the clock asks, at this moment, for an hour that was set.
    """
    attempt = Attempt(rule, review_state, person, due)
    conditions = (rules.lies_where_it_may, *rule.conditions)
    return next(filter(None, (condition(attempt) for condition in conditions)), "")


def possible_transitions(review_state: ReviewState, person) -> list[TransitionRule]:
    """What ``person`` can do with the story as it stands, in the order of the buttons."""
    return [
        rule
        for rule in TRANSITIONS.values()
        if rule.permits(person, review_state) and not blocked_reason(rule, review_state, person)
    ]
