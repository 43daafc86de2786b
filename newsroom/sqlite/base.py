"""SQLite backend: write-ahead log where it is safe, query timeout, NFKC (docs/decisions/0018)."""

import contextlib
import os
import time
import unicodedata
from collections.abc import Iterator

from django.db.backends.sqlite3 import base, features

#: Instructions of SQLite between two checks of the timeout: some milliseconds. A check has to wait
#: for Python's global lock.
STEPS = 100_000
#: Releases without the WAL-reset bug, each with the first release after it that may have it. With
#: it, two connections that write and checkpoint at the same instant can lose committed data.
MENDED = (((3, 44, 6), (3, 45)), ((3, 50, 7), (3, 51)), ((3, 51, 3), (4,)))


def _nfkc(text: str | None) -> str | None:
    """SQL function for ``people.shared.text``; PostgreSQL has one of its own."""
    return text and unicodedata.normalize("NFKC", text)


def journal_mode(version: tuple[int, ...]) -> str:
    """Journal mode for a release of SQLite: a write-ahead log if it is safe."""
    return "wal" if any(first <= version < end for first, end in MENDED) else "delete"


class DatabaseFeatures(features.DatabaseFeatures):
    #: Django asks the database once a thread, takes "locked" for no, and fails from then on.
    supports_json_field = True


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose option ``query_timeout`` is in seconds a query; None for no limit."""

    features_class = DatabaseFeatures

    def get_connection_params(self) -> dict:
        params = super().get_connection_params()
        self.query_timeout = params.pop("query_timeout", None)
        return params

    def get_new_connection(self, conn_params) -> base.Database.Connection:
        """Connect, and set the journal mode that is safe for this release of SQLite."""
        if not str(conn_params["database"]).startswith(("file:", ":")):
            # SQLite would create it readable by all users, and its journals with the same mode.
            with contextlib.suppress(OSError):  # it exists, or SQLite has the better message
                os.close(os.open(conn_params["database"], os.O_CREAT | os.O_EXCL, 0o600))
        connection = super().get_new_connection(conn_params)
        wanted = journal_mode(self.get_database_version())
        try:
            connection.execute(f"PRAGMA journal_mode={wanted}")
        except base.Database.OperationalError as error:
            # The database is in use or read-only. A rollback journal is safe; a write-ahead log is
            # not, if this release may have none.
            if wanted != "wal" and error.sqlite_errorname == "SQLITE_BUSY":
                connection.close()
                raise
        if connection.execute("PRAGMA journal_mode").fetchone() == ("wal",):
            # A power cut may then lose the last commits. With a rollback journal it might corrupt
            # the file.
            connection.execute("PRAGMA synchronous=NORMAL")
        connection.create_function("NFKC", 1, _nfkc, deterministic=True)
        if self.query_timeout:
            connection.set_progress_handler(self._is_late, STEPS)
        return connection

    def create_cursor(self, name=None) -> base.SQLiteCursorWrapper:
        """Start the time of a query: Django creates a cursor for each."""
        self.deadline = time.monotonic() + (self.query_timeout or 0)
        return super().create_cursor(name)

    @contextlib.contextmanager
    def not_waiting(self) -> Iterator[None]:
        """Let writes in this context fail at once where another connection is writing."""
        with self.cursor() as cursor:
            [patience] = cursor.execute("PRAGMA busy_timeout").fetchone()
            cursor.execute("PRAGMA busy_timeout=0")
            try:
                yield
            finally:
                cursor.execute(f"PRAGMA busy_timeout={patience}")

    @contextlib.contextmanager
    def deferred(self) -> Iterator[None]:
        """Let transactions that begin in this context take no lock: they are for reading."""
        mode, self.transaction_mode = self.transaction_mode, None
        try:
            yield
        finally:
            self.transaction_mode = mode

    def _is_late(self) -> bool:
        """Whether SQLite has to interrupt the running query."""
        return time.monotonic() > self.deadline

    def journal_in_words(self) -> str:
        """Describe version and journal for operators."""
        journal = {
            "wal": "a write-ahead log: readers do not wait for writers",
            "delete": "a rollback journal, as its write-ahead log can lose data: "
            "readers wait while a writer commits",
        }[journal_mode(self.get_database_version())]
        return f"SQLite {self.Database.sqlite_version} with {journal}."
