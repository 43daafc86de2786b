"""The page of a story: its text, and what it records."""

from itertools import chain

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.generic import DetailView

from articles.models import Article
from articles.public.base import PublicPage
from articles.public.body import Names, body_parts
from articles.public.months import span
from articles.public.seo import PageMetadata, page_metadata, story_metadata
from articles.public.story_layout import choose_layout
from articles.public.story_queries import further_reading, load_story_record


def live_story_at(*, year, month, day, slug, **_further) -> Article:
    """The live story of an address, with section and issue."""
    issued_on, _same = span(year, month, day)
    stories = Article.objects.live().select_related("section", "bulletin")
    return get_object_or_404(stories, issued_on=issued_on, slug=slug)


def _age(day):
    """Full years since ``day``."""
    today = timezone.localdate()
    return today.year - day.year - ((today.month, today.day) < (day.month, day.day))


def _names(record):
    """Whom and what the page has on record, as the text may call it."""
    people = chain(record.mentions, *(event.present for event in record.events))
    seen = chain.from_iterable(event.projects for event in record.inspections)
    return Names.of(people, chain(record.projects, seen))


class ArticlePage(PublicPage, DetailView):
    """A story, and what it records: who was where, what was seen and asked."""

    model = Article
    template_name = "articles/article.html"
    here = "articles"

    def get_object(self, queryset=None) -> Article:
        return live_story_at(**self.kwargs)

    def get_context_data(self, **context) -> dict:
        """Context with all rows of the story and of its events, and where to go on from it."""
        story, record = self.object, load_story_record(self.object)
        further = further_reading(story)
        context = super().get_context_data(
            record=record,
            **further,
            parts=body_parts(story, _names(record), record.photos),
            places=choose_layout(story.body, record, further["related"]),
            age=_age(story.issued_on),
            **context,
        )
        return {**context, "here": story.section.slug if story.section else self.here}

    def page_metadata(self, site, context) -> PageMetadata:
        return story_metadata(site, self.object, context["record"])


class PreviewPage(ArticlePage):
    """A story that readers do not have, as they would see it; the desk's address, for the desk."""

    #: The row to show: a draft, or the working copy of a live story.
    row = None

    def get_object(self, queryset=None) -> Article:
        """The row, with the day and the hour that it would have."""
        row = self.row
        day = row.bulletin.issued_on if row.bulletin else timezone.localdate()
        row.issued_on = row.issued_on or day
        if row.copy_of_id:
            row.page, row.position = row.copy_of.page, row.copy_of.position
        row.published_at = row.published_at or timezone.now()
        return row

    def get_context_data(self, **context) -> dict:
        """Context that says it is a preview."""
        return super().get_context_data(is_preview=True, **context)

    def page_metadata(self, site, context) -> PageMetadata:
        """Its headline; nothing of it is for machines."""
        return page_metadata(self.object.headline, is_indexed=False)
