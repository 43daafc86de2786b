"""Commands to execute a transition, their refusal, and the log."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from articles.editorial.rules import TransitionRule
from articles.models import Article, Transition, Version
from articles.models.choices import TransitionName
from people.models import User


class Refused(ValidationError):
    """What cannot be done now; the messages say why, in Chinese."""


class NeedsConfirmation(Refused):
    """A transition with warnings that have to be ``accepted`` first."""


@dataclass(frozen=True)
class Command:
    """A transition that a person wants to execute."""

    rule: TransitionRule
    person: User
    reason: str = ""
    #: ``ReviewState.state_token`` of the form, to be compared; None compares nothing.
    state_token: str | None = None
    #: Whether the person has accepted the warnings.
    accepted: bool = False
    #: Time at which a timer executes a scheduled transition.
    due: datetime | None = None
    #: Time for which the publication is scheduled.
    at: datetime | None = None
    #: Time at which the story expires.
    until: datetime | None = None

    def log(self, row: Article, version: Version | None, **reached: str) -> Transition:
        """Log the transition; ``reached`` are stage and visibility after it, if they change."""
        columns = {"person": self.person, "reason": self.reason, "version": version}
        return log_transition(row, self.rule.name, **columns, **reached)


def log_transition(row: Article, name: TransitionName, **columns: Any) -> Transition:
    """Log a transition of ``row``, a story or working copy; ``columns`` are those of Transition.

    Stage and visibility that are not given are those of the row. Log before the row is written: the
    database refuses a stage or visibility that the newest transition does not name.
    """
    return Transition.objects.create(
        story_id=row.copy_of_id or row.pk,
        of_copy=row.copy_of_id is not None,
        name=name,
        made_at=timezone.now(),
        **{"stage": row.stage, "visibility": row.visibility, **columns},
    )
