"""Versions from before their keys were primary ones, through the migration and back."""

import importlib
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from articles.editorial import current_review_state
from articles.editorial.triggers import set_up, take_down
from articles.models import (
    Meeting,
    Project,
)
from articles.versions import (
    digest,
    snapshot,
)
from people.models import Official
from people.shared import merging
from tests.support.stories import signed

format_4 = importlib.import_module("articles.migrations.0022_contents_format_4")


@pytest.fixture
def migrate():
    """Run the migration that changes keys, back or forward again."""

    def run(way):
        take_down(connection.alias)
        getattr(format_4, f"{way}_format")(apps, SimpleNamespace(connection=connection))
        set_up(connection.alias)

    return run


def test_the_migration_goes_back_and_forward_again(linked, account, migrate):
    signed(linked, account)
    version = linked.versions.first()
    content, name = version.content, version.digest
    migrate("lower")
    version.refresh_from_db()
    assert version.content["lists"]["projects"] == [{"key": ["qiao"], "label": "桥"}]
    assert {type(event["key"]) for event in version.content["events"]} == {list}
    assert version.digest != name
    migrate("raise")
    version.refresh_from_db()
    assert (version.content, version.digest) == (content, name)
    assert current_review_state(linked).missing_sign_offs() == []


def test_the_migration_follows_redirects_and_keeps_keys_of_what_is_gone(linked, account, migrate):
    signed(linked, account)
    migrate("lower")
    Meeting.objects.update(slug_follows=False)  # one that follows leaves no redirect
    event, official = linked.meetings.get(), Official.objects.get()
    event.slug = "renamed"
    event.save()
    merging.merge(Official.objects.create(name="苏建某"), official)
    linked.projects.clear()
    linked.inspections.get().stops.get().projects.clear()
    Project.objects.all().delete()
    migrate("raise")
    content, now = linked.versions.first().content, snapshot(linked)
    assert content["lists"]["projects"] == [{"key": ["qiao"], "label": "桥"}]
    for side in (content, now):
        side["lists"]["projects"] = side["events"][0]["children"]["stops"][0]["lists"] = []
    assert digest(content) == digest(now)
