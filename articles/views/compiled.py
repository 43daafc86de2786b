"""Statements compiled once a process, as that takes longer than running them."""

import datetime

from django.db import connection

from articles.quarter import Quarter

#: Stand for the key of the one row, or for the quarter, that a statement is about; and for a day.
ANY_KEY, ANY_QUARTER, ANY_DAY = -1, Quarter(9999, 4), datetime.date(9999, 12, 31)


def ask(statement, subject=None, day=ANY_DAY) -> list[tuple]:
    """Rows of ``statement``: the SQL and parameters of a queryset, which may be about one thing.

    ``subject`` is the key or the quarter, as the column holds it.
    """
    sql, params = statement
    given = {str(ANY_KEY): subject, str(ANY_QUARTER): subject, str(ANY_DAY): day}
    with connection.cursor() as cursor:
        cursor.execute(sql, [given.get(str(value), value) for value in params])
        return cursor.fetchall()
