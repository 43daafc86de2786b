"""Sessions in the database for which a GET never waits."""

import contextlib
from collections.abc import Iterator

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import DatabaseError, connection

from articles.database_faults import fault_of

SAFE_METHODS = ("GET", "HEAD", "OPTIONS", "TRACE")


class SessionStore(db.SessionStore):
    """A store that does not wait for SQLite's write lock in a GET.

    A GET writes to its session where it has shown messages, and deletes it where the password has
    changed. If someone else is writing at that moment, the next request does it.
    """

    is_read_only = False

    def save(self, must_create=False) -> None:  # noqa: FBT002  Django's own
        """Raise the database's own error where Django would say that the session was deleted."""
        with self._not_waiting():
            try:
                super().save(must_create)
            except UpdateError as error:
                if fault_of(error.__context__):
                    raise error.__context__ from error.__context__.__cause__
                raise

    def delete(self, session_key=None) -> None:
        with self._not_waiting():
            super().delete(session_key)

    @contextlib.contextmanager
    def _not_waiting(self) -> Iterator[None]:
        if not self.is_read_only:
            yield
            return
        try:
            with getattr(connection, "not_waiting", contextlib.nullcontext)():
                yield
        except DatabaseError as error:
            if fault_of(error) is None:
                raise


class Sessions(SessionMiddleware):
    """Marks the session of a request by a safe method as read-only."""

    def process_request(self, request) -> None:
        super().process_request(request)
        request.session.is_read_only = request.method in SAFE_METHODS
