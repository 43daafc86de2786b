"""Amendments of events, projects, people and pictures, and merges of two into one."""

from django.db.models import Model, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.editorial.history import CLEARED
from articles.editorial.locking import lock_stories, lock_stories_of
from articles.editorial.write_path import touch, touch_public, writing
from articles.models import (
    Article,
    Inspection,
    Meeting,
    Merge,
    Photo,
    Project,
    Version,
)
from articles.models.choices import Visibility
from articles.versions import (
    SPECS,
    apply,
    digest,
    newest_of_row,
    recompute_digests,
    save_version,
    snapshot,
)
from articles.versions.snapshot import Recorded
from people.models import Official, User
from people.shared import merging

#: Paths from a story to the links to an official or project.
_LINKS: dict[type[Model], tuple[str, ...]] = {
    Official: (
        "mentions__official",
        "meetings__attendance__official",
        "inspections__attendance__official",
    ),
    Project: ("projects", "inspections__stops__projects", "milestones__project"),
}


def is_shown(event: Inspection | Meeting) -> bool:
    """Whether a live story records the event; one that is scheduled counts."""
    return event.articles.filter(visibility=Visibility.LIVE).exists()


@writing()
def amended(
    thing: Model,
    *,
    person: User,
    reason: str = "",
    beside: Article | None = None,
) -> None:
    """Save a version of a record that was just written, and note it in the stories that show it.

    Call it in the ``writing()`` of the change, which has called ``lock_stories_of`` before. The
    words of a picture or an event are signed with a story: an unpublished one gets a version by
    ``person``, a live one is flagged until someone acknowledges the change or it is undone.
    Projects and officials flag no story. ``beside`` is a story that is being saved itself.
    """
    if isinstance(thing, Recorded):
        save_version(thing, person=person, reason=reason)
    stories = lock_stories_of(thing)
    for story in stories:
        if story != beside:
            flag(story, person=person, reason=reason or _changed(thing))
    touch(stories)
    touch_public()


@writing()
def restore_record(thing: Recorded, version: Version, person: User) -> list[str]:
    """Restore a version of a record, which is public at once if the record is.

    Returns the labels of links to rows that are gone.
    """
    lock_stories_of(thing)
    thing = type(thing)._default_manager.get(pk=thing.pk)
    lost = apply(version.content, thing)
    reason = _("恢复第%(number)d版") % {"number": version.number}
    amended(thing, person=person, reason=reason)
    return lost


def _changed(thing: Model) -> str:
    return _("配图的文字有改动") if isinstance(thing, Photo) else _("所记活动有改动")


def flag(story: Article, *, person: User, reason: str) -> None:
    """Flag a live story, or save a version of another one, if its signed content has changed."""
    if story.visibility != Visibility.LIVE:
        if newest_of_row(story):
            save_version(story, person=person, reason=reason)
        return
    cleared = cleared_version(story)
    agrees = cleared is None or cleared.digest == digest(snapshot(story))
    if agrees != (story.record_changed_at is None):
        changed = None if agrees else timezone.now()
        Article.objects.filter(pk=story.pk).update(record_changed_at=changed)


def cleared_version(story: Article) -> Version | None:
    """Version that was last cleared for publication, without its content; else the newest."""
    versions = story.versions.filter(of_copy=False).select_related("person").defer("content")
    cleared = versions.filter(transitions__of_copy=False, transitions__name__in=CLEARED)
    return cleared.order_by("-transitions__pk").first() or versions.first()


@writing()
def keep_received(thing: Recorded) -> None:
    """Before a record is changed for the first time: what was loaded is its first version."""
    is_record = type(thing) in SPECS and not isinstance(thing, Article)
    if is_record and newest_of_row(thing) is None:
        save_version(thing, person=None, reason=_("接收"))


@writing()
def merge(kept: Official | Project, absorbed: Official | Project, *, person: User) -> None:
    """Do what ``people.shared.merging`` does, and save a version of the kept row by ``person``.

    The digests of older versions are recomputed with the key of the kept row, so that no signature
    becomes void.
    """
    keys: set[int] = set()
    for link in _LINKS[type(kept)] if isinstance(absorbed, type(kept)) else ():
        shows = Q(**{link: kept}) | Q(**{link: absorbed})
        keys.update(Article.objects.filter(shows).order_by().values_list("pk", flat=True))
    touch(lock_stories(keys))
    touch_public()
    key, name = absorbed.pk, str(absorbed)
    keep_received(kept)
    merging.merge(kept, absorbed)
    Merge.objects.create(model=kept._meta.label_lower, absorbed=key, kept=kept.pk)
    recompute_digests(type(kept), kept.pk)
    if type(kept) in SPECS:
        save_version(kept, person=person, reason=_("并入“%(name)s”") % {"name": name})
