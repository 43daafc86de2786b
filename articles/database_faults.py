"""Errors of the database that are no mistake in a statement, by what they mean for the user."""

import errno
import logging
from collections.abc import Callable
from enum import Enum, auto
from typing import ParamSpec, TypeVar

from django.db import Error, InterfaceError, OperationalError

logger = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")


class Fault(Enum):
    """A state in which the database cannot do what is asked."""

    #: It cannot be reached.
    AWAY = auto()
    #: Another transaction came first: a deadlock or a lock timeout.
    BUSY = auto()
    #: A query took too long.
    SLOW = auto()
    #: It cannot write: it is read-only or its disk is full.
    READ_ONLY = auto()


#: Errors of a file system that is full or read-only.
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
#: Primary result codes of SQLite: busy, locked, readonly, interrupt, full, cantopen, protocol.
_SQLITE = {
    5: Fault.BUSY,
    6: Fault.BUSY,
    8: Fault.READ_ONLY,
    9: Fault.SLOW,
    13: Fault.READ_ONLY,
    14: Fault.AWAY,
    15: Fault.BUSY,
}
#: SQLSTATEs of PostgreSQL, and classes of them.
_POSTGRESQL = {
    "40001": Fault.BUSY,  # serialization failure
    "40P01": Fault.BUSY,  # deadlock
    "55P03": Fault.BUSY,  # lock timeout
    "57014": Fault.SLOW,  # statement timeout
    "25P03": Fault.SLOW,  # a transaction was idle for too long
    "25006": Fault.READ_ONLY,
    "53100": Fault.READ_ONLY,  # disk full
    "53300": Fault.AWAY,  # too many connections
    "08": Fault.AWAY,  # connection exceptions
    "57": Fault.AWAY,  # shut down, crashed, starting
}


def fault_of(error: BaseException | None) -> Fault | None:
    """Fault behind an error of Django; None for any other, such as "no such column"."""
    if isinstance(error, OSError):
        return Fault.READ_ONLY if error.errno in _FULL else None
    cause = error.__cause__ if isinstance(error, Error) else None
    if code := getattr(cause, "sqlite_errorcode", None):
        return _SQLITE.get(code & 0xFF)
    if code := getattr(cause, "pgcode", None):
        return _POSTGRESQL.get(code) or _POSTGRESQL.get(code[:2])
    # In psycopg2 errors of the connection have no code. An InterfaceError may also be the misuse of
    # a cursor.
    is_lost = isinstance(error, InterfaceError) and "connection" in str(error)
    no_code = isinstance(error, OperationalError) and hasattr(cause, "pgcode")
    return Fault.AWAY if is_lost or no_code else None


def tried_twice(write: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call ``write``, which is one transaction, and once more if another came first."""
    try:
        return write(*args, **kwargs)
    except OperationalError as error:
        if fault_of(error) is not Fault.BUSY:
            raise
        logger.warning("Tried again: %s", error)
    return write(*args, **kwargs)
