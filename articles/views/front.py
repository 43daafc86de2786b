"""The front page, and what machines ask a site for."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from articles.images import CROP
from articles.metadata import of_front
from articles.models import counts_of
from articles.views.base import PublicPage
from articles.views.newest import (
    LOOKED_AT,
    newest_events,
    people_in_the_news,
    placed_and_newest,
)
from articles.views.story import rows_of

#: Stories that the page is made of: a lead, a second one, some told of, and briefs.
STORIES, TOP, TOLD, BRIEFS = 30, 2, 4, 9
#: Rows of the other blocks.
IN_SECTION, EVENTS, PEOPLE = 3, 8, 7


class Front(PublicPage, TemplateView):
    """What the editor placed and what is new, and the record of the newest story's quarter."""

    template_name = "articles/front.html"
    here = "front"
    # All above may be of one section.
    of_section = TOP + TOLD + IN_SECTION

    def get_context_data(self, **context):
        """Context with the blocks of the page; without any on an empty site."""
        stories = placed_and_newest(STORIES)
        if not stories:
            return super().get_context_data(**context)
        top, others = stories[:TOP], stories[TOP:]
        for story in top:
            story.record = rows_of(story)
            for use in story.record["photos"][:1]:
                story.record["cut"] = use.photo.picture(CROP)
        told = [story for story in others if story.summary or story.is_placed][:TOLD]
        briefs = [story for story in others if story not in told][:BRIEFS]
        quarter = max(stories, key=lambda story: story.issued_on).quarter
        context = super().get_context_data(
            top=top,
            told=told,
            briefs=briefs,
            quarter=quarter,
            counts=counts_of(quarter),
            events=newest_events(quarter, EVENTS),
            people=people_in_the_news(PEOPLE),
            looked_at=min(LOOKED_AT, len(stories)),
            **context,
        )
        told_of = {story.pk for story in (*top, *told)}
        for section in context["sections"]:
            # What stands above already is left out where the section has more.
            new = [story for story in section.newest if story.pk not in told_of]
            section.newest = (new or section.newest)[:IN_SECTION]
        return context

    def about(self, site, context):
        """The newest headlines."""
        return of_front(site, [*context.get("top", ()), *context.get("told", ())])


@require_safe
def robots(request):
    """Where the site map is; the desk is nobody's business."""
    sitemap = request.build_absolute_uri(reverse("sitemap"))
    lines = ["User-agent: *", "Disallow: /admin/", f"Sitemap: {sitemap}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain")
