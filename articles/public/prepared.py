"""Statements that are compiled once a process, and planned once a connection where that is had."""

from weakref import WeakKeyDictionary

from django.db import connection

#: Stands for the key of a row while a queryset is compiled.
ANY_KEY = -1
#: Names of what was prepared, by the driver's connection.
_prepared = WeakKeyDictionary()


def fetch_prepared(name: str, statement: tuple, key: int) -> list[tuple]:
    """Rows of ``statement``, the SQL and parameters of a queryset, with ``key`` for ANY_KEY.

    PostgreSQL takes three times as long to plan a union of ten parts as to run it. With a pooler
    that gives each transaction another connection (DISABLE_SERVER_SIDE_CURSORS) it plans each time.
    """
    sql, params = statement
    is_pooled = connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and not is_pooled:
            names = _prepared.setdefault(connection.connection, set())
            if name not in names:
                values = [_Placeholder() if value == ANY_KEY else value for value in params]
                cursor.execute(f"PREPARE {name} (bigint) AS {sql}", values)
                names.add(name)
            cursor.execute(f"EXECUTE {name} (%s)", [key])
        else:
            cursor.execute(sql, [key if value == ANY_KEY else value for value in params])
        return cursor.fetchall()


class _Placeholder:
    """Prints itself into SQL as the first parameter of a prepared statement."""

    def __conform__(self, _protocol):
        return self

    def getquoted(self):
        return b"$1"
