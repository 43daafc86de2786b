"""Locks on stories and records, always taken in one order: stories, then events, each by key."""

from collections.abc import Iterable

from django.db.models import Model, QuerySet

from articles.models import Article, Inspection, Meeting, Photo
from articles.versions import load_pair


def locked(article: Article) -> tuple[Article, Article]:
    """Lock and reload a story and its row at work: its working copy, or else itself.

    Locks their events too. Article.DoesNotExist if the story was deleted.
    """
    rows = Article.objects.select_for_update(of=("self",))
    story = rows.get(pk=article.copy_of_id or article.pk)
    # A second query, as the first one may have waited for someone who opened the copy.
    copy = rows.filter(copy_of=story).first()
    lock_events([story, copy] if copy else [story])
    return story, copy or story


def locked_whole(article: Article) -> tuple[Article, Article]:
    """``locked`` rows with all that their content reads, so that a transition needs no more."""
    return load_pair(*locked(article))


def lock_events(stories: Iterable[Article]) -> None:
    """Lock the events that ``stories`` link."""
    for model in (Inspection, Meeting):
        links = getattr(Article, model.in_stories).through
        keys = links.objects.filter(article__in=stories).values(model._meta.model_name)
        list(model.objects.select_for_update().filter(pk__in=keys).order_by("pk").values("pk"))


def stories_of(thing: Model) -> QuerySet[Article]:
    """Stories and copies whose signed content includes the event or picture ``thing``."""
    if isinstance(thing, Photo):
        return Article.objects.filter(photos__photo=thing)
    if isinstance(thing, Inspection | Meeting):
        return thing.articles.all()
    return Article.objects.none()


def lock_stories(keys: Iterable[int]) -> list[Article]:
    """Lock stories in the order of their keys."""
    stories = Article.objects.select_for_update(of=("self",)).filter(pk__in=keys)
    return list(stories.order_by("pk"))


def lock_stories_of(*things: Model) -> list[Article]:
    """Lock the stories whose content includes one of ``things``, then these; return the stories."""
    keys = {key for thing in things for key in stories_of(thing).values_list("pk", flat=True)}
    stories = lock_stories(keys)
    for thing in sorted(things, key=lambda thing: thing.pk):
        list(type(thing)._base_manager.select_for_update().filter(pk=thing.pk).values("pk"))
    return stories
