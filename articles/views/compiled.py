"""Statements compiled once a process, as that takes longer than running them."""

from django.db import connection

from articles.quarter import Quarter

#: Stand for the key of the one row, or for the quarter, that a statement is about.
ANY_KEY, ANY_QUARTER = -1, Quarter(9999, 4)
_STAND_INS = (ANY_KEY, str(ANY_QUARTER))


def ask(statement, subject=None) -> list[tuple]:
    """Rows of ``statement``: the SQL and parameters of a queryset, which may be about one thing.

    ``subject`` is the key or the quarter, as the column holds it.
    """
    sql, params = statement
    with connection.cursor() as cursor:
        cursor.execute(sql, [subject if value in _STAND_INS else value for value in params])
        return cursor.fetchall()
