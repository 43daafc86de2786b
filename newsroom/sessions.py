"""Sessions in the database that a page which is only read never waits for."""

import contextlib

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import DatabaseError, connection

from articles.database_faults import fault_of

SAFE_METHODS = ("GET", "HEAD", "OPTIONS", "TRACE")


class SessionStore(db.SessionStore):
    """Django's, which takes the lock of writers on SQLite.

    A page that is only read forgets the messages it has shown, and the session of a password that
    is no more. Where someone else writes at that moment, either is left to the next page.
    """

    is_read_only = False

    def save(self, must_create=False):  # noqa: FBT002  Django's own
        """Write it; say what hindered it, and not that someone has logged out."""
        with self._not_waiting():
            try:
                super().save(must_create)
            except UpdateError as error:
                if fault_of(error.__context__):
                    raise error.__context__ from error.__context__.__cause__
                raise

    def delete(self, session_key=None):
        """Remove it."""
        with self._not_waiting():
            super().delete(session_key)

    @contextlib.contextmanager
    def _not_waiting(self):
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
    """Tells a session whether the request may change anything."""

    def process_request(self, request):
        """Take up the session."""
        super().process_request(request)
        request.session.is_read_only = request.method in SAFE_METHODS
