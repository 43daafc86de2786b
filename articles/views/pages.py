"""What the paper says about itself."""

from articles.metadata import of_page
from articles.models import Page
from articles.views.base import DossierPage


class PageOfPaper(DossierPage):
    """A page with a text."""

    model = Page
    template_name = "articles/page.html"

    def about(self, site, context):
        """Its title and first words."""
        return of_page(self.object.title, self.object.body)
