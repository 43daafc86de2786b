"""Working copies: a live story is edited beside itself."""

from articles.models import Article
from articles.versions.content import load, serialize
from articles.versions.restoring import assign, bare


def row_at_work(story: Article) -> Article:
    """The row that the desk edits and moves: the working copy where there is one."""
    copy = Article.objects.filter(copy_of=story).first()
    if copy is None:
        return story
    copy.copy_of = story
    return copy


def load_pair(story: Article, row: Article) -> tuple[Article, Article]:
    """A story and its row at work, perhaps itself, read anew and whole."""
    whole = {one.pk: one for one in load(Article.objects.filter(pk__in={story.pk, row.pk}))}
    return whole[story.pk], whole[row.pk]


def make_copy(story: Article) -> tuple[Article, dict]:
    """A working copy of ``story`` with the same content, stored; and that content."""
    (story,) = load(Article.objects.filter(pk=story.pk))
    content = serialize(story)
    # Stage, visibility and times are those of any new row.
    copy = Article(copy_of=story)
    assign(bare(content), copy)
    return copy, content


def take_over(copy: Article, story: Article) -> dict:
    """Write the content of ``copy`` into ``story``, both read whole; the copy is gone.

    The story keeps its address. State and times are the business of whoever publishes. Returns the
    content.
    """
    content = serialize(copy)
    copy.delete()
    assign(bare(content), story, bare(serialize(story)))
    return content
