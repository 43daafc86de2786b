"""The verbs. Each checks permission and move, writes, and logs, in one transaction."""

import contextlib
from dataclasses import dataclass, replace
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.editorial.checklist import findings
from articles.editorial.locking import locked
from articles.editorial.review_state import Standing, standing_at
from articles.editorial.transitions import (
    ACKNOWLEDGE,
    DISCARD,
    OF_THE_STORY,
    PUBLISH,
    RETURN,
    REVIEWER,
    SCHEDULE,
    SUBMIT,
    UNSCHEDULE,
    URGENT,
    VERBS,
    Verb,
    stage_after,
)
from articles.editorial.write_path import touch, writing
from articles.models import Article, Move, SignOff
from articles.models.choices import Stage, VerbName, Verdict, Visibility
from articles.versions import as_it_stands, current, keep, newest_of_row, take_over
from people.shared.text import usual_lines


class Refused(ValidationError):
    """A move that cannot be made now; the messages say why, in the user's language."""


class Doubtful(Refused):
    """A move that was not made since something is odd; ``accepted`` makes it all the same."""


@dataclass(frozen=True)
class Order:
    """What a person asks for.

    ``seen`` is the token of the screen (``Standing.seen``); None compares nothing but the state of
    the instance. ``at`` and ``until`` are the moments of a schedule. ``accepted``: the person has
    read the warnings.
    """

    verb: Verb
    person: object
    reason: str = ""
    seen: str | None = None
    accepted: bool = False
    #: The clock asks, at this moment: the hour that was set has come.
    due: datetime | None = None
    at: datetime | None = None
    until: datetime | None = None


def perform(name: str, article: Article, *, person, **options) -> Move:
    """Make the move ``name`` with a story, or with its working copy, and return its line.

    ``article`` is either row, as the caller saw it; ``options`` are those of Order. Raises
    PermissionDenied where ``person`` may not, Refused where the story has no such move now, is not
    ready, or was moved or changed by someone else meanwhile; Doubtful where a warning wants to be
    read first.
    """
    order = Order(VERBS[name], person, **options)
    order = replace(order, reason=usual_lines(order.reason).strip())
    with writing():
        story, row = locked(article)
        _refuse_stale(article, story, row)
        standing = standing_at(story, row, _version_at_work(order, row))
        _check(order, standing)
        move = _MAKERS.get(order.verb, _moved)(order, standing)
        if order.verb.shows:
            touch([story])
    with contextlib.suppress(Article.DoesNotExist):  # a copy that was taken over is gone
        article.refresh_from_db()
    return move


def _version_at_work(order, row):
    """The version that the verb speaks of: made, where the newest no longer agrees.

    Of a text that no save of the desk wrote, whoever submits it is the author.
    """
    if order.verb in OF_THE_STORY:
        return as_it_stands(row)
    return current(row, person=order.person if order.verb is SUBMIT else None)


def _refuse_stale(article, story, row):
    """Compare with what the caller saw: of two who press at once, one is told."""
    now = {story.pk: story, row.pk: row}.get(article.pk)
    same = now and (now.stage, now.visibility) == (article.stage, article.visibility)
    if not same:
        raise Refused(_("这篇稿件刚被别人处理过，请重新打开看现在的状态。"))


def _check(order, standing):
    """Permission first, then what the person saw, then the state, then what the verb asks for."""
    verb = order.verb
    if not order.person.has_perm(standing.permission(verb)):
        raise PermissionDenied
    if order.seen is not None and order.seen != standing.seen:
        raise Refused(_("您打开之后，这篇稿件又有改动或流转，请重新打开，看过再操作。"))
    if order.due and not standing.is_due(order.due):
        raise Refused(_("定时刚被取消或者改过。"))
    if why := hindrance(verb, standing, order.person, due=bool(order.due)):
        raise Refused(why)
    if verb.asks_reason and not order.reason:
        raise Refused(_("请写明%(verb)s的理由。") % {"verb": verb.label})
    if verb.asks_checks:
        _ask_checks(order, standing)


