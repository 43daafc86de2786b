"""The site map: every public page that has an address of its own."""

from django.contrib.sitemaps import Sitemap

from articles.models import Article, Bulletin, Inspection, Meeting, Project
from people.models import Official, Reporter


class PublicSitemap(Sitemap):
    """Public rows of one model."""

    limit = 5000

    def __init__(self, rows):
        """``rows`` makes the queryset, anew for each request."""
        self.rows = rows

    def items(self):
        """Rows in their own order."""
        return self.rows()


SITEMAPS = {
    "articles": PublicSitemap(lambda: Article.objects.live().defer("body")),
    "inspections": PublicSitemap(Inspection.objects.public),
    "meetings": PublicSitemap(Meeting.objects.public),
    "projects": PublicSitemap(Project.objects.public),
    "bulletins": PublicSitemap(Bulletin.objects.public),
    "officials": PublicSitemap(Official.objects.public),
    "reporters": PublicSitemap(Reporter.objects.public),
}
