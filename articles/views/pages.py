"""What the paper says about itself."""

from articles.models import Page
from articles.views.base import DossierPage


class PageOfPaper(DossierPage):
    """A page with a text."""

    model = Page
    template_name = "articles/page.html"
