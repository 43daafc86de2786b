"""What the public lists can be narrowed by: one filter set a list, the contract's parameters."""

from articles.filters.events import InspectionFilters, MeetingFilters
from articles.filters.stories import ArticleFilters, BulletinFilters, SectionFilters
from articles.filters.subjects import OfficialFilters, ProjectFilters, ReporterFilters

__all__ = [
    "ArticleFilters",
    "BulletinFilters",
    "InspectionFilters",
    "MeetingFilters",
    "OfficialFilters",
    "ProjectFilters",
    "ReporterFilters",
    "SectionFilters",
]
