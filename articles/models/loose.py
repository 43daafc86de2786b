"""Values of a column, read along its index."""

from django.db import connections
from django.db.models.expressions import RawSQL


def distinct_values(rows, column: str) -> list:
    """Values that ``column`` has in a queryset, the greatest first; one query.

    It goes from each value to the next along the index. DISTINCT would read every row.
    """
    greatest = rows.order_by(f"-{column}").values(column)
    first, params = greatest[:1].query.sql_with_params()
    lesser = greatest.filter(**{f"{column}__lt": RawSQL("found.value", ())})[:1]
    step, step_params = lesser.query.sql_with_params()
    loose_scan = f"""
        WITH RECURSIVE found(value) AS (
            SELECT * FROM ({first}) AS greatest
            UNION ALL
            SELECT ({step}) FROM found WHERE value IS NOT NULL
        )
        SELECT value FROM found WHERE value IS NOT NULL
    """  # noqa: S608  both parts are the ORM's own
    with connections[rows.db].cursor() as cursor:
        cursor.execute(loose_scan, (*params, *step_params))
        return [value for (value,) in cursor.fetchall()]
