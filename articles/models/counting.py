"""Numbers of several kinds of rows at once."""

from django.db.models import Aggregate, QuerySet, Value


def count_each(kinds: dict[str, tuple[QuerySet, Aggregate]]) -> dict[str, int]:
    """Numbers by name in one query; ``kinds`` has a queryset and an aggregate for each name."""
    first, *others = [
        rows.order_by().values_list(Value(name)).annotate(number=number)
        for name, (rows, number) in kinds.items()
    ]
    # Django leaves a queryset that cannot have rows out of the union.
    return dict.fromkeys(kinds, 0) | dict(first.union(*others, all=True))
