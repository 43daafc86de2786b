"""Signatures that a save would void, so that the form can say so before it."""

from functools import reduce
from operator import or_

from django.db.models import Model, Q

from articles.editorial.review_state import ReviewState, review_states
from articles.editorial.transitions import IN_REVIEW
from articles.models import Article, Inspection, Meeting, Photo, SignOff
from articles.models.choices import Visibility
from people.models import Official


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
    if isinstance(thing, Photo):
        return Q(photos__photo=thing)
    if isinstance(thing, Official):
        # An official's terms give the title where none is printed.
        rows = {"attendance__official": thing, "attendance__printed_title": ""}
        events = {model.in_stories: model.objects.filter(**rows) for model in (Inspection, Meeting)}
        stories = [Article.objects.filter(**{f"{name}__in": far}) for name, far in events.items()]
        return Q(pk__in=stories[0]) | Q(pk__in=stories[1])
    relation = getattr(thing, "in_stories", None)
    return Q(**{relation: thing}) if relation else Q(pk=None)
