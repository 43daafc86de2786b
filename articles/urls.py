"""Addresses of the public site."""

from django.urls import path, re_path, register_converter

from articles.quarter import QuarterConverter
from articles.seo import robots, sitemap_index, sitemap_section
from articles.views.articles import (
    ArticleArchive,
    ArticleList,
    SectionPage,
)
from articles.views.bulletins import BulletinList, BulletinPage
from articles.views.correct import CorrectPage, ReceivedPage
from articles.views.front import Front, PageOfPaper
from articles.views.people import OfficialList, OfficialPage, ReporterList, ReporterPage
from articles.views.photos import photo
from articles.views.quarters import QuarterList, QuarterPage
from articles.views.record import (
    InspectionList,
    InspectionPage,
    MeetingList,
    MeetingPage,
    ProjectList,
    ProjectPage,
)
from articles.views.shared import qr, share, share_paper
from articles.views.story import ArticlePage


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
    path("", Front.as_view(), name="front"),
    path("articles/", ArticleList.as_view(), name="articles"),
    path("articles/<yyyy:year>/", ArticleArchive.as_view(), name="year"),
    path("articles/<yyyy:year>/<dd:month>/", ArticleArchive.as_view(), name="month"),
    path("articles/<yyyy:year>/<dd:month>/<dd:day>/", ArticleArchive.as_view(), name="day"),
    path(STORY, ArticlePage.as_view(), name="article"),
    path(f"{STORY}correct/", CorrectPage.as_view(), name="correct"),
    path(f"{STORY}correct/received/", ReceivedPage.as_view(), name="received"),
    path(f"{STORY}share.png", share, name="share"),
    path(f"{STORY}qr.svg", qr, name="qr"),
    path("sections/<slug:slug>/", SectionPage.as_view(), name="section"),
    path("projects/", ProjectList.as_view(), name="projects"),
    path("projects/<slug:slug>/", ProjectPage.as_view(), name="project"),
    path("inspections/", InspectionList.as_view(), name="inspections"),
    path("inspections/<slug:slug>/", InspectionPage.as_view(), name="inspection"),
    path("meetings/", MeetingList.as_view(), name="meetings"),
    path("meetings/<slug:slug>/", MeetingPage.as_view(), name="meeting"),
    path("quarters/", QuarterList.as_view(), name="quarters"),
    path("quarters/<quarter:quarter>/", QuarterPage.as_view(), name="quarter"),
    path("officials/", OfficialList.as_view(), name="officials"),
    path("officials/<slug:slug>/", OfficialPage.as_view(), name="official"),
    path("reporters/", ReporterList.as_view(), name="reporters"),
    path("reporters/<slug:slug>/", ReporterPage.as_view(), name="reporter"),
    path("bulletins/", BulletinList.as_view(), name="bulletins"),
    path("bulletins/<slug:slug>/", BulletinPage.as_view(), name="bulletin"),
    re_path(
        r"^media/photos/(?P<digest>[0-9a-f]{32})/(?P<name>[a-z0-9-]+\.(?:avif|webp|jpg|png))$",
        photo,
        name="photo",
    ),
    path("pages/<slug:slug>/", PageOfPaper.as_view(), name="page"),
    path("share.png", share_paper, name="share-paper"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap_index, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemap_section, name="sitemap-section"),
]
