"""The transitions made. Each is checked, written and logged, in one transaction."""

import contextlib
from dataclasses import dataclass, replace
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.editorial.checklist import findings
from articles.editorial.locking import locked_whole
from articles.editorial.review_state import REVIEWER, review_state_at, stage_after
from articles.editorial.rules import TransitionRule
from articles.editorial.transitions import (
    ACKNOWLEDGE,
    DISCARD,
    PUBLISH,
    RETURN,
    SCHEDULE,
    SUBMIT,
    TRANSITIONS,
    UNSCHEDULE,
    URGENT,
    blocked_reason,
)
from articles.editorial.write_path import touch, writing
from articles.models import Article, SignOff, Transition
from articles.models.choices import Stage, TransitionName, Verdict, Visibility
from articles.versions import (
    build_version,
    ensure_version,
    newest_of_row,
    save_version,
    serialize,
    take_over,
)
from people.shared.text import usual_lines


class Refused(ValidationError):
    """A move that cannot be made now; the messages say why, in the user's language."""


class NeedsConfirmation(Refused):
    """A move that was not made since something is odd; ``accepted`` makes it all the same."""


@dataclass(frozen=True)
class Command:
    """What a person asks for.

    ``state_token`` is that of the screen (``ReviewState.state_token``); None compares nothing but
    the state of the instance. ``at`` and ``until`` are the moments of a schedule. ``accepted``: the
    person has read the warnings.
    """

    rule: TransitionRule
    person: object
    reason: str = ""
    state_token: str | None = None
    accepted: bool = False
    #: The clock asks, at this moment: the hour that was set has come.
    due: datetime | None = None
    at: datetime | None = None
    until: datetime | None = None


def execute(name: str, article: Article, *, person, **options) -> Transition:
    """Make the move ``name`` with a story, or with its working copy, and return its line.

    ``article`` is either row, as the caller saw it; ``options`` are those of Command. Raises
    PermissionDenied where ``person`` may not, Refused where the story has no such move now, is not
    ready, or was moved or changed by someone else meanwhile; NeedsConfirmation where a warning
    wants to be read first.
    """
    command = Command(TRANSITIONS[name], person, **options)
    command = replace(command, reason=usual_lines(command.reason).strip())
    with writing():
        story, row = locked_whole(article)
        _refuse_stale(article, story, row)
        review_state = review_state_at(story, row, _version_at_work(command, row))
        _check(command, review_state)
        move = _MAKERS.get(command.rule, _moved)(command, review_state)
        if command.rule.shows:
            touch([story])
    with contextlib.suppress(Article.DoesNotExist):  # a copy that was taken over is gone
        article.refresh_from_db()
    return move


def _version_at_work(command, row):
    """The version that the verb speaks of: made, where the newest no longer agrees.

    Of a text that no save of the desk wrote, whoever submits it is the author.
    """
    if command.rule.of_story:
        return build_version(row, serialize(row))
    author = command.person if command.rule is SUBMIT else None
    return ensure_version(row, person=author, content=serialize(row))


def _refuse_stale(article, story, row):
    """Compare with what the caller saw: of two who press at once, one is told."""
    now = {story.pk: story, row.pk: row}.get(article.pk)
    same = now and (now.stage, now.visibility) == (article.stage, article.visibility)
    if not same:
        raise Refused(_("这篇稿件刚被别人处理过，请重新打开看现在的状态。"))


def _check(command, review_state):
    """Permission first, then what the person saw, then the table, then what the rule asks for."""
    rule = command.rule
    if not rule.permits(command.person, review_state):
        raise PermissionDenied
    if command.state_token is not None and command.state_token != review_state.state_token:
        raise Refused(_("您打开之后，这篇稿件又有改动或流转，请重新打开，看过再操作。"))
    if why := blocked_reason(rule, review_state, command.person, due=command.due):
        raise Refused(why)
    if rule.asks_reason and not command.reason:
        raise Refused(_("请写明%(verb)s的理由。") % {"verb": rule.label})
    if rule.asks_checks:
        _ask_checks(command, review_state)


def _ask_checks(command, review_state):
    found = findings(review_state, command.person)
    stops = [finding.message for finding in found if finding.stops]
    if stops:
        raise Refused(stops)
    if found and not command.accepted:
        raise NeedsConfirmation([finding.message for finding in found])


def _log(command, review_state, version, state, *, of_copy=None):
    """The line of the move, written before the row: the database compares the two."""
    stage, visibility = state
    return Transition.objects.create(
        story=review_state.story,
        of_copy=review_state.is_copy if of_copy is None else of_copy,
        name=command.rule.name,
        stage=stage,
        visibility=visibility,
        version=version,
        person=command.person,
        reason=command.reason,
        made_at=timezone.now(),
    )


