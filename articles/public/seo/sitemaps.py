"""What crawlers ask a site for: robots.txt, and a site map of every page with an address."""

from django.contrib.sitemaps import Sitemap
from django.contrib.sites.requests import RequestSite
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.models import Article, Bulletin, Inspection, Meeting, Page, Project
from people.models import Official, Reporter


class PublicSitemap(Sitemap):
    """Public rows of one model."""

    limit = 5000

    def __init__(self, rows):
        """``rows`` makes the queryset, anew for each request."""
        self.rows = rows

    def items(self) -> QuerySet:
        return self.rows()


SITEMAPS = {
    "articles": PublicSitemap(lambda: Article.objects.live().defer("body")),
    "inspections": PublicSitemap(Inspection.objects.public),
    "meetings": PublicSitemap(Meeting.objects.public),
    "projects": PublicSitemap(Project.objects.public),
    "bulletins": PublicSitemap(Bulletin.objects.public),
    "officials": PublicSitemap(Official.objects.public),
    "reporters": PublicSitemap(Reporter.objects.public),
    "pages": PublicSitemap(Page.objects.public),
}


# Django's own views ask the sites framework for the host, which then would have to be kept in the
# database beside ALLOWED_HOSTS. The host of the request is the one that the reader uses.
@require_safe
def sitemap_index(request) -> HttpResponse:
    """Addresses of the site maps, one a kind and page."""
    pages = [
        f"{reverse('sitemap-section', args=[section])}?p={page}"
        for section, sitemap in SITEMAPS.items()
        for page in sitemap.paginator.page_range
    ]
    context = {"sitemaps": [{"location": request.build_absolute_uri(page)} for page in pages]}
    return render(request, "sitemap_index.xml", context, content_type="application/xml")


@require_safe
def sitemap_section(request, section) -> HttpResponse:
    """Addresses of one kind of page; 404 for an unknown kind or page."""
    page = request.GET.get("p", "1")
    if section not in SITEMAPS or not page.isdecimal():
        raise Http404
    sitemap = SITEMAPS[section]
    if int(page) not in sitemap.paginator.page_range:
        raise Http404
    urls = sitemap.get_urls(page, RequestSite(request), request.scheme)
    return render(request, "sitemap.xml", {"urlset": urls}, content_type="application/xml")


@require_safe
def robots(request) -> HttpResponse:
    """The address of the site map; crawlers are kept out of the desk."""
    sitemap = request.build_absolute_uri(reverse("sitemap"))
    lines = ["User-agent: *", "Disallow: /admin/", f"Sitemap: {sitemap}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain")
