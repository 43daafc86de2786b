"""A story or a record as plain data, and back: what versions, working copies and sign-offs share.

A content is ``{format, model, label, fields, links, lists, children}``, that of a story also
``events``, of which each has its ``key`` and no ``format``. ``fields`` are JSON scalars. A link is
``{key, label}`` or None, its key the natural one; ``lists`` are lists of links in the order of
their keys; ``children`` are rows in their order, contents without ``model``.
"""

import hashlib
import json
from dataclasses import dataclass, field

from django.db import models, transaction

from articles.models import (
    Article,
    ArticlePhoto,
    Attendance,
    Inspection,
    Meeting,
    Mention,
    Project,
)
from people.models import Appointment, Official, Organisation


@dataclass(frozen=True)
class Shape:
    """Which columns and relations of a model a version holds."""

    fields: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    children: dict[str, "Shape"] = field(default_factory=dict)


_ATTENDANCE = Shape(
    ("printed_name", "printed_title", "group", "role", "remarks"),
    links=("official",),
)
_EVENT = ("held_on", "ends_on", "part_of_day", "summary", "quarter", "open_ended")

SHAPES = {
    Article: Shape(
        fields=(
            "kicker",
            "headline",
            "subhead",
            "dateline",
            "body",
            "summary",
            "keywords",
            "source",
            "issued_on",
            "slug",
            "quarter",
        ),
        links=("section", "bulletin"),
        lists=("inspections", "meetings", "projects"),
        children={
            "bylines": Shape(("role", "printed_name"), links=("reporter",)),
            "mentions": Shape(("printed_name", "printed_title"), links=("official",)),
            "photos": Shape(("caption",), links=("photo",)),
        },
    ),
    Inspection: Shape(
        ("title", "kind", "place", *_EVENT),
        links=("meeting",),
        children={
            "stops": Shape(("group", "place"), links=("organisation",), lists=("projects",)),
            "attendance": _ATTENDANCE,
        },
    ),
    Meeting: Shape(
        ("name", "form", "venue", *_EVENT),
        lists=("organisers",),
        children={"attendance": _ATTENDANCE},
    ),
    Project: Shape(
        ("name", "aliases", "area", "sector", "developer", "place", "note"),
        children={"milestones": Shape(("status", "reached_on"), links=("article",))},
    ),
    Official: Shape(
        ("name", "aliases"),
        children={
            "appointments": Shape(("title", "rank", "starts", "ends"), links=("organisation",))
        },
    ),
}
#: Relations of a story whose far sides are part of what is signed.
EVENTS = ("inspections", "meetings")
#: Columns of a picture of the library that stand beside it wherever it is used.
PICTURE = ("alt", "is_decorative", "caption", "credit")

#: Raised when contents are written in another way: a migration then brings those that are stored
#: to it and names them anew, so that signatures given before still count. In 1 a story's page and
#: its place there were ``fields``; of such a content they stand apart, as its ``layout``. Since 3
#: mentions have the title that a page prints where the paper printed none.
FORMAT = 3
#: What a digest does not look at.
_UNSIGNED = ("format", "label", "layout")


def snapshot(thing) -> dict:
    """Content of a story or record as it is stored now, whatever the instance says."""
    return next(snapshots(type(thing).objects.filter(pk=thing.pk)))


def snapshots(things):
    """Contents of a queryset of stories or records, in its order; the queries of one."""
    shape = SHAPES[things.model]
    paths = list(_paths(shape))
    if things.model is Article:
        for relation in EVENTS:
            far = SHAPES[Article._meta.get_field(relation).related_model]
            paths += [f"{relation}__{path}" for path in _paths(far)]
    for thing in things.select_related(*shape.links).prefetch_related(*paths):
        yield {"format": FORMAT, **_snapshot(thing)}


def _paths(shape):
    """Relations to prefetch, so that a row is taken without a query."""
    yield from shape.links
    yield from shape.lists
    for name, below in shape.children.items():
        yield name
        yield from (f"{name}__{path}" for path in _paths(below))
        if "official" in below.links:
            yield f"{name}__official__appointments"


def _snapshot(thing):
    content = {"model": thing._meta.label_lower, **_taken(thing, SHAPES[type(thing)])}
    if isinstance(thing, Article):
        content["events"] = [
            {"key": _plain(event.natural_key()), **_snapshot(event)}
            for relation in EVENTS
            for event in sorted(getattr(thing, relation).all(), key=lambda event: event.slug)
        ]
    return content


def _taken(row, shape, day=None):
    """``day``: that of the event which the row belongs to, if any: bodies are called as then."""
    day = getattr(row, "held_on", day)
    taken = {
        "label": str(row),
        "fields": {name: _value(row, name) for name in shape.fields},
        "links": {name: _link(getattr(row, name), row, day) for name in shape.links},
        "lists": {
            name: sorted(
                (_link(far, row, day) for far in getattr(row, name).all()),
                key=lambda link: link["key"],
            )
            for name in shape.lists
        },
        "children": {
            name: [_taken(child, below, day) for child in getattr(row, name).all()]
            for name, below in shape.children.items()
        },
    }
    # What a page prints where the paper printed none: it may change with a term of office.
    if isinstance(row, Attendance) or (isinstance(row, Mention) and not row.printed_title):
        taken["shown"] = row.title
    elif isinstance(row, ArticlePhoto):
        # The library's own words stand beside a picture, and are signed with it.
        taken["picture"] = [getattr(row.photo, name) for name in PICTURE]
    return taken


def _value(row, name):
    """JSON scalar of a column, as a fixture would write it."""
    value = row._meta.get_field(name).value_from_object(row)
    if value is None or isinstance(value, bool | int):
        return value
    return row._meta.get_field(name).value_to_string(row)


def _link(far, row, day):
    if far is None:
        return None
    label = str(far)
    if isinstance(row, Appointment):
        label = row.body
    elif isinstance(far, Organisation) and day:
        label = far.name_on(day)
    return {"key": _plain(far.natural_key()), "label": label}


def _plain(key):
    """A natural key as it comes back from JSON."""
    return json.loads(json.dumps(key, default=str))


def digest(content: dict) -> str:
    """Name of a content: hexadecimal SHA-256 of what it says, without labels; it holds no ids.

    What says nothing is left out: a column that comes later, and is empty, voids no signature.
    """
    written = json.dumps(_signed(content), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()


def _signed(value):
    if isinstance(value, dict):
        parts = {name: _signed(part) for name, part in value.items() if name not in _UNSIGNED}
        return {name: part for name, part in parts.items() if not _is_nothing(part)}
    if isinstance(value, list):
        return [_signed(part) for part in value]
    return value


def _is_nothing(value):
    """Whether it says nothing; a zero does."""
    return value is None or value is False or value in ("", [], {})


@transaction.atomic
def apply(content: dict, thing) -> list[str]:
    """Write ``content`` back into ``thing``, a stored row; labels of links whose row is gone.

    A list of children that is the same keeps its rows, another is written anew. The events of a
    story are not written: they are records of their own.
    """
    shape = SHAPES[type(thing)]
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
        if _signed(now["children"][name]) != _signed(rows):
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
    try:
        return model._default_manager.get_by_natural_key(*link["key"])
    except model.DoesNotExist:
        lost.append(link["label"])
        return None
