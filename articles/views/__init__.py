"""What readers see: a page each, its queries, and what all pages share."""

from articles.views.articles import ArticleArchive, ArticleList, SectionPage
from articles.views.base import ROOMS, frame
from articles.views.bulletins import BulletinList, BulletinPage
from articles.views.error_report import ErrorReportPage, ErrorReportReceived
from articles.views.events import InspectionList, InspectionPage, MeetingList, MeetingPage
from articles.views.front import Front, PageOfPaper
from articles.views.grouping import Day, Month
from articles.views.people import OfficialList, OfficialPage, ReporterList, ReporterPage
from articles.views.photos import photo
from articles.views.projects import ProjectList, ProjectPage
from articles.views.quarters import QuarterList, QuarterPage
from articles.views.share import qr, share, share_paper
from articles.views.story import ArticlePage, PreviewPage

__all__ = [
    "ROOMS",
    "ArticleArchive",
    "ArticleList",
    "ArticlePage",
    "BulletinList",
    "BulletinPage",
    "Day",
    "ErrorReportPage",
    "ErrorReportReceived",
    "Front",
    "InspectionList",
    "InspectionPage",
    "MeetingList",
    "MeetingPage",
    "Month",
    "OfficialList",
    "OfficialPage",
    "PageOfPaper",
    "PreviewPage",
    "ProjectList",
    "ProjectPage",
    "QuarterList",
    "QuarterPage",
    "ReporterList",
    "ReporterPage",
    "SectionPage",
    "frame",
    "photo",
    "qr",
    "share",
    "share_paper",
]
