"""Saves of the desk: what they must not overwrite, and the version that each one makes."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.editorial.execution import Refused
from articles.editorial.locking import lock_stories_of, locked
from articles.editorial.records import amended
from articles.editorial.review_state import waits_for_hour
from articles.editorial.write_path import touch, writing
from articles.models import Article, Transition
from articles.models.choices import Stage, TransitionName, Visibility
from articles.versions import apply, ensure_version, make_copy, save_version, snapshot

#: Why nobody edits what waits for its hour.
WAITS = gettext_lazy("已经定时，要改请先取消定时。")


def is_live_original(row: Article) -> bool:
    """Whether readers have this very row: it is edited on a working copy."""
    return row.visibility == Visibility.LIVE and not row.copy_of_id


def why_not_edited(row: Article) -> str:
    """Why a story or working copy cannot be edited as it is; empty where it can."""
    if waits_for_hour(row):
        return WAITS
    return _("读者正在看这一版，要改请先点“开始修改”。") if is_live_original(row) else ""


def lock_draft(row: Article) -> Article:
    """The draft or working copy of an open form, read anew under the locks of its story.

    Refused where it is not edited any more: it is live, it waits, or the copy is gone.
    """
    _story, at_work = locked(row)
    if row.copy_of_id and at_work.pk != row.pk:
        raise Refused(_("您打开的修改副本已经不在：它被发布了，或者被放弃了。"))
    if why := why_not_edited(at_work):
        raise Refused(why)
    return at_work


@writing()
def open_working_copy(story: Article, person) -> Article:
    """The row that an edit of ``story`` writes: itself, or the working copy of what is live.

    The copy is made, and logged, at the first edit, and has a version before anyone changes it:
    what an earlier copy came to says nothing of this one. Refused while it waits for its hour: a
    schedule belongs to the version that was signed.
    """
    story, row = locked(story)
    if waits_for_hour(row):
        raise Refused(WAITS)
    if not is_live_original(row):
        return row
    copy, content = make_copy(story)
    version = ensure_version(copy, reason=TransitionName.OPEN.label, content=content)
    _log(copy, TransitionName.OPEN, version, person)
    return copy


@writing()
def restore(story: Article, version, person) -> list[str]:
    """Bring a version back as a draft; labels of links whose row is gone.

    What lay in review leaves it, logged: nobody has asked for a review of that text.
    """
    row = open_working_copy(story, person)
    reason = _("恢复第%(number)d版") % {"number": version.number}
    left = events_of(row)
    quarter = row.quarter
    lost = apply(with_address(version.content, row), row)
    touch([row], left=[quarter])
    bring_events(row, person=person, left=left)
    kept = save_version(row, person=person, reason=reason)
    if kept and row.stage != Stage.DRAFT:
        _log(row, TransitionName.RESTORE, kept, person, reason)
        Article.objects.filter(pk=row.pk).update(stage=Stage.DRAFT)
    return lost


def _log(row, verb, version, person, reason=""):
    """The line of a save that makes ``row`` a draft."""
    Transition.objects.create(
        story_id=row.copy_of_id or row.pk,
        of_copy=row.copy_of_id is not None,
        name=verb,
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
        before = event.quarter
        event.save()
        amended(event, person=person, reason=_("记入季度随专刊"), left=[before], beside=row)
