"""Contents written back, and what that would make of a row, reckoned without making it."""

from django.apps import apps
from django.db import models, transaction

from articles.versions.content import SHAPES, digest, signed_part, snapshot
from articles.versions.diff import key_of
from articles.versions.links import resolved, with_links


@transaction.atomic
def apply(content: dict, thing) -> list[str]:
    """Write ``content`` back into ``thing``, a stored row; labels of links whose row is gone.

    A list of children that is the same keeps its rows, another is written anew. The events of a
    story are not written: they are records of their own.
    """
    content, shape = resolved(content), SHAPES[type(thing)]
    lost = []
    now = snapshot(thing)
    for name in shape.fields:
        _put(thing, name, content["fields"])
    for name in shape.links:
        setattr(thing, name, _found(thing, name, content["links"][name], lost))
    thing.keep_given(set(thing.following) & set(shape.fields))
    thing.save()
    _apply_lists(content, thing, shape, lost)
    for name, below in shape.children.items():
        rows = content["children"][name]
        if signed_part(now["children"][name]) != signed_part(rows):
            _rewrite(thing, name, below, rows, lost)
    return lost


def _apply_lists(content, row, shape, lost):
    for name in shape.lists:
        model = row._meta.get_field(name).related_model
        far = [by_key(model, link, lost) for link in content["lists"][name]]
        getattr(row, name).set([one for one in far if one])


def _rewrite(thing, name, shape, rows, lost):
    relation = getattr(thing, name)
    relation.all().delete()
    ordered = any(column.name == "order" for column in relation.model._meta.concrete_fields)
    for order, content in enumerate(rows, start=1):
        row = relation.model(**{relation.field.name: thing})
        for column in shape.fields:
            _put(row, column, content["fields"])
        links = {one: _found(row, one, content["links"][one], lost) for one in shape.links}
        if any(
            far is None and not row._meta.get_field(one).null for one, far in links.items()
        ):  # a picture that is gone: there is no row without it
            continue
        for one, far in links.items():
            setattr(row, one, far)
        if ordered:
            row.order = order
        row.save(force_insert=True)
        _apply_lists(content, row, shape, lost)


def _put(row, name, values):
    """Write a column; what was taken before there was such a column says nothing of it."""
    field = row._meta.get_field(name)
    setattr(row, name, field.to_python(values.get(name, field.get_default())))


def _found(row, name, link, lost):
    return by_key(row._meta.get_field(name).related_model, link, lost) if link else None


def by_key(model: type[models.Model], link, lost):
    """The linked row; None, and its label among the ``lost``, where it is gone."""
    key = link["key"]
    row = model._default_manager.filter(pk=key).first() if isinstance(key, int) else None
    if row is None:
        lost.append(link["label"])
    return row


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


def restored(content: dict, now: dict) -> tuple[dict, list[str]]:
    """What ``apply`` would make of ``content``, bare, in a row that holds ``now``.

    And the labels of links that it would leave empty, as their row is gone. Costs a query for each
    link that the row does not have now.
    """
    content, model = resolved(bare(content)), apps.get_model(content["model"])
    shape, lost = SHAPES[model], []
    held = {(far, key_of(link)) for far, link in _links(model, now, shape)}
    asked = {(far, key_of(link)): link for far, link in _links(model, content, shape)}
    gone = {
        (far, key)
        for (far, key), link in asked.items()
        if (far, key) not in held and by_key(far, link, lost) is None
    }
    left = with_links(content, lambda far, link: None if (far, key_of(link)) in gone else link)
    return left, lost


def changed_events(content: dict) -> list[str]:
    """Events of a story's content that are other now: what ``apply`` leaves as they are."""
    return [
        event["label"]
        for event in resolved(content).get("events") or ()
        for now in filter(None, [by_key(apps.get_model(event["model"]), event, [])])
        if digest({**event, "key": None}) != digest(snapshot(now))
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
