"""The embedded database: which library, which journal, and what two writers do to one another."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.backends.sqlite3.base import Database
from django.db.utils import ConnectionHandler

from newsroom.sqlite.base import journal_mode

ROOT = Path(__file__).resolve().parents[2]
WRITE = """
import django
django.setup()
from django.db import connection, transaction
from people.models import Organisation
for number in range(40):
    with transaction.atomic():
        # Read before writing: a deferred transaction could not be upgraded under another writer.
        Organisation.objects.count()
        Organisation.objects.create(name=f"{NAME}-{number}")
"""
BEFORE_THE_MEND, MENDED = (3, 40, 1), (3, 53, 4)


@pytest.fixture
def environment(tmp_path):
    """Environment of a site with an SQLite database of its own."""
    return {
        "PATH": os.environ["PATH"],
        "VAR_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
    }


@pytest.fixture
def connect(tmp_path, monkeypatch, django_db_blocker):
    """Maker of connections to one file, each as a library of ``version`` would make it."""
    opened = []

    def make(version=MENDED, mode="rwc"):
        monkeypatch.setattr(Database, "sqlite_version_info", version)
        name = f"file:{tmp_path}/db.sqlite3?mode={mode}"
        options = {"transaction_mode": "IMMEDIATE", "timeout": 0.1}
        database = {"ENGINE": "newsroom.sqlite", "NAME": name, "OPTIONS": options}
        made = ConnectionHandler({"default": database})["default"]
        opened.append(made)
        made.ensure_connection()
        return made

    with django_db_blocker.unblock():
        yield make
        for one in opened:
            one.close()


def pragma(made, name):
    """What ``made`` says of a setting of SQLite."""
    with made.cursor() as cursor:
        return cursor.execute(f"PRAGMA {name}").fetchone()[0]


def test_django_has_the_newest_library_there_is():
    ask = [sys.executable, "-c", "import sqlite3; print(sqlite3.sqlite_version)"]
    stock = subprocess.run(ask, capture_output=True, text=True, check=True).stdout
    ours = pytest.importorskip("pysqlite3", reason="it has no wheel for this machine")
    newest = max(ours.sqlite_version_info, tuple(map(int, stock.split("."))))
    assert Database.sqlite_version_info == newest
    assert Database is sys.modules["sqlite3.dbapi2"]


@pytest.mark.parametrize(
    ("version", "mode"),
    [
        ((3, 31, 0), "delete"),
        (BEFORE_THE_MEND, "delete"),
        ((3, 44, 5), "delete"),
        ((3, 44, 6), "wal"),
        ((3, 44, 7), "wal"),
        ((3, 45, 0), "delete"),
        ((3, 46, 1), "delete"),
        ((3, 50, 6), "delete"),
        ((3, 50, 7), "wal"),
        ((3, 51, 0), "delete"),
        ((3, 51, 2), "delete"),
        ((3, 51, 3), "wal"),
        ((3, 52, 0), "wal"),
        (MENDED, "wal"),
        ((3, 100, 0), "wal"),
    ],
)
def test_a_library_that_can_lose_data_keeps_no_write_ahead_log(version, mode, connect):
    assert journal_mode(version) == mode
    made = connect(version)
    assert pragma(made, "journal_mode") == mode
    # A log is safe with NORMAL; without it a power cut would need FULL.
    assert pragma(made, "synchronous") == (1 if mode == "wal" else 2)


def store(made):
    """A table with a row."""
    with made.cursor() as cursor:
        cursor.execute("CREATE TABLE story (headline)")
        cursor.execute("INSERT INTO story VALUES ('桥通了')")


def stored(made):
    """What is in it."""
    with made.cursor() as cursor:
        return cursor.execute("SELECT headline FROM story").fetchall()


@pytest.mark.parametrize(
    ("before", "after"), [(MENDED, BEFORE_THE_MEND), (BEFORE_THE_MEND, MENDED)]
)
def test_a_database_of_the_other_library_is_converted(before, after, connect):
    former = connect(before)
    store(former)
    former.close()
    made = connect(after)
    assert pragma(made, "journal_mode") == journal_mode(after)
    assert stored(made) == [("桥通了",)]


def test_a_log_that_others_have_open_is_not_shared_with_a_library_that_can_lose_data(connect):
    store(connect(MENDED))
    with pytest.raises(OperationalError, match="locked"):
        connect(BEFORE_THE_MEND)


def test_a_database_in_use_gets_its_log_later(connect):
    writer = connect(BEFORE_THE_MEND)
    store(writer)
    with writer.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE")
        assert pragma(connect(MENDED), "journal_mode") == "delete"
        cursor.execute("ROLLBACK")
    assert pragma(connect(MENDED), "journal_mode") == "wal"


@pytest.mark.parametrize("before", [MENDED, BEFORE_THE_MEND])
@pytest.mark.parametrize("after", [MENDED, BEFORE_THE_MEND])
def test_a_database_that_may_only_be_read_is_read_in_whatever_mode_it_is(before, after, connect):
    former = connect(before)
    store(former)
    former.close()
    assert stored(connect(after, mode="ro")) == [("桥通了",)]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="another database")
def test_the_check_of_a_deployment_and_the_first_run_say_which_journal_it_is(
    db, capsys, monkeypatch, settings, tmp_path
):
    settings.VAR_DIR = tmp_path
    for version, said in (
        (MENDED, "write-ahead log: readers"),
        (BEFORE_THE_MEND, "rollback journal"),
    ):
        monkeypatch.setattr(Database, "sqlite_version_info", version)
        call_command("check", deploy=True)
        call_command("first_run")
        output, errors = capsys.readouterr()
        assert said in errors
        assert said in output


def test_two_processes_that_write_at_once_both_succeed(environment):
    migrate = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
    subprocess.run(migrate, cwd=ROOT, env=environment, check=True)
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", f"NAME = {name!r}\n{WRITE}"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in ("one", "two")
    ]
    for writer in writers:
        _output, errors = writer.communicate(timeout=60)
        assert writer.returncode == 0, errors


def test_the_database_and_its_journals_are_their_owner_s_alone(tmp_path, django_db_blocker):
    name, mask = tmp_path / "db.sqlite3", os.umask(0)
    try:
        with django_db_blocker.unblock():
            made = ConnectionHandler({"default": {"ENGINE": "newsroom.sqlite", "NAME": name}})
            with made["default"].cursor() as cursor:
                cursor.execute("CREATE TABLE one (number)")
                cursor.execute("INSERT INTO one VALUES (1)")
                modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
            made["default"].close()
    finally:
        os.umask(mask)
    assert "db.sqlite3" in modes
    assert set(modes.values()) == {0o600}
