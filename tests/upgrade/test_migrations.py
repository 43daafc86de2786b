"""Migrations go back to nothing and forward again."""

import datetime
import importlib

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from articles.models import Article
from articles.quarter import Quarter
from tests.support.stories import live


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


def test_quarters_that_no_page_could_read_are_read_after_the_migration(db, monkeypatch):
    migration = importlib.import_module("articles.migrations.0016_quarter_width")
    today = [name.replace("Story", "Appearance") for name in migration.HOLDERS]
    today.remove("QuarterCounts")
    monkeypatch.setattr(migration, "HOLDERS", today)
    story = live(issued_on=datetime.date(202, 4, 6))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_article SET quarter = '202q2'")
    with pytest.raises(ValueError, match="202q2"):
        story.refresh_from_db()
    migration.widen(apps, None)
    story.refresh_from_db()
    assert story.quarter == Quarter(202, 2)
