"""Text of stored values, as the desk shows them."""

import datetime
from collections.abc import Callable, Iterator
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.quarter import Quarter, QuarterField


def is_empty(value) -> bool:
    """Whether a value is empty, or missing in an older content; zero is not."""
    return value is None or value == ""


def display(field: models.Field | None, value) -> str:
    """Text for ``value``, a JSON scalar of ``field``; empty for no value.

    A value that the field no longer accepts, as in an old content, is shown as stored.
    """
    if is_empty(value):
        return ""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    for kind, say in _SPOKEN.items():
        if isinstance(field, kind):
            try:
                return say(value)
            except (TypeError, ValueError):
                return str(value)
    return str(dict(field.flatchoices).get(value, value)) if field else str(value)


def columns(
    model: type[models.Model], *rows: dict
) -> Iterator[tuple[str, str, models.Field | None, str]]:
    """Part, name, field and label of all columns in ``rows``, in the order of the model.

    The part is fields, links or lists. The field is None for a column that the model no longer has.
    ``order`` is left out: rows are in their order.
    """
    fields = {field.name: field for field in (*model._meta.fields, *model._meta.many_to_many)}
    places = {name: at for at, name in enumerate(fields)}
    held = {
        name: part
        for part in ("fields", "links", "lists")
        for row in rows
        for name in row.get(part) or {}
        if name != "order"
    }
    for name in sorted(held, key=lambda name: places.get(name, len(places))):
        field = fields.get(name)
        yield held[name], name, field, str(field.verbose_name) if field else name


def in_library(field: models.Field) -> str:
    """Label of a library picture's column, to tell it from one of the story's picture."""
    return _("图库的%(label)s") % {"label": field.verbose_name}


def _moment(value: str) -> str:
    moment = datetime.datetime.fromisoformat(value)
    if timezone.is_aware(moment):
        moment = timezone.localtime(moment)
    return date_format(moment, "DATETIME_FORMAT")


#: DateTimeField comes first, as it is a subclass of DateField.
_SPOKEN: dict[type[models.Field], Callable[[Any], str]] = {
    models.DateTimeField: _moment,
    models.DateField: lambda value: date_format(datetime.date.fromisoformat(value)),
    QuarterField: lambda value: Quarter.parse(value).label,
}
