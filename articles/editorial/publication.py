"""Publication of stories and of changes, at once or scheduled."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from articles.editorial.commands import Command, Refused
from articles.editorial.review_state import ReviewState
from articles.models import Article, Transition
from articles.models.choices import Stage, TransitionName, Visibility
from articles.versions import ensure_version, serialize, take_over


def publish(command: Command, review_state: ReviewState) -> Transition:
    """Make the row public; a working copy is taken over into the story."""
    story, now = review_state.story, timezone.now()
    published_at = story.published_at or command.at or now
    if command.until and command.until <= max(now, published_at):
        raise Refused(_("下线时间必须晚于发布时间。"))
    if review_state.is_copy:
        content = take_over(review_state.row, story)
    else:
        _fix_address(story, command.at)
        content = serialize(story)
    version = ensure_version(story, reason=command.rule.label, content=content)
    stage, visibility = Stage.SIGNED, Visibility.LIVE
    line = command.log(story, version, stage=stage, visibility=visibility)
    times: dict[str, datetime.datetime | None] = {
        "published_at": published_at,
        "updated_at": now if story.published_at else None,
        "record_changed_at": None,
    }
    # A story that had expired and is published again does not expire; a change keeps the time.
    ended = story.expires_at and story.expires_at <= now and not review_state.is_copy
    times["expires_at"] = command.until or (None if ended else story.expires_at)
    Article.objects.filter(pk=story.pk).update(stage=stage, visibility=visibility, **times)
    return line


def schedule(command: Command, review_state: ReviewState) -> Transition:
    """Schedule a first publication, or the change in a working copy."""
    if command.at is None:
        raise Refused(_("请填写定时发布的时间。"))
    if not review_state.is_copy and review_state.story.published_at:
        raise Refused(_("发布过的稿件不能定时重新发布，请直接发布。"))
    if command.at <= timezone.now():
        raise Refused(_("定时已经过去，请改晚，或者直接发布。"))
    if not review_state.is_copy:
        return publish(command, review_state)
    if command.until:
        raise Refused(_("修改线上的稿件时不能另定下线时间。"))
    row = review_state.row
    line = command.log(row, review_state.version, stage=Stage.SIGNED)
    Article.objects.filter(pk=row.pk).update(scheduled_for=command.at, failure="")
    return line


def unschedule(command: Command, review_state: ReviewState) -> Transition:
    """Cancel the schedule of a first publication or of a change."""
    row = review_state.row
    line = command.log(row, review_state.version, visibility=Visibility.UNPUBLISHED)
    times: dict[str, object] = {"scheduled_for": None, "failure": ""}
    if not review_state.is_copy:
        times |= {"published_at": None, "expires_at": None, **_unfixed_address(review_state.story)}
    Article.objects.filter(pk=row.pk).update(visibility=Visibility.UNPUBLISHED, **times)
    return line


def _fix_address(story: Article, at: datetime.datetime | None) -> None:
    """Fill in the day of issue, and what follows it, at the first publication.

    Refused if an editor has set the slug and another story of the day has it.
    """
    if story.issued_on:
        return
    day = story.bulletin.issued_on if story.bulletin else timezone.localdate(at)
    taken = Article.objects.originals().filter(issued_on=day, slug=story.slug)
    if not story.follows("slug") and taken.exists():
        raise Refused(_("当日已有同一网址名的稿件，请先换一个网址名再发布。"))
    story.issued_on = day
    story.save(update_fields=["issued_on"])


def _unfixed_address(story: Article) -> dict[str, str | None]:
    """Day and quarter as they were signed, if scheduling has filled in the day."""
    line = (
        story.transitions.filter(name=TransitionName.SCHEDULE, of_copy=False)
        .select_related("version")
        .first()
    )
    if line is None or line.version is None or line.version.person_id:
        return {}
    signed = story.versions.filter(number__lt=line.version.number).first()
    if signed is None or signed.content["fields"]["issued_on"]:
        return {}
    return {name: signed.content["fields"][name] for name in ("issued_on", "quarter")}
