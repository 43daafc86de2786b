"""Whether there is someone for each review that is still to come."""

from articles.editorial.review_state import REVIEWER, ReviewState
from articles.models.choices import Stage
from people.models import User

#: Whose rule says what a role gives; the other backend only counts log-ins.
_ASKED = "django.contrib.auth.backends.ModelBackend"


def missing_reviewers(review_state: ReviewState, signer=None) -> list[Stage]:
    """Reviews that lack a signature and would find no account; ``signer`` takes the next one.

    Each review needs a person of its own: two that only one and the same person may sign are one
    too many.
    """
    lacking = review_state.missing_sign_offs()
    if signer:
        lacking = lacking[1:]
    free = {
        stage: {min(review_state.hand_of(key)) for key in _free(review_state, stage, signer)}
        for stage in lacking
    }
    # Whatever the others take, enough are left for these.
    scarce = [stage for stage in lacking if len(free[stage]) < len(lacking)]
    return _left_out(scarce, free)


def lacks_next_reviewer(review_state: ReviewState) -> bool:
    """Whether no account may sign the review that is next; one query."""
    stage = review_state.next_review()
    return stage is not None and not _free(review_state, stage).exists()


def _free(review_state, stage, signer=None):
    """Keys of accounts that may sign ``stage``: who neither wrote nor signed another review."""
    acted = {key for key, signed in review_state.signers.items() if signed - {stage}}
    acted |= review_state.contributors | ({signer.pk} if signer else set())
    barred = {key for account in acted for key in review_state.hand_of(account)}
    accounts = User.objects.with_perm(REVIEWER[stage], backend=_ASKED).exclude(pk__in=barred)
    return accounts.values_list("pk", flat=True)


def _left_out(stages, free, taken=frozenset()):
    """The fewest of ``stages`` for which nobody is left, each person signing one."""
    if not stages:
        return []
    first, *others = stages
    ways = [_left_out(others, free, taken | {person}) for person in free[first] - taken]
    return min([*ways, [first, *_left_out(others, free, taken)]], key=len)
