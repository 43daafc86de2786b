"""What an error of the database means for whoever waits for the answer."""

import errno
import logging
from enum import Enum, auto

from django.db import Error, InterfaceError, OperationalError

logger = logging.getLogger(__name__)


class Fault(Enum):
    """A state of the database, and no mistake of ours in a statement."""

    #: It cannot be reached.
    AWAY = auto()
    #: It gave way to someone else: a deadlock, or a lock that did not come in time.
    BUSY = auto()
    #: A query had no time left.
    SLOW = auto()
    #: It takes nothing in: it may only be read, or its disk is full.
    READ_ONLY = auto()


#: What a file system says that has no room or takes nothing in.
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
    """The fault behind an error of Django's; None for every other error, "no such column" too."""
    if isinstance(error, OSError):
        return Fault.READ_ONLY if error.errno in _FULL else None
    cause = error.__cause__ if isinstance(error, Error) else None
    if code := getattr(cause, "sqlite_errorcode", None):
        return _SQLITE.get(code & 0xFF)
    if code := getattr(cause, "pgcode", None):
        return _POSTGRESQL.get(code) or _POSTGRESQL.get(code[:2])
    # Errors of psycopg2 without a code are those of the connection itself. Of the misuse of a
    # cursor it says "interface error" as well.
    is_lost = isinstance(error, InterfaceError) and "connection" in str(error)
    no_code = isinstance(error, OperationalError) and hasattr(cause, "pgcode")
    return Fault.AWAY if is_lost or no_code else None


def tried_twice(write, *args, **kwargs):
    """What ``write``, one transaction, gives: tried once more where it gave way to another."""
    try:
        return write(*args, **kwargs)
    except OperationalError as error:
        if fault_of(error) is not Fault.BUSY:
            raise
        logger.warning("Tried again: %s", error)
    return write(*args, **kwargs)
