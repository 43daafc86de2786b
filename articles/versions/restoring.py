"""Contents written back, and what that would make of a row, reckoned without making it."""

from collections import defaultdict

from django.apps import apps
from django.db import transaction

from articles.versions.content import SHAPES, digest, signed_part, snapshot, snapshots
from articles.versions.links import resolved, with_links


@transaction.atomic(savepoint=False)
def apply(content: dict, thing) -> list[str]:
    """Write ``content`` back into ``thing``, a stored row; labels of links whose row is gone.

    A list of children that is the same keeps its rows, another is written anew. The events of a
    story are not written: they are records of their own.
    """
    content, lost = _without_gone(bare(resolved(content)))
    assign(content, thing, bare(snapshot(thing)))
    return lost


def assign(content: dict, thing, now: dict | None = None) -> None:
    """Write ``content``, bare, whose links are all there, into a row that holds ``now``.

    A row that is not stored yet holds nothing.
    """
    shape = SHAPES[type(thing)]
    now = now or {"lists": {}, "children": {}}
    _put(thing, shape, content)
    thing.keep_given(set(thing.following) & set(shape.fields))
    thing.save()
    _set_lists(thing, content["lists"], now["lists"])
    for name in shape.children:
        rows, held = content["children"][name], now["children"].get(name, [])
        if signed_part(held) != signed_part(rows):
            if held:
                getattr(thing, name).all().delete()
            _insert(getattr(thing, name), shape.children[name], rows)


def _put(row, shape, content):
    """Write columns and links; what was taken before there was such a column says nothing of it."""
    for name in shape.fields:
        field = row._meta.get_field(name)
        value = content["fields"].get(name, field.get_default())
        setattr(row, name, field.to_python(value))
    for name in shape.links:
        link = content["links"][name]
        setattr(row, row._meta.get_field(name).attname, link and link["key"])


def _set_lists(row, lists, held=None):
    """Write the lists of a row that ``held`` others, or none; what stays is not asked for."""
    for name, links in lists.items():
        wanted, stored = (
            {link["key"] for link in some} for some in (links, (held or {}).get(name, ()))
        )
        getattr(row, name).remove(*stored - wanted)
        getattr(row, name).add(*wanted - stored)


def _insert(relation, shape, rows):
    ordered = any(column.name == "order" for column in relation.model._meta.concrete_fields)
    for order, content in enumerate(rows, start=1):
        row = relation.model(**{relation.field.name: relation.instance})
        _put(row, shape, content)
        if ordered:
            row.order = order
        row.save(force_insert=True)
        _set_lists(row, content["lists"])


def _without_gone(content):
    """Content without links to rows that are gone, and their labels; a query a model."""
    asked, lost = defaultdict(set), []
    model = apps.get_model(content["model"])
    for far, link in _links(model, content, SHAPES[model]):
        if isinstance(link["key"], int):
            asked[far].add(link["key"])
    there = {
        (far, key)
        for far, keys in asked.items()
        for key in far._default_manager.filter(pk__in=keys).order_by().values_list("pk", flat=True)
    }

    def kept(far, link):
        if isinstance(link["key"], int) and (far, link["key"]) in there:
            return link
        lost.append(link["label"])
        return None

    return with_links(content, kept), lost


def bare(content: dict) -> dict:
    """What a page of the desk enters of it: no events, register's titles or library's words."""
    shape = SHAPES[apps.get_model(content["model"])]
    return {"model": content["model"], **_bare(content, shape)}


def _bare(content, shape):
    children = {
        name: [_bare(row, below) for row in content["children"][name]]
        for name, below in shape.children.items()
    }
    parts = {part: content[part] for part in ("label", "fields", "links", "lists")}
    return {**parts, "children": children}


def restored(content: dict) -> tuple[dict, list[str]]:
    """What ``apply`` would make of ``content``, bare; and labels of links that it leaves empty."""
    return _without_gone(bare(resolved(content)))


def changed_events(content: dict) -> list[str]:
    """Events of a story's content that are other now: what ``apply`` leaves as they are."""
    events = resolved(content).get("events") or ()
    return [
        event["label"]
        for event in events
        for now in snapshots(apps.get_model(event["model"]).objects.filter(pk=event["key"]))
        if isinstance(event["key"], int) and digest({**event, "key": None}) != digest(now)
    ]


def _links(model, content, shape):
    """Each link of a content, with the model it leads to."""
    for name in shape.links:
        if content["links"][name]:
            yield model._meta.get_field(name).related_model, content["links"][name]
    for name in shape.lists:
        far = model._meta.get_field(name).related_model
        yield from ((far, link) for link in content["lists"][name])
    for name, below in shape.children.items():
        child = model._meta.get_field(name).related_model
        for row in content["children"][name]:
            yield from _links(child, row, below)
