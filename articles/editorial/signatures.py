"""Whose signatures a save would void: said before it, so that nobody voids them unawares."""

from functools import reduce
from operator import or_

from django.db.models import Q

from articles.editorial.review_state import ReviewState, review_states
from articles.editorial.transitions import IN_REVIEW
from articles.models import Article, Inspection, Meeting, Photo, SignOff
from articles.models.choices import Visibility
from people.models import Official


def at_stake(*things) -> list[SignOff]:
    """Signatures that count now, under stories on their way to print that show one of ``things``.

    Their versions come with the stories, without contents.
    """
    shown = reduce(or_, map(_shows, things), Q(pk=None))
    rows = Article.objects.filter(shown, stage__in=IN_REVIEW).select_related("copy_of")
    # What readers have is marked, not voided, when its record changes.
    rows = rows.exclude(copy_of=None, visibility=Visibility.LIVE).defer("body", "copy_of__body")
    rows = {row.pk: row for row in rows.order_by("pk")}
    found = []
    for state in review_states(rows.values()):
        for sign_off in state.counted():
            sign_off.version.story = state.story
            found.append(sign_off)
    return found


def at_stake_of(review_state: ReviewState) -> list[SignOff]:
    """The same, of a save of the story itself; readers' own text is changed on a copy."""
    return review_state.counted() if review_state.is_at_work else []


def _shows(thing) -> Q:
    """Condition on stories: what is signed of them says something of ``thing``."""
    if isinstance(thing, Photo):
        return Q(photos__photo=thing)
    if isinstance(thing, Official):
        # Titles come from the register where the paper printed none.
        rows = {"attendance__official": thing, "attendance__printed_title": ""}
        events = {model.in_stories: model.objects.filter(**rows) for model in (Inspection, Meeting)}
        stories = [Article.objects.filter(**{f"{name}__in": far}) for name, far in events.items()]
        return Q(pk__in=stories[0]) | Q(pk__in=stories[1])
    relation = getattr(thing, "in_stories", None)
    return Q(**{relation: thing}) if relation else Q(pk=None)
