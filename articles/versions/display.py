"""Stored values as the desk says them."""

import datetime
from collections.abc import Iterator

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.quarter import Quarter, QuarterField


def is_empty(value) -> bool:
    """Whether it says nothing. A zero does; a column that an older content lacks does not."""
    return value is None or value == ""


def display(field: models.Field | None, value) -> str:
    """``value``, a JSON scalar of ``field``, as a reader of the desk says it; empty for none.

    What does not fit the field, as in a content older than it, is given as it is.
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


def columns(model, *rows: dict) -> Iterator[tuple[str, str, models.Field | None, str]]:
    """Part, name, field and label of all that ``rows`` of ``model`` hold, in the model's order.

    The field is None for a column that the model has no more. A row's place is no part of it.
    """
    fields = {field.name: field for field in model._meta.fields + model._meta.many_to_many}
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
    """Label of a picture's own column, told from those of its use."""
    return _("图库的%(label)s") % {"label": field.verbose_name}


def _day(day):
    return _("%(year)d年%(month)d月%(day)d日") % {
        "year": day.year,
        "month": day.month,
        "day": day.day,
    }


def _moment(value):
    moment = datetime.datetime.fromisoformat(value)
    if timezone.is_aware(moment):
        moment = timezone.localtime(moment)
    return f"{_day(moment)} {moment:%H:%M}"


#: A moment before a day: to Django it is one.
_SPOKEN = {
    models.DateTimeField: _moment,
    models.DateField: lambda value: _day(datetime.date.fromisoformat(value)),
    QuarterField: lambda value: Quarter.parse(value).label,
}
