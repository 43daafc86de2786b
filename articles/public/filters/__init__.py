"""What the public lists can be narrowed by: one filter set a list, the contract's parameters."""

from articles.public.filters.lists import (
    ArticleFilters,
    BulletinFilters,
    InspectionFilters,
    MeetingFilters,
    OfficialFilters,
    ProjectFilters,
    ReporterFilters,
    SectionFilters,
)

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
