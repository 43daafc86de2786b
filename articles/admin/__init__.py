"""The desk's pages of stories and records."""

from articles.admin import article, bulletin, people, photo, placement, record, report

__all__ = ["article", "bulletin", "people", "photo", "placement", "record", "report"]
