"""What `manage.py check --deploy` tells of the machine."""

from django.core.checks import Info
from django.db import connection


def sqlite_journal(**_options):
    """Which SQLite it is, and which journal it may keep; no fault, whichever it is."""
    if connection.vendor != "sqlite":
        return []
    return [Info(connection.journal_in_words(), id="newsroom.I001")]
