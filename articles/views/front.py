"""The front page, and what machines ask a site for."""

from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from articles.models import Article, Placement
from articles.views.base import PublicPage
from articles.views.quarters import events_of

#: Stories on the front page, the lead included.
STORIES = 12


def front_stories() -> list[Article]:
    """Stories of the front page, the lead first: what an editor placed, then the newest.

    Each once. Pinned stories follow the lead; the newest leads where no editor chose one.
    """
    placements = list(Placement.objects.shown())
    newest = list(Article.objects.live().defer("body").select_related("section")[:STORIES])
    leads = [one.article for one in placements if one.place == Placement.Place.LEAD]
    pinned = [one.article for one in placements if one.place == Placement.Place.PINNED]
    # By key and not by row: a story that is placed and new was read twice.
    stories = {story.pk: story for story in [*(leads or newest[:1]), *pinned, *newest]}
    shown = list(stories.values())[: max(STORIES, len(placements))]
    prefetch_related_objects(shown, "bylines")
    return shown


class Front(PublicPage, TemplateView):
    """The newest stories, and the record of the quarter that the lead belongs to."""

    template_name = "articles/front.html"
    here = "front"

    def get_context_data(self, **context):
        """Context with lead, stories and quarter; empty ones on an empty site."""
        stories = front_stories()
        if not stories:
            return super().get_context_data(**context)
        lead, *others = stories
        record = events_of(lead.quarter)
        reported = set(lead.inspections.values_list("pk", flat=True))
        return super().get_context_data(
            **{**context, **record},
            lead=lead,
            walked=[event for event in record["inspections"] if event.pk in reported],
            stories=others,
        )


@require_safe
def robots(request):
    """Where the site map is; the desk is nobody's business."""
    sitemap = request.build_absolute_uri(reverse("sitemap"))
    lines = ["User-agent: *", "Disallow: /admin/", f"Sitemap: {sitemap}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain")
