"""The desk's pages of stories and records."""

from articles.admin import article, bulletin, page, people, photo, placement, record, report

__all__ = ["article", "bulletin", "page", "people", "photo", "placement", "record", "report"]
