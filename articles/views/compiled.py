"""Statements compiled once a process, as that takes longer than running them."""

from django.db import connection

#: Stands for the key of the one row that a statement is about.
ANY_KEY = -1


def ask(statement, key=None) -> list[tuple]:
    """Rows of ``statement``: the SQL and parameters of a queryset, which may be about ANY_KEY."""
    sql, params = statement
    with connection.cursor() as cursor:
        cursor.execute(sql, [key if value == ANY_KEY else value for value in params])
        return cursor.fetchall()