def hindrance(verb: Verb, standing: Standing, person, *, due: bool = False) -> str:
    """Why the story cannot be moved so by ``person`` now; empty where it can.

    ``due``: the clock asks, at the hour that was set.
    """
    fits = standing.fits(verb, due=due)
    if fits and (why := standing.forbids(verb, person)):
        return why
    if fits:
        missing = standing.missing_sign_offs() if verb.needs_sign_offs else []
    else:
        missing = standing.earlier_missing(verb.review) if verb.review else []
    if missing:
        said = {"verb": verb.label, "stages": "、".join(str(stage.label) for stage in missing)}
        return _("%(stages)s还没有签字，或者签字已经失效，不能%(verb)s。") % said
    if fits:
        return ""
    return _("稿件现在是“%(state)s”“%(stage)s”，不能%(verb)s。") % {
        "verb": verb.label,
        "state": standing.public_state,
        "stage": standing.row.get_stage_display(),
    }


def _ask_checks(order, standing):
    found = findings(standing, order.person)
    stops = [finding.message for finding in found if finding.stops]
    if stops:
        raise Refused(stops)
    if found and not order.accepted:
        raise Doubtful([finding.message for finding in found])


def _log(order, standing, version, state, *, of_copy=None):
    """The line of the move, written before the row: the database compares the two."""
    stage, visibility = state
    return Move.objects.create(
        story=standing.story,
        of_copy=standing.is_copy if of_copy is None else of_copy,
        verb=order.verb.name,
        stage=stage,
        visibility=visibility,
        version=version,
        person=order.person,
        reason=order.reason,
        made_at=timezone.now(),
    )


def _moved(order, standing):
    """A verb that only writes what its line in the table says: submit, the reviews, withdraw."""
    verb, version, row = order.verb, standing.version, standing.row
    if verb in OF_THE_STORY:
        row = standing.story
        version = newest_of_row(row)
    stage = verb.stage or row.stage
    if verb is SUBMIT:
        # What a signature still covers is not signed again: a text of before that came back.
        stage = standing.next_review() or Stage.SIGNED
    if verb.review:
        stage = stage_after(verb.review)
        _sign(order, version, verb.review, Verdict.PASSED)
    visibility = verb.visibility or row.visibility
    state = (stage, visibility)
    move = _log(order, standing, version, state, of_copy=row is not standing.story)
    Article.objects.filter(pk=row.pk).update(stage=stage, visibility=visibility)
    if visibility == Visibility.WITHDRAWN:
        Article.objects.filter(copy_of=row).update(scheduled_for=None, failure="")
    return move


def _sign(order, version, stage, verdict):
    SignOff.objects.create(
        version=version,
        stage=stage,
        person=order.person,
        verdict=verdict,
        opinion=order.reason,
        made_at=timezone.now(),
    )


def _return(order, standing):
    """Back to its author with a note; signatures before it no longer count."""
    stage = standing.row.stage if standing.row.stage in REVIEWER else Stage.THIRD
    _sign(order, standing.version, stage, Verdict.RETURNED)
    row = standing.row
    move = _log(order, standing, standing.version, (Stage.DRAFT, row.visibility))
    Article.objects.filter(pk=row.pk).update(stage=Stage.DRAFT, scheduled_for=None, failure="")
    return move


def _publish(order, standing):
    """Give readers the text at work: the story's own, or its copy's, which is taken over."""
    story = standing.story
    if standing.is_copy:
        story = take_over(standing.row, standing.version.content)
    _fix_address(story, order.at)
    version = current(story, reason=order.verb.label)
    stage, visibility = Stage.SIGNED, Visibility.LIVE
    now = timezone.now()
    move = _log(order, standing, version, (stage, visibility), of_copy=False)
    times = {
        "published_at": story.published_at or order.at or now,
        "updated_at": now if story.published_at else None,
        "record_changed_at": None,
    }
    if order.until and order.until <= max(now, times["published_at"]):
        raise Refused(_("下线时间必须晚于发布时间。"))
    # What had come to its end and is published again has none; a change of its text keeps it.
    ended = story.expires_at and story.expires_at <= now and not standing.is_copy
    times["expires_at"] = order.until or (None if ended else story.expires_at)
    Article.objects.filter(pk=story.pk).update(stage=stage, visibility=visibility, **times)
    return move


