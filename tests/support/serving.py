"""The site on a socket: the server of `make run`, for tests that need one."""

import contextlib
import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from django.contrib.staticfiles.finders import get_finders
from django.db import connection

from newsroom.environment import VARIABLES
from tests.bench.servers import free_port

ROOT = Path(__file__).resolve().parents[2]


@contextlib.contextmanager
def serving(folder, **variables):
    """Port of a server that keeps its files in ``folder``; what it says is in ``server.log``.

    Static files that were collected there are served from there.
    """
    if not (folder / "static" / "staticfiles.json").exists():
        name_static_files(folder / "static")
    clean = {name: value for name, value in os.environ.items() if name not in VARIABLES}
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "newsroom.wsgi"]
    command += ["--config", "python:newsroom.server", "--bind", f"127.0.0.1:{port}"]
    environment = {**clean, "VAR_DIR": str(folder), **variables}
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        while not answers(port):
            assert server.poll() is None, (folder / "server.log").read_text("utf-8")
            time.sleep(0.05)
        yield port
    finally:
        server.terminate()
        assert server.wait(20) == 0


def answers(port):
    """Whether there is a server at ``port``."""
    with contextlib.suppress(urllib.error.URLError, ConnectionError):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=20).close()
        return True
    return False


def name_static_files(folder):
    """The list of static files, each by its own name: to compress them all takes long."""
    names = {path: path for finder in get_finders() for path, _storage in finder.list([])}
    folder.mkdir(exist_ok=True)
    manifest = {"version": "1.1", "hash": "", "paths": names}
    (folder / "staticfiles.json").write_text(json.dumps(manifest), "utf-8")


def database_url(folder):
    """Address of the test's database, which has to be one that commits (``transactional_db``).

    SQLite's is in the memory of this process: a copy of it in ``folder``.
    """
    if connection.vendor == "sqlite":
        path = folder / "db.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(path)])
        return f"sqlite:///{path}"
    keys = ("USER", "PASSWORD", "HOST", "PORT", "NAME")
    return "postgres://{}:{}@{}:{}/{}".format(*(connection.settings_dict[key] for key in keys))


def shared_url():
    """Address of the test's own database, for a server that has to see what the test changes."""
    name = connection.settings_dict["NAME"]
    return f"sqlite:///{name}" if connection.vendor == "sqlite" else database_url(None)
