"""`make run` a second time changes no row, and gives nobody a new password."""

import json

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from articles.models import Article, Page
from people.models import User
from tests.support.desk import enters


@pytest.fixture
def run(db, settings, tmp_path):
    """The command, with a folder of its own for what it keeps."""
    settings.VAR_DIR = tmp_path

    def first_run():
        call_command("first_run")
        return json.loads((tmp_path / "demo_accounts.json").read_text("utf-8"))

    return first_run


def every_row():
    """All rows of all tables."""
    return {
        model._meta.label: sorted(model.objects.values_list(), key=repr)
        for model in apps.get_models()
    }


def test_it_fills_an_empty_database_and_makes_an_account_a_role(run, tmp_path, client):
    accounts = run()
    assert Article.objects.live().count() == 6
    assert Page.objects.public().exists()
    assert (tmp_path / "demo_accounts.json").stat().st_mode & 0o777 == 0o600
    for username, (role, password) in accounts.items():
        assert enters(client, username, password)
        user = User.objects.get(username=username)
        assert user.is_staff
        assert not user.is_superuser
        assert not user.must_change_password
        assert [group.name for group in user.groups.all()] == [role]


def test_again_it_changes_no_row(run):
    run()
    before = every_row()
    run()
    assert every_row() == before


def test_a_database_with_stories_is_left_alone(run):
    Article.objects.create(headline="桥通了")
    run()
    assert Article.objects.count() == 1


def test_an_account_whose_password_was_changed_keeps_it(run, client):
    run()
    user = User.objects.get(username="zongbian")
    user.set_password("another pass phrase")
    user.save()
    run()
    assert enters(client, "zongbian", "another pass phrase")


def test_what_others_could_read_is_closed_to_them(run, tmp_path, settings, monkeypatch):
    database = tmp_path / "db.sqlite3"
    files = [database, tmp_path / "db.sqlite3-wal", tmp_path / "db.sqlite3-shm"]
    files += [tmp_path / "secret_key", tmp_path / "demo_accounts.json"]
    for path in files:
        path.write_text("{}", "utf-8")
        path.chmod(0o644)
    (tmp_path / "media").mkdir(mode=0o755)
    monkeypatch.setitem(connection.settings_dict, "NAME", str(database))
    run()
    for path in files:
        is_here = connection.vendor == "sqlite" or not path.name.startswith("db.")
        assert path.stat().st_mode & 0o777 == (0o600 if is_here else 0o644), path
    assert (tmp_path / "media").stat().st_mode & 0o777 == 0o700
