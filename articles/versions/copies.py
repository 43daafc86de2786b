"""Working copies, on which live stories are edited."""

from articles.models import Article
from articles.versions.content import load, serialize
from articles.versions.restoring import assign, bare


def row_at_work(story: Article) -> Article:
    """Row that the desk edits: the working copy of ``story`` if there is one, else ``story``."""
    copy = Article.objects.filter(copy_of=story).first()
    if copy is None:
        return story
    copy.copy_of = story
    return copy


def load_pair(story: Article, row: Article) -> tuple[Article, Article]:
    """Load a story and its row at work, perhaps itself, with all that their content reads."""
    whole = {one.pk: one for one in load(Article.objects.filter(pk__in={story.pk, row.pk}))}
    return whole[story.pk], whole[row.pk]


def make_copy(story: Article) -> tuple[Article, dict]:
    """Create a working copy of ``story``; return it with its content."""
    (story,) = load(Article.objects.filter(pk=story.pk))
    content = serialize(story)
    # Stage, visibility and times have the defaults of a new row.
    copy = Article(copy_of=story)
    assign(bare(content), copy)
    return copy, content


def take_over(copy: Article, story: Article) -> dict:
    """Write the content of ``copy`` into ``story``, delete the copy and return the content.

    Both come from ``load_pair``. Address, stage, visibility and times of the story stay.
    """
    content = serialize(copy)
    copy.delete()
    assign(bare(content), story, bare(serialize(story)))
    return content
