"""Signatures for which the log of set passwords says that one person may be behind two accounts."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet

from django.utils.translation import gettext as _

from articles.models import SignOff, Transition
from articles.models.choices import TransitionName
from people.models import User

#: Time before and after a signature in which a set password is printed beside it.
WITHIN = datetime.timedelta(days=30)
#: Transitions by which a reviewer signs.
_SIGNED = (TransitionName.FIRST, TransitionName.SECOND, TransitionName.SIGN, TransitionName.RETURN)


def barred_sign_offs(
    passed: list[SignOff], contributors: AbstractSet[int], linked: Callable[[int], frozenset[int]]
) -> dict[SignOff, set[int]]:
    """Signatures of a round that do not count, each with the linked accounts that are the reason.

    These have written the text, or signed another review before. ``passed`` are the signatures of
    the round, the oldest first; ``linked`` gives the accounts that count as one person.
    """
    barred = {}
    for number, one in enumerate(passed):
        before = {former.person_id for former in passed[:number] if former.stage != one.stage}
        others = (before | contributors) & linked(one.person_id) - {one.person_id}
        if others:
            barred[one] = others
    return barred


def tell_accounts(
    review_state, lines: Iterable[SignOff | Transition], *, person: User | None = None
) -> None:
    """Set ``set_by`` on sign-offs, and on transitions by which someone signed.

    These are the lines of the log of passwords which say that someone else who has worked on the
    story, or ``person``, opened the signer's account or reset its password around that time.
    """
    people = review_state.people | ({person.pk} if person else set())
    for line in lines:
        if isinstance(line, SignOff) or line.name in _SIGNED:
            line.set_by = [
                change
                for change in review_state.log.changes
                if change.account_id == line.person_id
                and change.person_id in people
                and abs(change.made_at - line.made_at) <= WITHIN
            ]


def account_warnings(review_state, person: User) -> Iterator[str]:
    """Warnings about signatures that count, for accounts that someone else has set."""
    counted = review_state.counted()
    tell_accounts(review_state, counted, person=person)
    for one in counted:
        for change in one.set_by:
            said = {"person": one.person, "stage": one.get_stage_display(), "change": change}
            yield _("%(stage)s是%(person)s签的字，%(change)s。请确认是本人签的。") % said
