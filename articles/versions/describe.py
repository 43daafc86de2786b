"""A content in full, part by part: what a signature covers, and what a late save typed."""

from dataclasses import dataclass

from django.apps import apps
from django.utils.translation import gettext as _

from articles.models import Photo
from articles.sanitise import BodyField
from articles.versions.content import PICTURE
from articles.versions.display import columns, display, in_library


@dataclass(frozen=True)
class Part:
    """What a content says under one label: a body, some lines, or a table of rows."""

    name: str
    label: str
    html: str = ""
    lines: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Description:
    """A content: what it is, its name, all that it says, and the events of a story."""

    word: str
    label: str
    parts: tuple[Part, ...]
    events: tuple["Description", ...] = ()


def describe(content: dict) -> Description:
    """``content``, as ``snapshot`` gives it, in its model's order; what is empty is left out."""
    model = apps.get_model(content["model"])
    parts = [*_own(model, content), *_children(model, content)]
    events = map(describe, content.get("events") or ())
    return Description(str(model._meta.verbose_name), content["label"], tuple(parts), tuple(events))


def _own(model, content):
    for part, name, field, label in columns(model, content):
        value = content[part][name]
        if isinstance(field, BodyField):
            if value:
                yield Part(name, label, html=value)
        elif text := _spoken(part, field, value):
            yield Part(name, label, lines=tuple(text.splitlines()))


def _spoken(part, field, value):
    if part == "fields":
        return display(field, value)
    links = value if part == "lists" else filter(None, [value])
    return "\n".join(link["label"] for link in links)


def _children(model, content):
    for name, rows in content["children"].items():
        child = model._meta.get_field(name).related_model
        cells = [_cells(child, row) for row in rows]
        heads = dict.fromkeys(head for row in cells for head in row)
        table = tuple(tuple(row.get(head, "") for head in heads) for row in cells)
        if table:
            yield Part(name, str(child._meta.verbose_name_plural), heads=tuple(heads), rows=table)


def _cells(model, row):
    """What a row says, by the label of the column."""
    cells = {
        label: _spoken(part, field, row[part][name])
        for part, name, field, label in columns(model, row)
    }
    if row.get("shown") and not row["fields"]["printed_title"]:
        cells[_("页面所示职务")] = row["shown"]
    for name, value in zip(PICTURE, row.get("picture") or (), strict=False):
        field = Photo._meta.get_field(name)
        cells[in_library(field)] = display(field, value)
    return {label: text for label, text in cells.items() if text}
