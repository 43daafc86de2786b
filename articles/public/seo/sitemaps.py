"""What crawlers ask a site for: robots.txt, a site map of every page with an address, the news."""

import datetime
from collections.abc import Iterator

from django.contrib.sitemaps import Sitemap
from django.contrib.sites.requests import RequestSite
from django.core.paginator import Paginator
from django.db.models import F, Max, QuerySet
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models import Article, Bulletin, Inspection, Meeting, Page, Project, Section
from articles.public.seo.page_metadata import Site
from articles.quarter import Quarter
from people.models import Official, Reporter
from people.shared.characters import writable

#: Addresses of one map: it may have 50,000, in 50 MB.
MOST = 10_000
#: Stories in the map of the news, and the days for which a story is some.
MOST_NEWS, NEWS_DAYS = 1000, 2
#: Pages that are there whatever was printed, by the name of their address.
STANDING = (
    *("front", "articles", "bulletins", "quarters", "inspections", "meetings", "projects"),
    *("officials", "reporters", "feeds"),
)


class PublicSitemap(Sitemap):
    """Public rows of one model, in the order of their keys: a new one changes the last map alone.

    Where a row is, ``lastmod`` is true or left out: of most pages nothing says what else they show.
    """

    limit = MOST

    def __init__(self, rows):
        """``rows`` makes the queryset, anew for each request."""
        self.rows = rows

    def items(self) -> QuerySet:
        return self.rows().order_by("pk")

    @property
    def paginator(self) -> Paginator:
        """Pages of the map; none where there is nothing, as an empty map is no map."""
        return Paginator(self.items(), self.limit, allow_empty_first_page=False)

    def pages(self) -> Iterator[tuple[int, datetime.datetime | None]]:
        """Number of each page, and when the newest of its addresses changed, if that is known."""
        for page in self.paginator:
            yield page.number, None


class StorySitemap(PublicSitemap):
    """Live stories, with the moment at which each was published or changed."""

    def items(self) -> QuerySet:
        return super().items().annotate(changed_at=Coalesce("updated_at", "published_at"))

    def lastmod(self, item) -> datetime.datetime:
        return item.changed_at

    def pages(self) -> Iterator[tuple[int, datetime.datetime | None]]:
        for page in self.paginator:
            yield page.number, page.object_list.aggregate(newest=Max("changed_at"))["newest"]


class QuarterSitemap(PublicSitemap):
    def items(self) -> list[Quarter]:
        return self.rows()

    def location(self, item) -> str:
        return reverse("quarter", args=[item])


class StandingSitemap(PublicSitemap):
    def items(self) -> tuple[str, ...]:
        return self.rows()

    def location(self, item) -> str:
        return reverse(item)


SITEMAPS = {
    "standing": StandingSitemap(lambda: STANDING),
    "articles": StorySitemap(lambda: Article.objects.live().defer("body")),
    "sections": PublicSitemap(Section.objects.all),
    "quarters": QuarterSitemap(lambda: Article.objects.live().quarters()),
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
    sitemaps = [
        {
            "location": request.build_absolute_uri(
                f"{reverse('sitemap-section', args=[section])}?p={number}"
            ),
            "last_mod": changed,
        }
        for section, sitemap in SITEMAPS.items()
        for number, changed in sitemap.pages()
    ]
    context = {"sitemaps": sitemaps}
    return render(request, "sitemap_index.xml", context, content_type="application/xml")


@require_safe
def sitemap_section(request, section) -> HttpResponse:
    """Addresses of one kind of page; 404 for an unknown kind or page, and where there is none."""
    page = request.GET.get("p", "1")
    if section not in SITEMAPS or not page.isdecimal():
        raise Http404
    sitemap = SITEMAPS[section]
    if int(page) not in sitemap.paginator.page_range:
        raise Http404
    urls = sitemap.get_urls(page, RequestSite(request), request.scheme)
    return render(request, "sitemap.xml", {"urlset": urls}, content_type="application/xml")


@require_safe
def news_sitemap(request) -> HttpResponse:
    """Stories issued and published in the last two days, and the front page: a map is not empty."""
    since = timezone.now() - datetime.timedelta(days=NEWS_DAYS)
    stories = Article.objects.live().filter(
        issued_on__gte=timezone.localdate(since), published_at__gte=since
    )
    columns = ("kicker", "headline", "slug", "issued_on", "published_at")
    site = Site.of(request)
    context = {
        "site": site,
        "front": site.address(reverse("front")),
        "news": [
            (site.address(story), story.published_at, writable(str(story)))
            for story in stories.only(*columns).order_by(F("published_at").desc())[:MOST_NEWS]
        ],
    }
    return render(request, "sitemap_news.xml", context, content_type="application/xml")


@require_safe
def robots(request) -> HttpResponse:
    """The addresses of the site maps; crawlers are kept out of the desk."""
    maps = [request.build_absolute_uri(reverse(name)) for name in ("sitemap", "sitemap-news")]
    lines = ["User-agent: *", "Disallow: /admin/", *(f"Sitemap: {one}" for one in maps), ""]
    return HttpResponse("\n".join(lines), content_type="text/plain")
