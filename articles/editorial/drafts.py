"""Edits of drafts and working copies."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.editorial.commands import Refused, log_transition
from articles.editorial.locking import lock_stories_of, locked
from articles.editorial.records import amended
from articles.editorial.review_state import waits_for_hour
from articles.editorial.write_path import touch, writing
from articles.models import Article, ArticlePhoto, Inspection, Meeting, Photo, Version
from articles.models.base import LAST
from articles.models.choices import Stage, TransitionName, Visibility
from articles.versions import (
    apply,
    ensure_version,
    make_copy,
    row_at_work,
    save_version,
    snapshot,
)
from people.models import User

#: Why a scheduled story cannot be edited.
WAITS = gettext_lazy("已经定时，要改请先取消定时。")


def is_live_original(row: Article) -> bool:
    """Whether the row itself is public, and so edited on a working copy."""
    return row.visibility == Visibility.LIVE and not row.copy_of_id


def why_not_edited(row: Article) -> str:
    """Why a story or working copy cannot be edited now; empty if it can."""
    if waits_for_hour(row):
        return str(WAITS)
    return _("读者正在看这一版，要改请先点“开始修改”。") if is_live_original(row) else ""


def lock_draft(row: Article) -> Article:
    """Lock the story and its events, and reload the draft or working copy of a form.

    Refused if it can no longer be edited: it is live or scheduled, or the copy is gone.
    """
    _story, at_work = locked(row)
    if row.copy_of_id and at_work.pk != row.pk:
        raise Refused(_("您打开的修改副本已经不在：它被发布了，或者被放弃了。"))
    if why := why_not_edited(at_work):
        raise Refused(why)
    return at_work


@writing()
def open_working_copy(story: Article, person: User) -> Article:
    """Return the draft or working copy of a story; make a working copy if it is live.

    A new copy gets a transition, and a version before anyone changes it, as the newest version may
    be that of an earlier copy. Refused while the story is scheduled.
    """
    story, row = locked(story)
    if waits_for_hour(row):
        raise Refused(str(WAITS))
    if not is_live_original(row):
        return row
    copy, content = make_copy(story)
    version = ensure_version(copy, reason=str(TransitionName.OPEN.label), content=content)
    log_transition(copy, TransitionName.OPEN, person=person, version=version)
    return copy


@writing()
def restore(story: Article, version: Version, person: User) -> list[str]:
    """Restore a version as a draft; return the labels of links to rows that are gone.

    A story in review leaves it with a transition, as nobody has submitted the restored text.
    """
    row = open_working_copy(story, person)
    reason = _("恢复第%(number)d版") % {"number": version.number}
    left = events_of(row)
    lost = apply(with_address(version.content, row), row)
    touch([row])
    bring_events(row, person=person, left=left)
    kept = save_version(row, person=person, reason=reason)
    if kept and row.stage != Stage.DRAFT:
        said = {"person": person, "reason": reason, "version": kept}
        log_transition(row, TransitionName.RESTORE, stage=Stage.DRAFT, **said)
        Article.objects.filter(pk=row.pk).update(stage=Stage.DRAFT)
    return lost


@writing()
def add_pictures(story: Article, photos: Iterable[Photo], person: User) -> list[ArticlePhoto]:
    """Append ``photos`` to the draft or working copy, except those it has; return the new rows."""
    row = lock_draft(row_at_work(story))
    shown = dict(row.photos.values_list("photo", "order"))
    last = max((order for order in shown.values() if order < LAST), default=0)
    added = [
        ArticlePhoto.objects.create(article=row, photo=photo, order=last + number)
        for number, photo in enumerate((one for one in photos if one.pk not in shown), 1)
    ]
    save_version(row, person=person, reason=_("加%(count)d张配图") % {"count": len(added)})
    return added


def with_address(content: dict, row: Article) -> dict:
    """Replace day and slug in ``content`` by those of the row, which readers may know.

    A slug that follows the headline follows the one in ``content``.
    """
    now = snapshot(row)["fields"]
    kept = {name: now[name] for name in ("issued_on", "slug")}
    if row.follows("slug"):
        headline = content["fields"]["headline"]
        again = Article(pk=row.pk, headline=headline, issued_on=row.issued_on)
        kept["slug"] = again.derived_slug(row)
    return {**content, "fields": {**content["fields"], **kept}}


def events_of(row: Article) -> list[Inspection | Meeting]:
    return [*row.inspections.all(), *row.meetings.all()]


def bring_events(row: Article, *, person: User, left: Iterable[Inspection | Meeting] = ()) -> None:
    """Rewrite the quarters of events that follow the bulletin of ``row``, which was just written.

    These are its own events and those that ``left`` it. ``person`` changed the story and with it
    the events.
    """
    for event in dict.fromkeys([*events_of(row), *left]):
        if not event.follows("quarter") or event.quarter == event.natural_quarter():
            continue
        lock_stories_of(event)
        event.refresh_from_db()
        event.save()
        amended(event, person=person, reason=_("记入季度随专刊"), beside=row)
