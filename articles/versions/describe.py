"""Contents in words, for people: whole, as what a signature covers, or a value at a time."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Field, Model
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.quarter import Quarter, QuarterField
from articles.sanitise import BodyField
from articles.versions.links import related_model
from articles.versions.snapshot import PICTURE


@dataclass(frozen=True)
class Part:
    """One labelled part of a content: a body in ``html``, ``lines``, or a table."""

    name: str
    label: str
    html: str = ""
    lines: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Description:
    """A content: ``word`` is the Chinese name of its model, ``events`` are those of a story."""

    word: str
    label: str
    parts: tuple[Part, ...]
    events: tuple["Description", ...] = ()


def describe(content: dict) -> Description:
    """Describe a content in the order of its model's fields, without empty ones."""
    model = apps.get_model(content["model"])
    parts = [*_own(model, content), *_children(model, content)]
    events = map(describe, content.get("events") or ())
    return Description(str(model._meta.verbose_name), content["label"], tuple(parts), tuple(events))


def _own(model: type[Model], content: dict) -> Iterator[Part]:
    for part, name, field, label in columns(model, content):
        value = content[part][name]
        if isinstance(field, BodyField):
            if value:
                yield Part(name, label, html=value)
        elif text := _spoken(part, field, value):
            yield Part(name, label, lines=tuple(text.splitlines()))


def _spoken(part: str, field: Field | None, value: Any) -> str:
    """Text of a field, link or list of links, one link a line."""
    if part == "fields":
        return display(field, value)
    links = value if part == "lists" else filter(None, [value])
    return "\n".join(link["label"] for link in links)


def _children(model: type[Model], content: dict) -> Iterator[Part]:
    for name, rows in content["children"].items():
        child = related_model(model, name)
        cells = [_cells(child, row) for row in rows]
        heads = dict.fromkeys(head for row in cells for head in row)
        table = tuple(tuple(row.get(head, "") for head in heads) for row in cells)
        if table:
            yield Part(name, str(child._meta.verbose_name_plural), heads=tuple(heads), rows=table)


def _cells(model: type[Model], row: dict) -> dict[str, str]:
    """Texts of a row by the labels of their columns."""
    cells = {
        label: _spoken(part, field, row[part][name])
        for part, name, field, label in columns(model, row)
    }
    if row.get("shown") and not row["fields"]["printed_title"]:
        cells[_("页面所示职务")] = row["shown"]
    for field, value in zip(PICTURE, row.get("picture") or (), strict=False):
        cells[in_library(field)] = display(field, value)
    return {label: text for label, text in cells.items() if text}


def is_empty(value: object) -> bool:
    """Whether a value is empty, or missing in an older content; zero is not."""
    return value is None or value == ""


def display(field: models.Field | None, value: Any) -> str:
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
