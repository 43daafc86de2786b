"""Whether there is an account for each review that is still missing."""

from django.db.models import QuerySet

from articles.editorial.review_state import REVIEWER, ReviewState
from articles.models.choices import Stage
from people.models import User

#: Backend that knows permissions; the other one only counts log-ins.
_ASKED = "django.contrib.auth.backends.ModelBackend"


def missing_reviewers(review_state: ReviewState, signer: User | None = None) -> list[Stage]:
    """Missing reviews for which there is no account, once ``signer`` has signed the next one.

    Each review needs a person of its own: of two that only the same person may sign one is missing.
    """
    lacking = review_state.missing_sign_offs()
    if signer:
        lacking = lacking[1:]
    free = {
        stage: {
            min(review_state.linked_accounts(key)) for key in _free(review_state, stage, signer)
        }
        for stage in lacking
    }
    # Reviews with as many accounts as there are reviews always have one left.
    scarce = [stage for stage in lacking if len(free[stage]) < len(lacking)]
    return _left_out(scarce, free)


def lacks_next_reviewer(review_state: ReviewState) -> bool:
    """Whether no account may sign the next review; one query."""
    stage = review_state.next_review()
    return stage is not None and not _free(review_state, stage).exists()


def _free(
    review_state: ReviewState, stage: Stage, signer: User | None = None
) -> QuerySet[User, int]:
    """Keys of the accounts that may sign ``stage``."""
    acted = {key for key, signed in review_state.signers.items() if signed - {stage}}
    acted |= review_state.contributors | ({signer.pk} if signer else set())
    barred = {key for account in acted for key in review_state.linked_accounts(account)}
    accounts = User.objects.with_perm(REVIEWER[stage], backend=_ASKED).exclude(pk__in=barred)
    return accounts.values_list("pk", flat=True)


def _left_out(
    stages: list[Stage], free: dict[Stage, set[int]], taken: frozenset[int] = frozenset()
) -> list[Stage]:
    """The fewest of ``stages`` for which nobody is left if each person signs one."""
    if not stages:
        return []
    first, *others = stages
    ways = [_left_out(others, free, taken | {person}) for person in free[first] - taken]
    return min([*ways, [first, *_left_out(others, free, taken)]], key=len)
