"""What is said of signatures: which a save would void, and who has set the signer's account."""

import datetime
from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_

from django.db.models import Model, Q
from django.utils.translation import gettext as _

from articles.editorial.locking import stories_of
from articles.editorial.review_state import ReviewState, review_states
from articles.editorial.transitions import IN_REVIEW
from articles.models import Article, Inspection, Meeting, SignOff, Transition
from articles.models.choices import TransitionName, Visibility
from people.models import Official, User

#: Time before and after a signature in which a set password is printed beside it.
WITHIN = datetime.timedelta(days=30)
#: Transitions by which a reviewer signs.
_SIGNED = (TransitionName.FIRST, TransitionName.SECOND, TransitionName.SIGN, TransitionName.RETURN)


def at_stake(*things: Model) -> list[SignOff]:
    """Signatures that count, of stories in review whose content includes one of ``things``.

    Their versions have the story loaded, but no content.
    """
    shown = reduce(or_, map(_shows, things), Q(pk=None))
    rows = Article.objects.filter(shown, stage__in=IN_REVIEW).select_related("copy_of")
    # A live story is flagged when its record changes; its signatures count on.
    rows = rows.exclude(copy_of=None, visibility=Visibility.LIVE).defer("body", "copy_of__body")
    at_work = {row.pk: row for row in rows.order_by("pk")}
    found = []
    for state in review_states(at_work.values()):
        for sign_off in state.counted():
            sign_off.version.story = state.story
            found.append(sign_off)
    return found


def at_stake_of(review_state: ReviewState) -> list[SignOff]:
    """Signatures that a save of the row itself would void; none if that is public."""
    return review_state.counted() if review_state.is_at_work else []


def _shows(thing: Model) -> Q:
    """Condition on stories that their signed content includes ``thing``."""
    if isinstance(thing, Official):
        # An official's terms give the title where none is printed.
        rows = {"attendance__official": thing, "attendance__printed_title": ""}
        events = {model.in_stories: model.objects.filter(**rows) for model in (Inspection, Meeting)}
        stories = [Article.objects.filter(**{f"{name}__in": far}) for name, far in events.items()]
        return Q(pk__in=stories[0]) | Q(pk__in=stories[1])
    return Q(pk__in=stories_of(thing).order_by().values("pk"))


def attach_password_changes(
    review_state: ReviewState, lines: Iterable[SignOff | Transition], *, person: User | None = None
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


def account_warnings(review_state: ReviewState, person: User) -> Iterator[str]:
    """Warnings about signatures that count, for accounts that someone else has set."""
    counted = review_state.counted()
    attach_password_changes(review_state, counted, person=person)
    for one in counted:
        for change in one.set_by:
            said = {"person": one.person, "stage": one.get_stage_display(), "change": change}
            yield _("%(stage)s是%(person)s签的字，%(change)s。请确认是本人签的。") % said
