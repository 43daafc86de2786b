"""Values of a column, read along its index."""

from django.db import connections
from django.db.models.expressions import RawSQL


def distinct_values(rows, column: str) -> list:
    """Values that ``column`` has in a queryset, the greatest first; one query."""
    field = rows.model._meta.get_field(column)
    with connections[rows.db].cursor() as cursor:
        cursor.execute(*loose_index_scan(rows, column))
        return [field.to_python(value) for (value,) in cursor.fetchall()]


def loose_index_scan(rows, column: str, floor=lambda value: value) -> tuple[str, tuple]:
    """SQL of the values that ``column`` has in a queryset, and its parameters.

    It goes from each value to the next along the index. DISTINCT would read every row. Of values
    with the same ``floor``, an expression such as TruncYear, it takes the greatest alone.
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
    """  # noqa: S608  both parts are the ORM's own
    return sql, (*params, *step_params)
