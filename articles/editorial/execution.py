"""The transitions made: each is checked, logged and written, in one transaction."""

import contextlib
from dataclasses import replace

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.editorial.checklist import findings
from articles.editorial.commands import Command, NeedsConfirmation, Refused
from articles.editorial.locking import locked_whole
from articles.editorial.publication import publish, schedule, unschedule
from articles.editorial.review_state import REVIEWER, ReviewState, review_state_at, stage_after
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
from articles.models import Article, SignOff, Transition, Version
from articles.models.choices import Stage, Verdict, Visibility
from articles.versions import (
    build_version,
    ensure_version,
    newest_of_row,
    save_version,
    serialize,
)
from people.shared.text import usual_lines


def execute(name: str, article: Article, *, person, **options) -> Transition:
    """Make the transition ``name`` of a story, or of its working copy, and return its line.

    ``article`` is either row, as the caller saw it; ``options`` are those of Command. Raises
    PermissionDenied if ``person`` may not, Refused if the story has no such transition now, is not
    ready, or was changed by someone else meanwhile; NeedsConfirmation if a warning has to be read
    first.
    """
    command = Command(TRANSITIONS[name], person, **options)
    command = replace(command, reason=usual_lines(command.reason).strip())
    with writing():
        story, row = locked_whole(article)
        _refuse_stale(article, story, row)
        review_state = review_state_at(story, row, _version_at_work(command, row))
        _check(command, review_state)
        line = _WRITERS.get(command.rule, _write_state)(command, review_state)
        if command.rule.shows:
            touch([story])
    with contextlib.suppress(Article.DoesNotExist):  # a copy that was taken over is gone
        article.refresh_from_db()
    return line


def _version_at_work(command: Command, row: Article) -> Version:
    """The version that the rule is about: made, where the newest no longer agrees.

    Of a text that no save of the desk wrote, whoever submits it is the author.
    """
    if command.rule.of_story:
        return build_version(row, serialize(row))
    author = command.person if command.rule is SUBMIT else None
    return ensure_version(row, person=author, content=serialize(row))


def _refuse_stale(article: Article, story: Article, row: Article) -> None:
    """Compare with what the caller saw: of two who press at once, one is told."""
    now = {story.pk: story, row.pk: row}.get(article.pk)
    same = now and (now.stage, now.visibility) == (article.stage, article.visibility)
    if not same:
        raise Refused(_("这篇稿件刚被别人处理过，请重新打开看现在的状态。"))


def _check(command: Command, review_state: ReviewState) -> None:
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


def _ask_checks(command: Command, review_state: ReviewState) -> None:
    found = findings(review_state, command.person)
    stops = [finding.message for finding in found if finding.stops]
    if stops:
        raise Refused(stops)
    if found and not command.accepted:
        raise NeedsConfirmation([finding.message for finding in found])


def _write_state(command: Command, review_state: ReviewState) -> Transition:
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
    line = command.log(row, version, stage=stage, visibility=visibility)
    Article.objects.filter(pk=row.pk).update(stage=stage, visibility=visibility)
    if visibility == Visibility.WITHDRAWN:
        Article.objects.filter(copy_of=row).update(scheduled_for=None, failure="")
    return line


def _sign(command, version, stage, verdict):
    SignOff.objects.create(
        version=version,
        stage=stage,
        person=command.person,
        verdict=verdict,
        opinion=command.reason,
        made_at=timezone.now(),
    )


def _return(command: Command, review_state: ReviewState) -> Transition:
    """Back to its author with a note; signatures before it no longer count."""
    stage = review_state.row.stage if review_state.row.stage in REVIEWER else Stage.THIRD
    _sign(command, review_state.version, stage, Verdict.RETURNED)
    row = review_state.row
    line = command.log(row, review_state.version, stage=Stage.DRAFT)
    Article.objects.filter(pk=row.pk).update(stage=Stage.DRAFT, scheduled_for=None, failure="")
    return line


def _discard(command: Command, review_state: ReviewState) -> Transition:
    """Drop the working copy; its last state stays in the history."""
    row, reason = review_state.row, command.rule.label
    save_version(row, person=command.person, reason=reason, content=serialize(row))
    line = command.log(row, review_state.version)
    row.delete()
    return line


def _acknowledge(command: Command, review_state: ReviewState) -> Transition:
    """The record that readers see was looked at: it is now the version of the story."""
    story = review_state.story
    reason = str(command.rule.label)
    version = ensure_version(story, person=command.person, reason=reason, content=serialize(story))
    line = command.log(story, version)
    Article.objects.filter(pk=story.pk).update(record_changed_at=None)
    return line


#: What writes a transition; without one, ``_write_state``.
_WRITERS = {
    PUBLISH: publish,
    URGENT: publish,
    SCHEDULE: schedule,
    UNSCHEDULE: unschedule,
    RETURN: _return,
    DISCARD: _discard,
    ACKNOWLEDGE: _acknowledge,
}
