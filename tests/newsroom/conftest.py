"""Connections to the database of a test, beside its own; public pages that are kept."""

from unittest import mock

import pytest
from django.core.cache import cache
from django.db import connection

from articles.editorial import touch_public, writing
from newsroom import kept_pages
from newsroom.timeouts import bound_queries


@pytest.fixture
def connect(database):
    """Maker of further connections to the database, each with other options."""
    template, opened = connection.copy(), []

    def make(**options):
        made = template.copy()
        made.settings_dict["OPTIONS"] |= options
        opened.append(made)
        return made

    yield make
    for one in opened:
        one.close()


@pytest.fixture
def bounded(connect):
    """The connection of the test bound as that of a server is, to half a second."""
    options = connection.settings_dict["OPTIONS"]
    connection.settings_dict["OPTIONS"] = options.copy()
    connection.close()
    bound_queries(connection.settings_dict, 0.5)
    yield
    connection.close()
    connection.settings_dict["OPTIONS"] = options


@pytest.fixture
def writer(connect):
    """Another connection, which holds the lock that writers need."""
    other = connect()
    with other.cursor() as cursor:
        cursor.execute("BEGIN" if other.vendor == "postgresql" else "BEGIN IMMEDIATE")
        if other.vendor == "postgresql":
            tables = ", ".join(connection.introspection.table_names(cursor))
            cursor.execute(f"LOCK TABLE {tables} IN EXCLUSIVE MODE")
    return other


@pytest.fixture
def kept(settings, shell, bulletin):
    """Keep public pages, those of the bulletin."""
    settings.CACHES = {
        "default": {
            "BACKEND": "newsroom.cache.BoundedLocMemCache",
            "OPTIONS": {"MAX_BYTES": 16 * 1024 * 1024},
        },
        "shell": settings.CACHES["shell"],
    }
    with writing():
        touch_public()
    yield
    cache.clear()


@pytest.fixture
def made():
    """Count the pages that are made, and not taken from what is kept."""
    with mock.patch.object(
        kept_pages.KeptPages, "_make", autospec=True, side_effect=kept_pages.KeptPages._make
    ) as make:
        yield lambda: make.call_count
