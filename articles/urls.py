"""Addresses of the public site."""

from django.urls import path, re_path, register_converter
from django.urls.converters import StringConverter

from articles import public
from articles.public.seo import (
    FORMATS,
    SUBJECTS,
    WITH_CALENDAR,
    news_sitemap,
    robots,
    sitemap_index,
    sitemap_section,
)
from articles.quarter import QuarterConverter


class YearConverter:
    regex = "[0-9]{4}"

    def to_python(self, value) -> int:
        return int(value)

    def to_url(self, value) -> str:
        return f"{value:04d}"


class TwoDigitConverter(YearConverter):
    """Month or day, as the address has it: 04."""

    regex = "[0-9]{2}"

    def to_url(self, value) -> str:
        return f"{value:02d}"


class FeedConverter(StringConverter):
    """Ending of the address of a feed."""

    regex = "|".join(FORMATS)


class SubjectConverter(StringConverter):
    """First part of the address of a thing that has a feed."""

    regex = "|".join(SUBJECTS)


class WithCalendarConverter(StringConverter):
    """The same of a thing that has a calendar."""

    regex = "|".join(WITH_CALENDAR)


register_converter(WithCalendarConverter, "with_calendar")
register_converter(FeedConverter, "feed")
register_converter(SubjectConverter, "subject")
register_converter(QuarterConverter, "quarter")
register_converter(YearConverter, "yyyy")
register_converter(TwoDigitConverter, "dd")

#: Address of a story, under which its own pages lie.
STORY = "articles/<yyyy:year>/<dd:month>/<dd:day>/<slug:slug>/"

urlpatterns = [
    path("", public.Front.as_view(), name="front"),
    path("articles/", public.ArticleList.as_view(), name="articles"),
    path("articles/<yyyy:year>/", public.ArticleArchive.as_view(), name="year"),
    path("articles/<yyyy:year>/<dd:month>/", public.ArticleArchive.as_view(), name="month"),
    path("articles/<yyyy:year>/<dd:month>/<dd:day>/", public.ArticleArchive.as_view(), name="day"),
    path(STORY, public.ArticlePage.as_view(), name="article"),
    path(f"{STORY}correct/", public.ErrorReportPage.as_view(), name="correct"),
    path(f"{STORY}correct/received/", public.ErrorReportReceived.as_view(), name="received"),
    path(f"{STORY}share.png", public.share, name="share"),
    path(f"{STORY}qr.svg", public.qr, name="qr"),
    path("sections/<slug:slug>/", public.SectionPage.as_view(), name="section"),
    path("projects/", public.ProjectList.as_view(), name="projects"),
    path("projects/<slug:slug>/", public.ProjectPage.as_view(), name="project"),
    path("inspections/", public.InspectionList.as_view(), name="inspections"),
    path("inspections/<slug:slug>/", public.InspectionPage.as_view(), name="inspection"),
    path("meetings/", public.MeetingList.as_view(), name="meetings"),
    path("meetings/<slug:slug>/", public.MeetingPage.as_view(), name="meeting"),
    path("quarters/", public.QuarterList.as_view(), name="quarters"),
    path("quarters/<quarter:quarter>/", public.QuarterPage.as_view(), name="quarter"),
    path(
        "quarters/<quarter:quarter>/print/", public.PrintedQuarter.as_view(), name="quarter-print"
    ),
    path("officials/", public.OfficialList.as_view(), name="officials"),
    path("officials/<slug:slug>/", public.OfficialPage.as_view(), name="official"),
    path("reporters/", public.ReporterList.as_view(), name="reporters"),
    path("reporters/<slug:slug>/", public.ReporterPage.as_view(), name="reporter"),
    path("bulletins/", public.BulletinList.as_view(), name="bulletins"),
    path("bulletins/<slug:slug>/", public.BulletinPage.as_view(), name="bulletin"),
    re_path(
        r"^media/photos/(?P<digest>[0-9a-f]{32})/(?P<name>[a-z0-9-]+\.(?:avif|webp|jpg|png))$",
        public.photo,
        name="photo",
    ),
    path("pages/<slug:slug>/", public.PageOfPaper.as_view(), name="page"),
    path("feeds/", public.FeedGuide.as_view(), name="feeds"),
    path("feeds/events.ics", public.EventCalendar.as_view(), name="calendar"),
    path(
        "feeds/<with_calendar:kind>/<slug:slug>.ics",
        public.EventCalendar.as_view(),
        name="calendar-of",
    ),
    path("feeds/articles.<feed:ending>", public.StoryFeed.as_view(), name="feed"),
    path(
        "feeds/<subject:kind>/<slug:slug>.<feed:ending>", public.StoryFeed.as_view(), name="feed-of"
    ),
    path("share.png", public.share_paper, name="share-paper"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap_index, name="sitemap"),
    path("sitemap-news.xml", news_sitemap, name="sitemap-news"),
    path("sitemap-<slug:section>.xml", sitemap_section, name="sitemap-section"),
]