def _schedule(order, standing):
    """Set the hour: of a first publication, or of a change to a live story."""
    if order.at is None:
        raise Refused(_("请填写定时发布的时间。"))
    if not standing.is_copy and standing.story.published_at:
        raise Refused(_("发布过的稿件不能定时重新发布，请直接发布。"))
    if order.at <= timezone.now():
        raise Refused(_("定时已经过去，请改晚，或者直接发布。"))
    if not standing.is_copy:
        return _publish(order, standing)
    if order.until:
        raise Refused(_("修改线上的稿件时不能另定下线时间。"))
    state = (Stage.SIGNED, standing.row.visibility)
    move = _log(order, standing, standing.version, state)
    Article.objects.filter(pk=standing.row.pk).update(scheduled_for=order.at, failure="")
    return move


def _unschedule(order, standing):
    """Take the hour back: of a story that no reader has seen yet, or of a change."""
    row = standing.row
    move = _log(order, standing, standing.version, (Stage.SIGNED, Visibility.UNPUBLISHED))
    times = {"scheduled_for": None, "failure": ""}
    if not standing.is_copy:
        times |= {"published_at": None, "expires_at": None, **_unfixed_address(standing.story)}
    Article.objects.filter(pk=row.pk).update(visibility=Visibility.UNPUBLISHED, **times)
    return move


def _discard(order, standing):
    """Drop the working copy; its last state stays in the history."""
    keep(standing.row, person=order.person, reason=order.verb.label)
    state = (standing.row.stage, standing.row.visibility)
    move = _log(order, standing, standing.version, state)
    standing.row.delete()
    return move


def _acknowledge(order, standing):
    """The record that readers see was looked at: it is now the version of the story."""
    story = standing.story
    version = current(story, person=order.person, reason=order.verb.label)
    move = _log(order, standing, version, (story.stage, story.visibility), of_copy=False)
    Article.objects.filter(pk=story.pk).update(record_changed_at=None)
    return move


_MAKERS = {
    PUBLISH: _publish,
    URGENT: _publish,
    SCHEDULE: _schedule,
    UNSCHEDULE: _unschedule,
    RETURN: _return,
    DISCARD: _discard,
    ACKNOWLEDGE: _acknowledge,
}


def _fix_address(story, at=None):
    """Fill the day of issue at the first publication, and what follows it.

    Refused where the address was set by hand and is taken.
    """
    issue = story.bulletin.issued_on if story.bulletin else timezone.localdate(at)
    day = story.issued_on or issue
    taken = Article.objects.originals().filter(issued_on=day, slug=story.slug)
    if not story.follows("slug") and taken.exclude(pk=story.pk).exists():
        raise Refused(_("当日已有同一网址名的稿件，请先换一个网址名再发布。"))
    if story.issued_on is None:
        story.issued_on = day
        story.save(update_fields=["issued_on"])


def _unfixed_address(story):
    """Day and quarter as they were signed, where setting the hour filled the day."""
    line = (
        story.moves.filter(verb=VerbName.SCHEDULE, of_copy=False).select_related("version").first()
    )
    if line is None or line.version.person_id:
        return {}
    signed = story.versions.filter(number__lt=line.version.number).first()
    if signed is None or signed.content["fields"]["issued_on"]:
        return {}
    return {name: signed.content["fields"][name] for name in ("issued_on", "quarter")}


def possible_moves(standing: Standing, person) -> list[Verb]:
    """What ``person`` can do with the story as it stands; the same conditions as ``perform``'s."""
    return [
        verb
        for verb in VERBS.values()
        if person.has_perm(standing.permission(verb)) and not hindrance(verb, standing, person)
    ]
