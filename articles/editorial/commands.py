"""What a person asks for, why it is refused, and the line of the log that it leaves."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone

from articles.editorial.rules import TransitionRule
from articles.models import Article, Transition, Version
from articles.models.choices import TransitionName
from people.models import User


class Refused(ValidationError):
    """What cannot be done now; the messages say why, in the user's language."""


class NeedsConfirmation(Refused):
    """A transition that was not made since something is odd; ``accepted`` makes it."""


@dataclass(frozen=True)
class Command:
    """What a person asks for.

    ``state_token`` is that of the screen (``ReviewState.state_token``); None compares nothing but
    the state of the instance. ``at`` and ``until`` are the moments of a schedule. ``accepted``: the
    person has read the warnings.
    """

    rule: TransitionRule
    person: User
    reason: str = ""
    state_token: str | None = None
    accepted: bool = False
    #: The clock asks, at this moment: the hour that was set has come.
    due: datetime | None = None
    at: datetime | None = None
    until: datetime | None = None

    def log(self, row: Article, version: Version | None, **reached) -> Transition:
        """Its line in the log, as ``log_transition`` writes it."""
        said = {"person": self.person, "reason": self.reason, "version": version}
        return log_transition(row, self.rule.name, **said, **reached)


def log_transition(row: Article, name: TransitionName, **columns) -> Transition:
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
