"""Working copies: a live story is edited beside itself."""

from django.db import transaction

from articles.models import Article
from articles.versions.content import snapshot
from articles.versions.restoring import apply


def row_at_work(story: Article) -> Article:
    """The row that the desk edits and moves: the working copy where there is one."""
    copy = Article.objects.filter(copy_of=story).first()
    if copy is None:
        return story
    copy.copy_of = story
    return copy


@transaction.atomic
def make_copy(story: Article) -> Article:
    """A working copy of ``story`` with the same content, stored."""
    # Stage, visibility and times are those of any new row.
    copy = Article(copy_of=story, headline=story.headline, slug=story.slug, quarter=story.quarter)
    copy.save(force_insert=True)
    apply(snapshot(story), copy)
    return copy


@transaction.atomic
def take_over(copy: Article) -> Article:
    """Write the copy's content into its original, which keeps its address; the copy is gone.

    Returns the original. State and times are the workflow's business.
    """
    story = Article.objects.get(pk=copy.copy_of_id)
    content = snapshot(copy)
    copy.delete()
    apply(content, story)
    return story
