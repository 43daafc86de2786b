"""Stories and records in the admin. Importing the package registers all its classes."""

from articles.admin import article, bulletin, page, people, photo, placement, record, report

__all__ = ["article", "bulletin", "page", "people", "photo", "placement", "record", "report"]
