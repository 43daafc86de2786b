"""The project. Loading its settings imports this package first, before Django."""

import contextlib
import sqlite3
import sys

# In WAL mode the SQLite of most systems can lose data that two connections commit at the same
# instant. pysqlite3 has a fixed one and replaces it where it has a wheel (docs/decisions/0018).
with contextlib.suppress(ImportError):
    import pysqlite3

    if pysqlite3.sqlite_version_info > sqlite3.sqlite_version_info:
        sys.modules["sqlite3"] = pysqlite3
        sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
