"""Locks of a story and its record, taken in one order: stories first, then events, by key."""

from articles.models import Article, Inspection, Meeting, Photo
from articles.versions import load_pair


def locked(article: Article) -> tuple[Article, Article]:
    """The story and the row at work (itself, or its working copy), read anew under their locks.

    Their events are locked too. Article.DoesNotExist where the story is gone.
    """
    rows = Article.objects.select_for_update(of=("self",))
    story = rows.get(pk=article.copy_of_id or article.pk)
    # Asked only now: a query that waited for the story would not see a copy opened meanwhile.
    copy = rows.filter(copy_of=story).first()
    lock_events([story, copy] if copy else [story])
    return story, copy or story


def locked_whole(article: Article) -> tuple[Article, Article]:
    """The same, both read whole: what a move looks at, and writes down, costs no query more."""
    return load_pair(*locked(article))


def lock_events(stories) -> None:
    """Lock the events that ``stories`` link."""
    for model in (Inspection, Meeting):
        links = Article._meta.get_field(model.in_stories).remote_field.through
        keys = links.objects.filter(article__in=stories).values(model._meta.model_name)
        list(model.objects.select_for_update().filter(pk__in=keys).order_by("pk").values("pk"))


def stories_of(thing):
    """Stories, copies among them, of whose signed content an event or a picture is part."""
    if isinstance(thing, Photo):
        return Article.objects.filter(photos__photo=thing)
    is_event = isinstance(thing, Inspection | Meeting)
    return thing.articles.all() if is_event else Article.objects.none()


def lock_stories(keys) -> list[Article]:
    """Lock the stories of ``keys``, in their order."""
    stories = Article.objects.select_for_update(of=("self",)).filter(pk__in=keys)
    return list(stories.order_by("pk"))


def lock_stories_of(*things) -> list[Article]:
    """Lock all stories that events or pictures are part of, then their rows; the stories."""
    keys = {key for thing in things for key in stories_of(thing).values_list("pk", flat=True)}
    stories = lock_stories(keys)
    for thing in sorted(things, key=lambda thing: thing.pk):
        list(type(thing)._base_manager.select_for_update().filter(pk=thing.pk).values("pk"))
    return stories
