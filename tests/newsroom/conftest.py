"""Connections to the database of a test, beside its own and in the place of it."""

import pytest
from django.db import connection

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
