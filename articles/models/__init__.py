"""Stories and what they record; the one door of this package."""

from articles.models.article import Article
from articles.models.bulletin import Bulletin, Section
from articles.models.byline import Byline, Mention
from articles.models.move import Move
from articles.models.photo import ArticlePhoto, Photo
from articles.models.project import Milestone, Project
from articles.models.record import Attendance, Inspection, Meeting, Stop
from articles.models.trace import OfficialStory, ProjectStory, retrace

__all__ = [
    "Article",
    "ArticlePhoto",
    "Attendance",
    "Bulletin",
    "Byline",
    "Inspection",
    "Meeting",
    "Mention",
    "Milestone",
    "Move",
    "OfficialStory",
    "Photo",
    "Project",
    "ProjectStory",
    "Section",
    "Stop",
    "retrace",
]
