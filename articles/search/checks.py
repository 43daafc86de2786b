"""System check of the index, for `check --database` and `migrate`."""

from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.db import connections

from articles.models import SearchDocument
from articles.search.index import SUBJECTS, stale


def index_is_complete(
    databases: Sequence[str] | None = None, **_options: Any
) -> list[checks.CheckMessage]:
    """Warn where things lack in the index: an older release made it, or did not."""
    return [
        checks.Warning(
            "The search does not find everything: its index lacks texts, or an older release made "
            "it.",
            hint="Run `manage.py reindex_search`; the site may run meanwhile.",
            id="articles.W001",
        )
        for alias in databases or ()
        if _is_there(alias) and any(stale(model).using(alias).exists() for model in SUBJECTS)
    ]


def _is_there(alias: str) -> bool:
    """Whether the migrations have made the table."""
    return SearchDocument._meta.db_table in connections[alias].introspection.table_names()
