"""The desk's pages of stories and records."""

from articles.admin import article, bulletin, photo, record

__all__ = ["article", "bulletin", "photo", "record"]
