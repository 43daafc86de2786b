"""Statements that are compiled once and run with other values each time."""

import datetime

from django.db import connection

from articles.quarter import Quarter

#: Placeholders: for the key of a row or for a quarter, one a statement; and for a day.
ANY_KEY, ANY_QUARTER, ANY_DAY = -1, Quarter(9999, 4), datetime.date(9999, 12, 31)


def fetch_compiled(statement, subject=None, day=ANY_DAY) -> list[tuple]:
    """Run ``statement``, the SQL and parameters of a queryset, with values for its placeholders.

    ``subject`` is the key or the quarter that it is about, as the column holds it. A caller keeps
    its statement: for a small page the ORM takes longer to compile than the database to answer.
    """
    sql, params = statement
    given = {str(ANY_KEY): subject, str(ANY_QUARTER): subject, str(ANY_DAY): day}
    with connection.cursor() as cursor:
        cursor.execute(sql, [given.get(str(value), value) for value in params])
        return cursor.fetchall()
