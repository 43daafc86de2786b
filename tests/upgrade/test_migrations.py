"""Migrations go back to nothing and forward again."""

import pytest
from django.core.management import call_command
from django.db import connection

from articles.models import Article


def tables():
    """Tables of the two apps that are in the database."""
    names = connection.introspection.table_names()
    return {name for name in names if name.startswith(("people_", "articles_"))}


@pytest.fixture
def _all_migrated_afterwards(transactional_db):
    """Leave the database to other tests as it was."""
    yield
    call_command("migrate", verbosity=0)


@pytest.mark.usefixtures("_all_migrated_afterwards")
def test_migrations_go_back_to_nothing_and_forward_again():
    before = tables()
    assert before
    for app in ("articles", "people"):
        call_command("migrate", app, "zero", verbosity=0)
        assert not [name for name in tables() if name.startswith(f"{app}_")]
    call_command("migrate", verbosity=0)
    assert tables() == before
    call_command("loaddata", "bulletin_2021q1", verbosity=0)
    assert Article.objects.live().count() == 6
