"""Distinct values of a column by a loose index scan, which neither database has by itself."""

from collections.abc import Callable

from django.db import connections
from django.db.models import Expression, QuerySet
from django.db.models.expressions import RawSQL


def distinct_values(
    rows: QuerySet, column: str, floor: Callable[[RawSQL], Expression] = lambda value: value
) -> list:
    """Distinct values of ``column`` in a queryset, the greatest first; one query.

    It goes from each value to the next along the index, where DISTINCT would read every row. Of
    values with the same ``floor``, an expression such as TruncYear, it takes the greatest only.
    """
    field = rows.model._meta.get_field(column)
    greatest = rows.order_by(f"-{column}").values(column)
    first, params = greatest[:1].query.sql_with_params()
    found = floor(RawSQL("found.value", (), output_field=field))
    lesser = greatest.filter(**{f"{column}__lt": found})[:1]
    step, step_params = lesser.query.sql_with_params()
    sql = f"""
        WITH RECURSIVE found(value) AS (
            SELECT * FROM ({first}) AS greatest
            UNION ALL
            SELECT ({step}) FROM found WHERE value IS NOT NULL
        )
        SELECT value FROM found WHERE value IS NOT NULL
    """  # noqa: S608  the ORM has made both parts
    with connections[rows.db].cursor() as cursor:
        cursor.execute(sql, (*params, *step_params))
        return [field.to_python(value) for (value,) in cursor.fetchall()]
