"""Amendments of events, projects, people, pictures and the quarter of a bulletin."""

from collections.abc import Iterable

from django.db.models import Model, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.editorial.history import CLEARED
from articles.editorial.locking import lock_events, lock_stories, lock_stories_of
from articles.editorial.write_path import touch, writing
from articles.models import Article, Bulletin, Inspection, Meeting, Photo, Transition, Version
from articles.models.choices import Visibility
from articles.quarter import Quarter
from articles.versions import apply, digest, newest_of_row, save_version, snapshot
from articles.versions.snapshot import Recorded
from people.models import User


def is_shown(event: Inspection | Meeting) -> bool:
    """Whether a live story records the event; one that is scheduled counts."""
    return event.articles.filter(visibility=Visibility.LIVE).exists()


@writing()
def amended(
    thing: Model,
    *,
    person: User,
    reason: str = "",
    left: Iterable[Quarter | None] = (),
    beside: Article | None = None,
) -> None:
    """Save a version of a record that was just written, and note it in the stories that show it.

    Call it in the ``writing()`` of the change, which has called ``lock_stories_of`` before. The
    words of a picture or an event are signed with a story: an unpublished one gets a version by
    ``person``, a live one is flagged until someone acknowledges the change or it is undone.
    Projects and officials flag no story. ``left`` are quarters that the record had before;
    ``beside`` is a story that is being saved itself.
    """
    if isinstance(thing, Recorded):
        save_version(thing, person=person, reason=reason)
    stories = lock_stories_of(thing)
    for story in stories:
        if story != beside:
            _flag(story, person=person, reason=reason or _changed(thing))
    touch(stories, left=left)


@writing()
def restore_record(thing: Recorded, version: Version, person: User) -> list[str]:
    """Restore a version of a record, which is public at once if the record is.

    Returns the labels of links to rows that are gone.
    """
    lock_stories_of(thing)
    thing = type(thing)._default_manager.get(pk=thing.pk)
    left = [getattr(thing, "quarter", None)]
    lost = apply(version.content, thing)
    reason = _("恢复第%(number)d版") % {"number": version.number}
    amended(thing, person=person, reason=reason, left=left)
    return lost


def _changed(thing: Model) -> str:
    return _("配图的文字有改动") if isinstance(thing, Photo) else _("所记活动有改动")


def _flag(story: Article, *, person: User, reason: str) -> None:
    """Flag a live story, or save a version of another one, if its signed content has changed."""
    if story.visibility != Visibility.LIVE:
        if newest_of_row(story):
            save_version(story, person=person, reason=reason)
        return
    signed = _cleared_digest(story)
    agrees = signed is None or signed == digest(snapshot(story))
    if agrees != (story.record_changed_at is None):
        changed = None if agrees else timezone.now()
        Article.objects.filter(pk=story.pk).update(record_changed_at=changed)


def _cleared_digest(story: Article) -> str | None:
    """Digest of the version that was last cleared for publication; None if there is none."""
    lines = Transition.objects.filter(
        story=story, of_copy=False, name__in=CLEARED, version__isnull=False
    )
    cleared = lines.order_by("-pk").values_list("version__digest", flat=True).first()
    return cleared or story.versions.filter(of_copy=False).values_list("digest", flat=True).first()


@writing()
def move_issue(issue: Bulletin, before: Quarter, *, person: User, reason: str) -> None:
    """Move stories of quarter ``before``, and their events, to the new quarter of their bulletin.

    Each gets a version by ``person``; live stories are flagged, also others with these events.
    """
    of_issue = issue.articles.filter(quarter=before)
    events = {
        model: model.objects.filter(articles__in=of_issue.values("pk"), quarter=before).distinct()
        for model in (Inspection, Meeting)
    }
    shown = [Q(**{f"{model.in_stories}__in": list(rows)}) for model, rows in events.items()]
    keys = Article.objects.filter(shown[0] | shown[1]).values_list("pk", flat=True)
    own = set(of_issue.values_list("pk", flat=True))
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
