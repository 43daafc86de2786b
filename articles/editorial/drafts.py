"""Saves of the desk: what they must not overwrite, and the version that each one makes."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.editorial.execution import Refused
from articles.editorial.locking import lock_stories_of, locked
from articles.editorial.review_state import waits_for_hour
from articles.models import Article, Move
from articles.models.choices import Stage, VerbName, Visibility
from articles.versions import apply, current, digest, keep, make_copy, newest_of_row, snapshot


@transaction.atomic
def open_row(story: Article, person) -> Article:
    """The row that an edit of ``story`` writes: itself, or the working copy of what is live.

    The copy is made, and logged, at the first edit, and has a version before anyone changes it:
    what an earlier copy came to says nothing of this one. Refused while it waits for its hour: a
    schedule belongs to the version that was signed. A copy made by this very call says so
    in ``just_opened``.
    """
    story, row = locked(story)
    if waits_for_hour(row):
        raise Refused(_("这篇稿件已经定时发布，请先取消定时再改。"))
    if story.visibility != Visibility.LIVE or row.copy_of_id:
        return row
    copy = make_copy(story)
    copy.just_opened = True
    _log(copy, VerbName.OPEN, current(copy, reason=VerbName.OPEN.label), person)
    return copy


@transaction.atomic
def restore(story: Article, version, person) -> list[str]:
    """Bring a version back as a draft; labels of links whose row is gone.

    What lay in review leaves it, logged: nobody has asked for a review of that text.
    """
    row = open_row(story, person)
    reason = _("恢复第%(number)d版") % {"number": version.number}
    left = events_of(row)
    lost = apply(with_address(version.content, row), row)
    bring_events(row, person=person, left=left)
    kept = keep(row, person=person, reason=reason)
    if kept and row.stage != Stage.DRAFT:
        _log(row, VerbName.RESTORE, kept, person, reason)
        Article.objects.filter(pk=row.pk).update(stage=Stage.DRAFT)
    return lost


def _log(row, verb, version, person, reason=""):
    """The line of a save that makes ``row`` a draft."""
    Move.objects.create(
        story_id=row.copy_of_id or row.pk,
        of_copy=row.copy_of_id is not None,
        verb=verb,
        stage=Stage.DRAFT,
        visibility=row.visibility,
        version=version,
        person=person,
        reason=reason,
        made_at=timezone.now(),
    )


def with_address(content: dict, row: Article) -> dict:
    """``content`` under the row's own address: readers know it, or its former one is taken.

    A name that follows the headline follows the one that comes back.
    """
    now = snapshot(row)["fields"]
    kept = {name: now[name] for name in ("issued_on", "slug")}
    if row.follows("slug"):
        headline = content["fields"]["headline"]
        again = Article(pk=row.pk, headline=headline, issued_on=row.issued_on)
        kept["slug"] = again.derived_slug(row)
    return {**content, "fields": {**content["fields"], **kept}}


def is_shown(event) -> bool:
    """Whether a story shows the event to readers now, or will at its hour."""
    return event.articles.filter(visibility=Visibility.LIVE).exists()


def events_of(row) -> list:
    """Events that a story or copy tells of."""
    return [*row.inspections.all(), *row.meetings.all()]


def bring_events(row, *, person, left=()) -> None:
    """Rewrite the quarter of events that follow the issue of ``row``, which was just written.

    These are its own and those that ``left`` it. Whoever changed the story has changed them.
    """
    for event in dict.fromkeys([*events_of(row), *left]):
        if not event.follows("quarter") or event.quarter == event.natural_quarter():
            continue
        lock_stories_of(event)
        event.refresh_from_db()
        event.save()
        record_changed(event, person=person, reason=_("记入季度随专刊"), beside=row)


def record_changed(event, *, person, reason="", beside=None) -> None:
    """After an event was written: a version of it, and the stories that tell of it hear of it.

    Called in the transaction of the change, which took ``lock_stories_of`` before it wrote. Who
    changed the event has changed what the reviewers of an unpublished story sign: such a story
    gets a version of theirs. A live one is marked until someone looks at it, or until the record
    is again what was signed. ``beside``: a story whose own save this is part of.
    """
    keep(event, person=person, reason=reason)
    for story in lock_stories_of(event):
        if story != beside:
            _tell(story, person=person, reason=reason)


def _tell(story, *, person, reason="") -> None:
    """Mark a live story, or give one at work a version, where its record is another now."""
    if story.visibility != Visibility.LIVE:
        if newest_of_row(story):
            keep(story, person=person, reason=reason or _("所记活动有改动"))
        return
    signed = newest_of_row(story)
    agrees = signed is None or signed.digest == digest(snapshot(story))
    if agrees != (story.record_changed_at is None):
        changed = None if agrees else timezone.now()
        Article.objects.filter(pk=story.pk).update(record_changed_at=changed)
