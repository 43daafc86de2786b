"""The front page, and the pages on which the paper speaks of itself."""

from django.views.generic import TemplateView

from articles.images import CROP
from articles.models import Page, counts_of
from articles.public.base import DossierPage, PublicPage
from articles.public.front_queries import (
    A_YEAR_AGO,
    NEWEST,
    newest_events,
    people_in_the_news,
    placed_and_newest,
)
from articles.public.seo import front_metadata, page_metadata
from articles.public.story import load_story_record

#: Stories that the page is made of: a lead, a second one, some told of, and briefs.
STORIES, TOP, TOLD, BRIEFS = 30, 2, 4, 9
#: Rows of the other blocks.
FEWEST_EVENTS, EVENTS, PEOPLE = 3, 8, 7


class Front(PublicPage, TemplateView):
    """What the editor placed and what is new, and the record of the newest story's quarter."""

    template_name = "articles/front.html"
    here = "front"

    def get_context_data(self, **context):
        """Context with the blocks of the page; without any on an empty site."""
        stories = placed_and_newest(STORIES)
        if not stories:
            return super().get_context_data(**context)
        top, others = stories[:TOP], stories[TOP:]
        for story in top:
            story.record = load_story_record(story)
            for use in story.record["photos"][:1]:
                story.record["cut"] = use.photo.picture(CROP)
        told = [story for story in others if story.summary or story.is_placed][:TOLD]
        briefs = [story for story in others if story not in told][:BRIEFS]
        quarter = max(stories, key=lambda story: story.issued_on).quarter
        events = newest_events(quarter, EVENTS)
        beside = _fitting(top[1:], told, events[A_YEAR_AGO])
        return super().get_context_data(
            top=top,
            told=told,
            briefs=briefs,
            quarter=quarter,
            counts=counts_of(quarter),
            events=events[NEWEST][:beside],
            a_year_ago=events[A_YEAR_AGO],
            people=people_in_the_news(PEOPLE),
            **context,
        )

    def page_metadata(self, site, context):
        """The newest headlines."""
        return front_metadata(site, [*context.get("top", ()), *context.get("told", ())])


def _fitting(second, told, a_year_ago):
    """Number of events that come out about as high as the stories beside them, on a wide page."""
    rows = (len(told) + 1) // 2
    left = 350 * len(second) + 190 * rows
    right = 160 + (200 if a_year_ago else 0)
    return min(max(round((left - right) / 75), FEWEST_EVENTS), EVENTS)


class PageOfPaper(DossierPage):
    """A page of the paper's own: 关于本报, 联系 and the like."""

    model = Page
    template_name = "articles/page.html"

    def page_metadata(self, site, context):
        """Its title and first words."""
        return page_metadata(self.object.title, self.object.body)
