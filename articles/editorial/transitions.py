"""The moves of a story, as data: what is possible now and what is allowed come from one table."""

from dataclasses import dataclass

from django.conf import settings

from articles.models.choices import Stage, TransitionName, Visibility

ANY_STAGE = frozenset(Stage)
IN_REVIEW = frozenset({Stage.FIRST, Stage.SECOND, Stage.THIRD, Stage.SIGNED})
NOT_LIVE = frozenset({Visibility.UNPUBLISHED, Visibility.WITHDRAWN})


@dataclass(frozen=True)
class TransitionRule:
    """One thing that can be done with a story, or with the working copy of a live one.

    ``stages`` are those of the row at work, ``visibilities`` those of the story. ``stage`` and
    ``visibility`` are what the row reaches; None leaves it.
    """

    name: TransitionName
    permission: str
    stages: frozenset[Stage] = ANY_STAGE
    visibilities: frozenset[Visibility] = NOT_LIVE
    stage: Stage | None = None
    visibility: Visibility | None = None
    #: Whether it is about a working copy, and needs one.
    needs_copy: bool = False
    asks_reason: bool = False
    #: The review that it signs.
    review: Stage | None = None
    #: Whether readers will see the text that is at work.
    publishes: bool = False
    #: Whether all reviews must have signed that text.
    needs_sign_offs: bool = False

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

    def fits(self, stage, visibility, *, is_copy: bool) -> bool:
        """Whether a row in this state can be moved so."""
        if self.needs_copy and not is_copy:
            return False
        # What readers see of a story does not hinder work on its copy.
        return (is_copy or visibility in self.visibilities) and stage in self.stages


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


def reviews() -> tuple[Stage, ...]:
    """The reviews of this paper, in order; the last one signs for print."""
    return _REVIEWS[settings.REVIEWS]


def stage_after(stage: Stage) -> Stage:
    """Where a story lies once ``stage`` has passed it."""
    order = (Stage.DRAFT, *reviews(), Stage.SIGNED)
    return order[order.index(stage) + 1]


def _review(name, stage):
    """The verb of a review; also from further on, where a later edit has voided its signature."""
    order = list(Stage)
    stages = frozenset(order[order.index(stage) :])
    return TransitionRule(name, REVIEWER[stage], stages=stages, review=stage)


SUBMIT = TransitionRule(
    TransitionName.SUBMIT, "articles.change_article", stages=frozenset({Stage.DRAFT})
)
FIRST = _review(TransitionName.FIRST, Stage.FIRST)
SECOND = _review(TransitionName.SECOND, Stage.SECOND)
SIGN = _review(TransitionName.SIGN, Stage.THIRD)
RETURN = TransitionRule(
    TransitionName.RETURN,
    REVIEWER[Stage.FIRST],
    stages=IN_REVIEW,
    stage=Stage.DRAFT,
    asks_reason=True,
)
RECALL = TransitionRule(
    TransitionName.RECALL,
    "articles.change_article",
    stages=frozenset({Stage.FIRST, Stage.SECOND, Stage.THIRD}),
    stage=Stage.DRAFT,
)
PUBLISH = TransitionRule(
    TransitionName.PUBLISH,
    "articles.publish_article",
    stages=frozenset({Stage.SIGNED}),
    stage=Stage.SIGNED,
    visibility=Visibility.LIVE,
    publishes=True,
    needs_sign_offs=True,
)
SCHEDULE = TransitionRule(
    TransitionName.SCHEDULE,
    "articles.publish_article",
    stages=frozenset({Stage.SIGNED}),
    visibilities=frozenset({Visibility.UNPUBLISHED}),
    stage=Stage.SIGNED,
    publishes=True,
    needs_sign_offs=True,
)
UNSCHEDULE = TransitionRule(
    TransitionName.UNSCHEDULE,
    "articles.publish_article",
    stages=frozenset({Stage.SIGNED}),
    visibilities=frozenset({Visibility.LIVE}),
    stage=Stage.SIGNED,
    visibility=Visibility.UNPUBLISHED,
)
URGENT = TransitionRule(
    TransitionName.URGENT,
    "articles.publish_urgently",
    stage=Stage.SIGNED,
    visibility=Visibility.LIVE,
    asks_reason=True,
    publishes=True,
)
WITHDRAW = TransitionRule(
    TransitionName.WITHDRAW,
    "articles.withdraw_article",
    visibilities=frozenset({Visibility.LIVE}),
    visibility=Visibility.WITHDRAWN,
    asks_reason=True,
)
DISCARD = TransitionRule(TransitionName.DISCARD, "articles.amend_article", needs_copy=True)
ACKNOWLEDGE = TransitionRule(
    TransitionName.ACKNOWLEDGE,
    "articles.amend_article",
    visibilities=frozenset({Visibility.LIVE}),
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
#: They speak of the story that readers see, whatever copy there is.
OF_THE_STORY = frozenset({WITHDRAW, ACKNOWLEDGE})
#: Lines of the log by which readers got a version: a round of reviews of the story begins after
#: them, that of a working copy when it is opened.
PUBLISHED = (
    TransitionName.ADOPT,
    TransitionName.PUBLISH,
    TransitionName.URGENT,
    TransitionName.ACKNOWLEDGE,
)
#: Lines by which a version was cleared for them: its hour may have been taken back.
CLEARED = (*PUBLISHED, TransitionName.SCHEDULE)
#: Those of them that signatures stood behind: what went out urgently is signed, or given a reason,
#: anew when it comes back.
SIGNED_FOR = tuple(name for name in CLEARED if name != TransitionName.URGENT)
