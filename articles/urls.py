"""Addresses of the public site."""

from django.urls import path, re_path, register_converter

from articles import views
from articles.quarter import QuarterConverter
from articles.seo import robots, sitemap_index, sitemap_section


class YearConverter:
    """Four digits."""

    regex = "[0-9]{4}"

    def to_python(self, value):
        """Number of the year."""
        return int(value)

    def to_url(self, value):
        """Four digits."""
        return f"{value:04d}"


class TwoDigitConverter(YearConverter):
    """Month or day, as the address has it: 04."""

    regex = "[0-9]{2}"

    def to_url(self, value):
        """Two digits."""
        return f"{value:02d}"


register_converter(QuarterConverter, "quarter")
register_converter(YearConverter, "yyyy")
register_converter(TwoDigitConverter, "dd")

#: Address of a story, under which its own pages lie.
STORY = "articles/<yyyy:year>/<dd:month>/<dd:day>/<slug:slug>/"

urlpatterns = [
    path("", views.Front.as_view(), name="front"),
    path("articles/", views.ArticleList.as_view(), name="articles"),
    path("articles/<yyyy:year>/", views.ArticleArchive.as_view(), name="year"),
    path("articles/<yyyy:year>/<dd:month>/", views.ArticleArchive.as_view(), name="month"),
    path("articles/<yyyy:year>/<dd:month>/<dd:day>/", views.ArticleArchive.as_view(), name="day"),
    path(STORY, views.ArticlePage.as_view(), name="article"),
    path(f"{STORY}correct/", views.ErrorReportPage.as_view(), name="correct"),
    path(f"{STORY}correct/received/", views.ErrorReportReceived.as_view(), name="received"),
    path(f"{STORY}share.png", views.share, name="share"),
    path(f"{STORY}qr.svg", views.qr, name="qr"),
    path("sections/<slug:slug>/", views.SectionPage.as_view(), name="section"),
    path("projects/", views.ProjectList.as_view(), name="projects"),
    path("projects/<slug:slug>/", views.ProjectPage.as_view(), name="project"),
    path("inspections/", views.InspectionList.as_view(), name="inspections"),
    path("inspections/<slug:slug>/", views.InspectionPage.as_view(), name="inspection"),
    path("meetings/", views.MeetingList.as_view(), name="meetings"),
    path("meetings/<slug:slug>/", views.MeetingPage.as_view(), name="meeting"),
    path("quarters/", views.QuarterList.as_view(), name="quarters"),
    path("quarters/<quarter:quarter>/", views.QuarterPage.as_view(), name="quarter"),
    path("officials/", views.OfficialList.as_view(), name="officials"),
    path("officials/<slug:slug>/", views.OfficialPage.as_view(), name="official"),
    path("reporters/", views.ReporterList.as_view(), name="reporters"),
    path("reporters/<slug:slug>/", views.ReporterPage.as_view(), name="reporter"),
    path("bulletins/", views.BulletinList.as_view(), name="bulletins"),
    path("bulletins/<slug:slug>/", views.BulletinPage.as_view(), name="bulletin"),
    re_path(
        r"^media/photos/(?P<digest>[0-9a-f]{32})/(?P<name>[a-z0-9-]+\.(?:avif|webp|jpg|png))$",
        views.photo,
        name="photo",
    ),
    path("pages/<slug:slug>/", views.PageOfPaper.as_view(), name="page"),
    path("share.png", views.share_paper, name="share-paper"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap_index, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemap_section, name="sitemap-section"),
]
