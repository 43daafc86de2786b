"""The project; whatever loads its settings passes here first, and so before Django."""

import contextlib
import sqlite3
import sys

# The SQLite of most systems can lose what two connections commit at the same instant in WAL mode.
# The one of the lock cannot, and takes its place where it has a wheel (docs/decisions/0018).
with contextlib.suppress(ImportError):
    import pysqlite3

    if pysqlite3.sqlite_version_info > sqlite3.sqlite_version_info:
        sys.modules["sqlite3"] = pysqlite3
        sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
