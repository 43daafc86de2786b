"""Working copies: a live story is edited beside itself."""

from articles.models import Article
from articles.versions.content import snapshot
from articles.versions.links import resolved
from articles.versions.restoring import assign, bare


def row_at_work(story: Article) -> Article:
    """The row that the desk edits and moves: the working copy where there is one."""
    copy = Article.objects.filter(copy_of=story).first()
    if copy is None:
        return story
    copy.copy_of = story
    return copy


def make_copy(story: Article) -> tuple[Article, dict]:
    """A working copy of ``story`` with the same content, stored; and that content."""
    # Stage, visibility and times are those of any new row.
    copy = Article(copy_of=story, headline=story.headline, slug=story.slug, quarter=story.quarter)
    copy.save(force_insert=True)
    content = snapshot(story)
    rows = {name: [] for name in content["children"]}
    assign(bare(content), copy, {"children": rows})
    return copy, content


def take_over(copy: Article, content: dict) -> Article:
    """Write the copy's ``content`` into its original, which keeps its address; the copy is gone.

    Returns the original. State and times are the business of whoever publishes.
    """
    story = Article.objects.get(pk=copy.copy_of_id)
    copy.delete()
    assign(bare(resolved(content)), story, bare(snapshot(story)))
    return story
