"""Amendments of the record: events, projects, people, pictures, the quarter of an issue."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.editorial.history import CLEARED
from articles.editorial.locking import lock_events, lock_stories, lock_stories_of
from articles.editorial.write_path import touch, writing
from articles.models import Article, Inspection, Meeting, Photo, Transition, Version
from articles.models.choices import Visibility
from articles.quarter import Quarter
from articles.versions import SPECS, apply, digest, newest_of_row, save_version, snapshot


def is_shown(event) -> bool:
    """Whether a story shows the event to readers now, or will at its hour."""
    return event.articles.filter(visibility=Visibility.LIVE).exists()


@writing()
def amended(thing, *, person, reason="", left=(), beside=None) -> None:
    """After a record was written: a version of it, and the stories that show it hear of it.

    Called in the ``writing()`` of the change, which took ``lock_stories_of`` before it wrote. Who
    changed an event or the words of a picture has changed what the reviewers of an unpublished
    story sign: such a story gets a version of theirs. A live one is flagged until someone looks at
    it, or until the record is again what was signed. A project or an official flags no story.
    ``left``: quarters that the record had before. ``beside``: a story whose own save this is
    part of.
    """
    if type(thing) in SPECS:
        save_version(thing, person=person, reason=reason)
    stories = lock_stories_of(thing)
    for story in stories:
        if story != beside:
            _flag(story, person=person, reason=reason or _changed(thing))
    touch(stories, left=left)


@writing()
def restore_record(thing, version: Version, person) -> list[str]:
    """Amend a record to what it was; labels of links whose row is gone. Readers see it at once."""
    lock_stories_of(thing)
    thing = type(thing)._default_manager.get(pk=thing.pk)
    left = [getattr(thing, "quarter", None)]
    lost = apply(version.content, thing)
    reason = _("恢复第%(number)d版") % {"number": version.number}
    amended(thing, person=person, reason=reason, left=left)
    return lost


def _changed(thing):
    return _("配图的文字有改动") if isinstance(thing, Photo) else _("所记活动有改动")


def _flag(story, *, person, reason) -> None:
    """Flag a live story, or give one at work a version, where what is signed is another now."""
    if story.visibility != Visibility.LIVE:
        if newest_of_row(story):
            save_version(story, person=person, reason=reason)
        return
    signed = _cleared_digest(story)
    agrees = signed is None or signed == digest(snapshot(story))
    if agrees != (story.record_changed_at is None):
        changed = None if agrees else timezone.now()
        Article.objects.filter(pk=story.pk).update(record_changed_at=changed)


def _cleared_digest(story) -> str | None:
    """Digest of what was cleared for readers last; None where no version says so."""
    lines = Transition.objects.filter(
        story=story, of_copy=False, name__in=CLEARED, version__isnull=False
    )
    cleared = lines.order_by("-pk").values_list("version__digest", flat=True).first()
    return cleared or story.versions.filter(of_copy=False).values_list("digest", flat=True).first()


@writing()
def move_issue(issue, before: Quarter, *, person, reason: str) -> None:
    """Take the stories of ``issue`` that were of quarter ``before``, and their events, to its own.

    Each gets a version of ``person``; what readers see is flagged, here and in other stories.
    """
    own = issue.articles.filter(quarter=before)
    events = {
        model: model.objects.filter(articles__in=own.values("pk"), quarter=before).distinct()
        for model in (Inspection, Meeting)
    }
    told = [Q(**{f"{model.in_stories}__in": list(rows)}) for model, rows in events.items()]
    keys = Article.objects.filter(told[0] | told[1]).values_list("pk", flat=True)
    own = set(own.values_list("pk", flat=True))
    stories = lock_stories(own | set(keys))
    lock_events(stories)
    touch(stories, left=[before])
    for model, rows in events.items():
        for event in list(rows):
            model.objects.filter(pk=event.pk).update(quarter=issue.quarter)
            save_version(event, person=person, reason=reason)
    Article.objects.filter(pk__in=own).update(quarter=issue.quarter)
    for story in stories:
        if story.pk in own:
            save_version(story, person=person, reason=reason)
        if story.pk not in own or story.visibility == Visibility.LIVE:
            _flag(story, person=person, reason=reason)
