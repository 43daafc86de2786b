"""Stories and what they record. Other packages import from here only."""

from articles.models.appearances import OfficialAppearance, ProjectAppearance
from articles.models.article import Article
from articles.models.attendance import Attendance
from articles.models.bulletin import Bulletin, Section
from articles.models.byline import Byline, Mention
from articles.models.counting import count_each
from articles.models.error_report import ErrorReport
from articles.models.events import Inspection, Meeting, Stop
from articles.models.merge import Merge
from articles.models.page import Page
from articles.models.photo import ArticlePhoto, Photo
from articles.models.placement import Placement
from articles.models.project import Milestone, Project
from articles.models.public_revision import PublicRevision
from articles.models.search_document import SearchDocument
from articles.models.transition import Transition
from articles.models.version import SignOff, Version

__all__ = [
    "Article",
    "ArticlePhoto",
    "Attendance",
    "Bulletin",
    "Byline",
    "ErrorReport",
    "Inspection",
    "Meeting",
    "Mention",
    "Merge",
    "Milestone",
    "OfficialAppearance",
    "Page",
    "Photo",
    "Placement",
    "Project",
    "ProjectAppearance",
    "PublicRevision",
    "SearchDocument",
    "Section",
    "SignOff",
    "Stop",
    "Transition",
    "Version",
    "count_each",
]
