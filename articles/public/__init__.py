"""What readers see: a page each, its queries, and what all pages share."""

from articles.public.articles import ArticleArchive, ArticleList, SectionPage
from articles.public.base import ROOMS, PublicPage, frame
from articles.public.bulletins import BulletinList, BulletinPage
from articles.public.dossiers import ListedStory
from articles.public.error_report import ErrorReportPage, ErrorReportReceived
from articles.public.event_queries import EventRecord, Party, PrintedStop
from articles.public.events import InspectionList, InspectionPage, MeetingList, MeetingPage
from articles.public.feeds import EventCalendar, FeedGuide, StoryFeed
from articles.public.front import Front, PageOfPaper
from articles.public.media import photo, qr, share, share_paper
from articles.public.months import Day, Month
from articles.public.people import OfficialList, OfficialPage, ReporterList, ReporterPage
from articles.public.projects import ProjectList, ProjectPage
from articles.public.quarters import PrintedQuarter, QuarterList, QuarterPage
from articles.public.story import ArticlePage, PreviewPage
from articles.public.story_queries import StoryRecord

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
    "EventCalendar",
    "EventRecord",
    "FeedGuide",
    "Front",
    "InspectionList",
    "InspectionPage",
    "ListedStory",
    "MeetingList",
    "MeetingPage",
    "Month",
    "OfficialList",
    "OfficialPage",
    "PageOfPaper",
    "Party",
    "PreviewPage",
    "PrintedQuarter",
    "PrintedStop",
    "ProjectList",
    "ProjectPage",
    "PublicPage",
    "QuarterList",
    "QuarterPage",
    "ReporterList",
    "ReporterPage",
    "SectionPage",
    "StoryFeed",
    "StoryRecord",
    "frame",
    "photo",
    "qr",
    "share",
    "share_paper",
]
