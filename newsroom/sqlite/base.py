"""Django's SQLite, as a paper needs it that is read while someone writes (docs/decisions/0018)."""

import contextlib
import os
import time
import unicodedata

from django.db.backends.sqlite3 import base, features

#: Steps of SQLite's machine between two looks at the clock: some milliseconds, since each look has
#: to wait for its turn among the threads of Python.
STEPS = 100_000
#: Releases without the WAL-reset bug, each up to the one named second. Before them, two connections
#: that write and checkpoint at the same instant can lose what was committed.
MENDED = (((3, 44, 6), (3, 45)), ((3, 50, 7), (3, 51)), ((3, 51, 3), (4,)))


def _nfkc(text):
    """For people.shared.text: PostgreSQL has such a function of its own."""
    return text and unicodedata.normalize("NFKC", text)


def journal_mode(version: tuple[int, ...]) -> str:
    """Journal that a SQLite of ``version`` may keep: a write-ahead log where it is safe."""
    return "wal" if any(first <= version < end for first, end in MENDED) else "delete"


class DatabaseFeatures(features.DatabaseFeatures):
    """What the database can do, without asking it in a transaction."""

    #: Django would ask once a thread, keep a "no" that only meant "locked", and fail from then on.
    supports_json_field = True


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection with the journal that its library can be trusted with.

    Its option ``query_timeout`` is the seconds that a query may take; None for no limit.
    """

    features_class = DatabaseFeatures

    def get_connection_params(self):
        """Those of Django, without our own."""
        params = super().get_connection_params()
        self.query_timeout = params.pop("query_timeout", None)
        return params

    def get_new_connection(self, conn_params):
        """Connect, and bring the database into the journal mode that this library may use."""
        if not str(conn_params["database"]).startswith(("file:", ":")):
            # The library would let everybody read what it makes, its journals like the database.
            with contextlib.suppress(OSError):  # it is there, or the library says better why not
                os.close(os.open(conn_params["database"], os.O_CREAT | os.O_EXCL, 0o600))
        connection = super().get_new_connection(conn_params)
        wanted = journal_mode(self.get_database_version())
        try:
            connection.execute(f"PRAGMA journal_mode={wanted}")
        except base.Database.OperationalError as error:
            # In use, or only to be read. A rollback journal is safe until the next connection asks;
            # a write-ahead log that others write is not safe for this library.
            if wanted != "wal" and error.sqlite_errorname == "SQLITE_BUSY":
                connection.close()
                raise
        if connection.execute("PRAGMA journal_mode").fetchone() == ("wal",):
            # A power cut may take the last commits. In the other mode it might break the file.
            connection.execute("PRAGMA synchronous=NORMAL")
        connection.create_function("NFKC", 1, _nfkc, deterministic=True)
        if self.query_timeout:
            connection.set_progress_handler(self._is_late, STEPS)
        return connection

    def create_cursor(self, name=None):
        """A cursor: as Django makes one for each query, its time begins here."""
        self.deadline = time.monotonic() + (self.query_timeout or 0)
        return super().create_cursor(name)

    @contextlib.contextmanager
    def not_waiting(self):
        """Let what is written meanwhile fail at once where someone else writes."""
        with self.cursor() as cursor:
            [patience] = cursor.execute("PRAGMA busy_timeout").fetchone()
            cursor.execute("PRAGMA busy_timeout=0")
            try:
                yield
            finally:
                cursor.execute(f"PRAGMA busy_timeout={patience}")

    def _is_late(self):
        """Whether SQLite has to break off the query that runs."""
        return time.monotonic() > self.deadline

    def journal_in_words(self):
        """Which library and which journal it is, for operators."""
        journal = {
            "wal": "a write-ahead log: readers do not wait for writers",
            "delete": "a rollback journal, as its write-ahead log can lose data: "
            "readers wait while a writer commits",
        }[journal_mode(self.get_database_version())]
        return f"SQLite {self.Database.sqlite_version} with {journal}."
