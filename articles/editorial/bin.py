"""The bin, from which a deleted draft and its versions can be restored for thirty days."""

import datetime

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.editorial.commands import Refused
from articles.editorial.drafts import bring_events, events_of
from articles.editorial.locking import locked
from articles.editorial.write_path import touch, writing
from articles.models import Article
from articles.versions import save_version
from people.models import User

KEPT_FOR = datetime.timedelta(days=30)


def is_record(story: Article) -> bool:
    """Whether a story was submitted, laid out or published, and so may not be deleted."""
    return bool(story.published_at or story.copy_of_id or story.transitions.exists())


@writing()
def bin_draft(story: Article, *, person: User) -> None:
    """Move a draft into the bin. PermissionDenied; Refused if the story is part of the record."""
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


def in_bin() -> QuerySet[Article]:
    """Drafts in the bin, the last deleted first."""
    return Article.all_objects.exclude(binned_at=None).order_by("-binned_at", "-pk")


@writing()
def take_from_bin(story: Article, *, person: User) -> bool:
    """Restore a draft. Return whether it has a new slug, as another story has taken its own.

    PermissionDenied; Article.DoesNotExist if it is no longer in the bin.
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


def empty_bin(at: datetime.datetime | None = None) -> int:
    """Delete drafts that were in the bin for thirty days at ``at``, by default now; how many.

    A timer calls it. It leaves a draft that someone restores at the same time.
    """
    stories = in_bin().filter(binned_at__lte=(at or timezone.now()) - KEPT_FOR)
    with writing():
        stories = stories.select_for_update(of=("self",), skip_locked=True)
        return sum(bool(story.delete()) for story in stories)
