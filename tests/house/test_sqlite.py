"""The embedded database under two writers: they wait for one another and nobody is refused."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

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
with connection.cursor() as cursor:
    print(cursor.execute("PRAGMA journal_mode").fetchone()[0])
"""


@pytest.fixture
def environment(tmp_path):
    """Environment of a site with an SQLite database of its own."""
    return {
        "PATH": os.environ["PATH"],
        "VAR_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
    }


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
        output, errors = writer.communicate(timeout=60)
        assert (writer.returncode, output.strip()) == (0, "wal"), errors
