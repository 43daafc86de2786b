"""Links in contents, each a primary key with a label; how merged rows are followed."""

from collections.abc import Callable, Iterable
from typing import Any

from django.apps import apps
from django.db.models import Field, Model

from articles.models import Merge


def column_of(model: type[Model], name: str) -> Field:
    """Column of ``model``, for names that are no relations from other models."""
    column: Any = model._meta.get_field(name)
    return column


def related_model(model: type[Model], name: str) -> type[Model]:
    """Model that a relation of ``model`` leads to."""
    relation: Any = model._meta.get_field(name)
    return relation.related_model


def in_key_order(links: Iterable[dict]) -> list[dict]:
    """Links in the order of a content's lists: by key, former natural keys first."""
    return sorted(links, key=lambda link: (isinstance(link["key"], int), link["key"]))


def resolved(content: dict) -> dict:
    """Replace the keys of rows that were merged since ``content`` was saved; labels stay."""
    targets = Merge.objects.targets()
    if not targets:
        return content

    def follow(model: type[Model], link: dict) -> dict:
        key = link["key"]
        if isinstance(key, int):
            key = targets.get((model._meta.label_lower, key), key)
        return {**link, "key": key}

    return with_links(content, follow)


def with_links(content: dict, change: Callable[[type[Model], dict], dict | None]) -> dict:
    """Apply ``change`` to each link of ``content``, with the model it leads to; None removes it.

    Double links in a list are dropped, and rows that lost a link which they must have.
    """
    changed = _changed(apps.get_model(content["model"]), content, change)
    if "events" in content:
        changed["events"] = [with_links(event, change) for event in content["events"]]
    return changed


def _changed(
    model: type[Model], content: dict, change: Callable[[type[Model], dict], dict | None]
) -> dict:
    def changed(name: str, link: dict | None) -> dict | None:
        return change(related_model(model, name), link) if link else None

    links = {name: changed(name, link) for name, link in content["links"].items()}
    lists = {
        name: [far for far in (changed(name, link) for link in links) if far]
        for name, links in content["lists"].items()
    }
    children = {}
    for name, rows in content["children"].items():
        child = related_model(model, name)
        pairs = [(row, _changed(child, row, change)) for row in rows]
        children[name] = [new for old, new in pairs if not _lacks(child, old, new)]
    lists = {name: _once(links) for name, links in lists.items()}
    return {**content, "links": links, "lists": lists, "children": children}


def _once(links: list[dict]) -> list[dict]:
    return in_key_order({str(link["key"]): link for link in links}.values())


def _lacks(model: type[Model], old: dict, new: dict) -> bool:
    """Whether a row has lost a link which it must have."""
    return any(
        link and not new["links"][name] and not column_of(model, name).null
        for name, link in old["links"].items()
    )
