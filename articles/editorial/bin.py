"""The bin: a draft that was deleted comes back, with its versions, within thirty days."""

import datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.editorial.drafts import bring_events, events_of
from articles.editorial.execution import Refused
from articles.editorial.locking import locked
from articles.editorial.write_path import touch, writing
from articles.models import Article
from articles.versions import save_version

KEPT_FOR = datetime.timedelta(days=30)


def is_record(story: Article) -> bool:
    """Whether a story is part of the record: it was sent to review, laid out or printed."""
    return bool(story.published_at or story.copy_of_id or story.transitions.exists())


@writing()
def bin_draft(story: Article, *, person) -> None:
    """Put a draft into the bin. Raises PermissionDenied; Refused for what is part of the record."""
    if not person.has_perm("articles.delete_article"):
        raise PermissionDenied
    story, _row = locked(story)
    if is_record(story) or story.milestones.exists():
        line = _("《%(story)s》送审过、排过版，或者是项目进展的出处，不能删除。")
        raise Refused(line % {"story": story.headline})
    events = events_of(story)
    Article.objects.filter(pk=story.pk).update(binned_at=timezone.now(), binned_by=person)
    touch([story])
    bring_events(story, person=person, left=events)


def in_bin():
    """Drafts in the bin, newest first."""
    return Article.all_objects.exclude(binned_at=None).order_by("-binned_at", "-pk")


@writing()
def take_from_bin(story: Article, *, person) -> bool:
    """Put a draft back on the desk; whether its address was taken meanwhile and is another now.

    Raises PermissionDenied, and Article.DoesNotExist where it lies there no more.
    """
    if not person.has_perm("articles.delete_article"):
        raise PermissionDenied
    story = in_bin().select_for_update(of=("self",)).get(pk=story.pk)
    story.binned_at = story.binned_by = None
    former = story.slug
    same = Article.objects.originals().filter(issued_on=story.issued_on, slug=former)
    if same.exists():
        story.slug = ""
    story.save(update_fields=["binned_at", "binned_by"])
    touch([story])
    bring_events(story, person=person)
    save_version(story, person=person, reason=_("从回收站取回"))
    return story.slug != former


def empty_bin(at=None) -> int:
    """Delete what has lain in the bin for thirty days, with its versions; how many. For a timer."""
    stories = in_bin().filter(binned_at__lte=(at or timezone.now()) - KEPT_FOR)
    with writing():
        return sum(bool(story.delete()) for story in stories)
