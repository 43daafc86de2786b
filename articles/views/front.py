"""The front page, and what machines ask a site for."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from articles.models import Article
from articles.views.base import PublicPage
from articles.views.quarters import events_of

#: Stories on the front page, the lead included.
STORIES = 12


class Front(PublicPage, TemplateView):
    """The newest stories, and the record of the quarter that the lead belongs to."""

    template_name = "articles/front.html"
    here = "front"

    def get_context_data(self, **context):
        """Context with lead, stories and quarter; empty ones on an empty site."""
        stories = list(Article.objects.live().for_list().select_related("bulletin")[:STORIES])
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
