"""What a restore would make of a row, reckoned without making it."""

from django.apps import apps

from articles.versions.content import SHAPES, by_key, digest, snapshot
from articles.versions.diff import key_of


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
    content, model = bare(content), apps.get_model(content["model"])
    shape, lost = SHAPES[model], []
    held = {(far, key_of(link)) for far, link in _links(model, now, shape)}
    asked = {(far, key_of(link)): link for far, link in _links(model, content, shape)}
    gone = {
        (far, key)
        for (far, key), link in asked.items()
        if (far, key) not in held and by_key(far, link, lost) is None
    }
    return {"model": content["model"], **_without(gone, model, content, shape)}, lost


def changed_events(content: dict) -> list[str]:
    """Events of a story's content that are other now: what ``apply`` leaves as they are."""
    return [
        event["label"]
        for event in content.get("events") or ()
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


def _without(gone, model, content, shape):
    """Content without links to what is ``gone``, and without rows that cannot be without one."""

    def kept(name, link):
        far = model._meta.get_field(name).related_model
        return link if link and (far, key_of(link)) not in gone else None

    children = {}
    for name, below in shape.children.items():
        child = model._meta.get_field(name).related_model
        needed = [one for one in below.links if not child._meta.get_field(one).null]
        rows = [_without(gone, child, row, below) for row in content["children"][name]]
        children[name] = [row for row in rows if all(row["links"][one] for one in needed)]
    return {
        **content,
        "links": {name: kept(name, link) for name, link in content["links"].items()},
        "lists": {
            name: [link for link in links if kept(name, link)]
            for name, links in content["lists"].items()
        },
        "children": children,
    }
