"""Whether there is someone for each review that is still to come."""

from articles.models.choices import Stage
from articles.workflow.moves import REVIEWER
from articles.workflow.standing import Standing
from people.models import User


def unmanned(standing: Standing, signer=None) -> list[Stage]:
    """Reviews that lack a signature and have no account for it; ``signer`` takes the next one."""
    lacking = standing.missing_sign_offs()
    if signer:
        lacking = lacking[1:]
    return [stage for stage in lacking if not _free(standing, stage, signer).exists()]


def _free(standing, stage, signer):
    """Accounts that may sign ``stage``: of people who neither wrote nor signed another review."""
    barred = {key for key, signed in standing.signers.items() if signed - {stage}}
    barred |= standing.contributors | ({signer.pk} if signer else set())
    return User.objects.with_perm(REVIEWER[stage]).exclude(pk__in=barred)
