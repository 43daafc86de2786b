"""Statements compiled once a process, as that takes longer than running them."""

from django.db import connection

#: Stands for the key of the story.
ANY_STORY = -1


def ask(statement, story_id=None) -> list[tuple]:
    """Rows of ``statement``: the SQL and parameters of a queryset, which may be about ANY_STORY."""
    sql, params = statement
    with connection.cursor() as cursor:
        cursor.execute(sql, [story_id if value == ANY_STORY else value for value in params])
        return cursor.fetchall()
