"""The moves of a story, as data: what is possible now and what is allowed come from one table."""

from dataclasses import dataclass

from articles.models.choices import Stage, VerbName, Visibility


@dataclass(frozen=True)
class Verb:
    """One thing that can be done with a story."""

    name: VerbName
    sources: frozenset[Visibility]
    stage: Stage
    visibility: Visibility
    permission: str
    asks_reason: bool = False

    @property
    def label(self):
        """The word on the button."""
        return self.name.label


PUBLISH = Verb(
    name=VerbName.PUBLISH,
    sources=frozenset({Visibility.UNPUBLISHED, Visibility.WITHDRAWN}),
    stage=Stage.SIGNED,
    visibility=Visibility.LIVE,
    permission="articles.publish_article",
)
WITHDRAW = Verb(
    name=VerbName.WITHDRAW,
    sources=frozenset({Visibility.LIVE}),
    stage=Stage.SIGNED,
    visibility=Visibility.WITHDRAWN,
    permission="articles.withdraw_article",
    asks_reason=True,
)

MOVES = (PUBLISH, WITHDRAW)
VERBS = {verb.name.value: verb for verb in MOVES}


def possible_moves(article, user) -> list[Verb]:
    """What ``user`` can do with ``article`` as it stands."""
    if article.copy_of_id:
        return []
    return [
        verb
        for verb in MOVES
        if article.visibility in verb.sources and user.has_perm(verb.permission)
    ]
