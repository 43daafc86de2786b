"""What the log of set passwords says of signatures: one hand behind two accounts, and whose."""

import datetime

from django.utils.translation import gettext as _

from articles.models import SignOff
from articles.models.choices import TransitionName

#: How long before or after a signature it is said beside it that someone set the account.
WITHIN = datetime.timedelta(days=30)
#: Lines of the log by which someone signed.
_SIGNED = (TransitionName.FIRST, TransitionName.SECOND, TransitionName.SIGN, TransitionName.RETURN)


def by_another_hand(passed, contributors, hand_of) -> dict[SignOff, set[int]]:
    """Signatures that do not count, since the same hand wrote, or signed another review before.

    ``passed`` are those of a round, oldest first. Each comes with the other accounts of that hand.
    """
    barred = {}
    for number, one in enumerate(passed):
        before = {former.person_id for former in passed[:number] if former.stage != one.stage}
        others = (before | contributors) & hand_of(one.person_id) - {one.person_id}
        if others:
            barred[one] = others
    return barred


def tell_accounts(review_state, lines, *, person=None) -> None:
    """Give each of ``lines`` by which someone signed its ``set_by``, lines of the other log.

    They tell that another person of the same story, ``person`` among them, opened the signer's
    account or reset its password around that time.
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


def account_warnings(review_state, person):
    """What the checklist asks of signatures that count, where another has set the account."""
    counted = review_state.counted()
    tell_accounts(review_state, counted, person=person)
    for one in counted:
        for change in one.set_by:
            said = {"person": one.person, "stage": one.get_stage_display(), "change": change}
            yield _("%(stage)s是%(person)s签的字，%(change)s。请确认是本人签的。") % said
