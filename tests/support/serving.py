"""The site on a socket: the server of `make run`, for tests that need one."""

import contextlib
import json
import os

from django.contrib.staticfiles.finders import get_finders
from django.db import connection

from newsroom.environment import VARIABLES
from tests.bench.servers import Server


@contextlib.contextmanager
def running(folder, **variables):
    """A Server that keeps its files in ``folder``; what it says is in ``server.log``.

    Static files that were collected there are served from there.
    """
    if not (folder / "static" / "staticfiles.json").exists():
        name_static_files(folder / "static")
    clean = {name: value for name, value in os.environ.items() if name not in VARIABLES}
    environment = {**clean, "VAR_DIR": str(folder), **variables}
    server = Server("newsroom.wsgi", environment, "/healthz", folder / "server.log")
    try:
        yield server
    finally:
        assert server.stop() == 0


@contextlib.contextmanager
def serving(folder, **variables):
    """Port of such a server."""
    with running(folder, **variables) as server:
        yield server.port


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
