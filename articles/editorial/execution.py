"""Execution of transitions: each is checked, logged and written in one transaction."""

from dataclasses import replace
from typing import Any

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
from articles.editorial.write_path import touch, touch_public, writing
from articles.models import Article, SignOff, Transition, Version
from articles.models.choices import Stage, Verdict, Visibility
from articles.versions import (
    build_version,
    ensure_version,
    newest_of_row,
    save_version,
    serialize,
)
from people.models import User
from people.shared.text import usual_lines


def execute(name: str, article: Article, *, person: User, **options: Any) -> Transition:
    """Execute the transition ``name`` of a story or working copy.

    ``article`` is either row as the caller has read it; ``options`` are those of Command.
    PermissionDenied; Refused if the transition is not possible now or someone else has changed the
    story since; NeedsConfirmation if there are warnings that were not accepted.
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
            touch_public()
    if article.pk in (story.pk, row.pk):  # not a copy that is gone: its row has no key any more
        article.refresh_from_db()
    return line


def _version_at_work(command: Command, row: Article) -> Version:
    """The version that is equal to the row; a new one is stored unless the rule is of the story.

    Submitting a text that was loaded in bulk makes the person its author.
    """
    if command.rule.of_story:
        return build_version(row, serialize(row))
    author = command.person if command.rule is SUBMIT else None
    return ensure_version(row, person=author, content=serialize(row))


def _refuse_stale(article: Article, story: Article, row: Article) -> None:
    """Refuse the second of two users who execute a transition at the same time."""
    now = {story.pk: story, row.pk: row}.get(article.pk)
    same = now and (now.stage, now.visibility) == (article.stage, article.visibility)
    if not same:
        raise Refused(_("这篇稿件刚被别人处理过，请重新打开看现在的状态。"))


def _check(command: Command, review_state: ReviewState) -> None:
    """Check permission, state token, table of transitions, reason and checklist, in this order."""
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
    """Write what the rule says: for transitions without a function of their own."""
    rule, version, row = command.rule, review_state.version, review_state.row
    if rule.of_story:
        row = review_state.story
        version = newest_of_row(row)
    stage = rule.stage or row.stage
    if rule is SUBMIT:
        # A restored text may still have valid signatures.
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


def _sign(command: Command, version: Version | None, stage: str, verdict: Verdict) -> None:
    SignOff.objects.create(
        version=version,  # type: ignore[misc]  # ``_version_at_work`` has made sure of one
        stage=stage,
        person=command.person,
        verdict=verdict,
        opinion=command.reason,
        made_at=timezone.now(),
    )


def _return(command: Command, review_state: ReviewState) -> Transition:
    """Make the row a draft again; earlier signatures no longer count."""
    stage = review_state.row.stage if review_state.row.stage in REVIEWER else Stage.THIRD
    _sign(command, review_state.version, stage, Verdict.RETURNED)
    row = review_state.row
    line = command.log(row, review_state.version, stage=Stage.DRAFT)
    Article.objects.filter(pk=row.pk).update(stage=Stage.DRAFT, scheduled_for=None, failure="")
    return line


def _discard(command: Command, review_state: ReviewState) -> Transition:
    """Delete the working copy after saving a version of it."""
    row, reason = review_state.row, command.rule.label
    save_version(row, person=command.person, reason=reason, content=serialize(row))
    line = command.log(row, review_state.version)
    row.delete()
    return line


def _acknowledge(command: Command, review_state: ReviewState) -> Transition:
    """Make the changed record part of the story's cleared version, and clear the flag."""
    story = review_state.story
    reason = str(command.rule.label)
    version = ensure_version(story, person=command.person, reason=reason, content=serialize(story))
    line = command.log(story, version)
    Article.objects.filter(pk=story.pk).update(record_changed_at=None)
    return line


#: Functions that write transitions; ``_write_state`` writes the others.
_WRITERS = {
    PUBLISH: publish,
    URGENT: publish,
    SCHEDULE: schedule,
    UNSCHEDULE: unschedule,
    RETURN: _return,
    DISCARD: _discard,
    ACKNOWLEDGE: _acknowledge,
}
