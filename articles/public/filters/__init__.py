"""What the public lists can be narrowed by: one filter set a list, the contract's parameters."""

from articles.public.filters.events import InspectionFilters, MeetingFilters
from articles.public.filters.stories import ArticleFilters, BulletinFilters, SectionFilters
from articles.public.filters.subjects import OfficialFilters, ProjectFilters, ReporterFilters

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
