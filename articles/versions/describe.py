"""Description of a whole content: of what a signature covers, or what was typed in a late save."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Field, Model
from django.utils.translation import gettext as _

from articles.sanitise import BodyField
from articles.versions.content import PICTURE
from articles.versions.display import columns, display, in_library
from articles.versions.links import related_model


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