def _moved(command, review_state):
    """A rule that only writes what the table says: submit, the reviews, withdraw."""
    rule, version, row = command.rule, review_state.version, review_state.row
    if rule.of_story:
        row = review_state.story
        version = newest_of_row(row)
    stage = rule.stage or row.stage
    if rule is SUBMIT:
        # What a signature still covers is not signed again: a text of before that came back.
        stage = review_state.next_review() or Stage.SIGNED
    if rule.review:
        stage = stage_after(rule.review)
        _sign(command, version, rule.review, Verdict.PASSED)
    visibility = rule.visibility or row.visibility
    state = (stage, visibility)
    move = _log(command, review_state, version, state, of_copy=row is not review_state.story)
    Article.objects.filter(pk=row.pk).update(stage=stage, visibility=visibility)
    if visibility == Visibility.WITHDRAWN:
        Article.objects.filter(copy_of=row).update(scheduled_for=None, failure="")
    return move


def _sign(command, version, stage, verdict):
    SignOff.objects.create(
        version=version,
        stage=stage,
        person=command.person,
        verdict=verdict,
        opinion=command.reason,
        made_at=timezone.now(),
    )


def _return(command, review_state):
    """Back to its author with a note; signatures before it no longer count."""
    stage = review_state.row.stage if review_state.row.stage in REVIEWER else Stage.THIRD
    _sign(command, review_state.version, stage, Verdict.RETURNED)
    row = review_state.row
    move = _log(command, review_state, review_state.version, (Stage.DRAFT, row.visibility))
    Article.objects.filter(pk=row.pk).update(stage=Stage.DRAFT, scheduled_for=None, failure="")
    return move


def _publish(command, review_state):
    """Give readers the text at work: the story's own, or its copy's, which is taken over."""
    story = review_state.story
    if review_state.is_copy:
        content = take_over(review_state.row, story)
    else:
        _fix_address(story, command.at)
        content = serialize(story)
    version = ensure_version(story, reason=command.rule.label, content=content)
    stage, visibility = Stage.SIGNED, Visibility.LIVE
    now = timezone.now()
    published_at = story.published_at or command.at or now
    move = _log(command, review_state, version, (stage, visibility), of_copy=False)
    times = {
        "published_at": published_at,
        "updated_at": now if story.published_at else None,
        "record_changed_at": None,
    }
    if command.until and command.until <= max(now, published_at):
        raise Refused(_("下线时间必须晚于发布时间。"))
    # What had come to its end and is published again has none; a change of its text keeps it.
    ended = story.expires_at and story.expires_at <= now and not review_state.is_copy
    times["expires_at"] = command.until or (None if ended else story.expires_at)
    Article.objects.filter(pk=story.pk).update(stage=stage, visibility=visibility, **times)
    return move


def _schedule(command, review_state):
    """Set the hour: of a first publication, or of a change to a live story."""
    if command.at is None:
        raise Refused(_("请填写定时发布的时间。"))
    if not review_state.is_copy and review_state.story.published_at:
        raise Refused(_("发布过的稿件不能定时重新发布，请直接发布。"))
    if command.at <= timezone.now():
        raise Refused(_("定时已经过去，请改晚，或者直接发布。"))
    if not review_state.is_copy:
        return _publish(command, review_state)
    if command.until:
        raise Refused(_("修改线上的稿件时不能另定下线时间。"))
    state = (Stage.SIGNED, review_state.row.visibility)
    move = _log(command, review_state, review_state.version, state)
    Article.objects.filter(pk=review_state.row.pk).update(scheduled_for=command.at, failure="")
    return move


def _unschedule(command, review_state):
    """Take the hour back: of a story that no reader has seen yet, or of a change."""
    row = review_state.row
    move = _log(command, review_state, review_state.version, (Stage.SIGNED, Visibility.UNPUBLISHED))
    times = {"scheduled_for": None, "failure": ""}
    if not review_state.is_copy:
        times |= {"published_at": None, "expires_at": None, **_unfixed_address(review_state.story)}
    Article.objects.filter(pk=row.pk).update(visibility=Visibility.UNPUBLISHED, **times)
    return move


def _discard(command, review_state):
    """Drop the working copy; its last state stays in the history."""
    row, reason = review_state.row, command.rule.label
    save_version(row, person=command.person, reason=reason, content=serialize(row))
    state = (row.stage, row.visibility)
    move = _log(command, review_state, review_state.version, state)
    row.delete()
    return move


def _acknowledge(command, review_state):
    """The record that readers see was looked at: it is now the version of the story."""
    story = review_state.story
    options = {"person": command.person, "reason": command.rule.label}
    version = ensure_version(story, content=serialize(story), **options)
    move = _log(command, review_state, version, (story.stage, story.visibility), of_copy=False)
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
    if story.issued_on:
        return
    day = story.bulletin.issued_on if story.bulletin else timezone.localdate(at)
    taken = Article.objects.originals().filter(issued_on=day, slug=story.slug)
    if not story.follows("slug") and taken.exists():
        raise Refused(_("当日已有同一网址名的稿件，请先换一个网址名再发布。"))
    story.issued_on = day
    story.save(update_fields=["issued_on"])


def _unfixed_address(story):
    """Day and quarter as they were signed, where setting the hour filled the day."""
    line = (
        story.transitions.filter(name=TransitionName.SCHEDULE, of_copy=False)
        .select_related("version")
        .first()
    )
    if line is None or line.version.person_id:
        return {}
    signed = story.versions.filter(number__lt=line.version.number).first()
    if signed is None or signed.content["fields"]["issued_on"]:
        return {}
    return {name: signed.content["fields"][name] for name in ("issued_on", "quarter")}
