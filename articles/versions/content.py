"""A story or a record as plain data, and back: what versions, working copies and sign-offs share.

A content is ``{format, model, label, fields, links, lists, children}``, that of a story also
``events``, of which each has its ``key`` and no ``format``. ``fields`` are JSON scalars. A link is
``{key, label}`` or None, its key the primary one; ``lists`` are lists of links in the order of
their keys; ``children`` are rows in their order, contents without ``model``. Of a row that was gone
before keys were primary ones, the key is its natural one, a list.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Prefetch, prefetch_related_objects

from articles.models import (
    Article,
    ArticlePhoto,
    Attendance,
    Inspection,
    Meeting,
    Mention,
    Project,
)
from articles.models.events import Event
from articles.versions.links import in_key_order
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
#: mentions have the title that a page prints where the paper printed none. Since 4 the keys of
#: links are primary ones, so that a rename changes nothing that is signed.
FORMAT = 4
#: What a digest does not look at.
_UNSIGNED = ("format", "label", "layout")


def snapshot(thing) -> dict:
    """Content of a story or record as it is stored now, whatever the instance says."""
    return next(snapshots(type(thing).objects.filter(pk=thing.pk)))


def snapshots(things) -> Iterator[dict]:
    """Contents of a queryset of stories or records, in its order; the queries of one."""
    return map(serialize, load(things))


def load(things) -> list:
    """Rows of a queryset of stories or records, in its order, read whole.

    Asking them for their content, their children or their events costs no query any more.
    """
    shape = SHAPES[things.model]
    paths = list(_prefetches(things.model))
    if things.model is Article:
        for relation in EVENTS:
            far = Article._meta.get_field(relation).related_model
            events = far._default_manager.select_related(*SHAPES[far].links)
            paths += [Prefetch(relation, events), *_prefetches(far, f"{relation}__")]
    rows = list(things.select_related(*shape.links).prefetch_related(*paths))
    # Of whoever is printed with a title, none is looked for.
    untitled = [one.official for one in _named(rows) if one.official and not one.printed_title]
    prefetch_related_objects(untitled, "appointments")
    return rows


def _named(rows):
    """Rows that may name an official, of stories or events that are read whole."""
    for row in rows:
        if isinstance(row, Article):
            yield from row.mentions.all()
            for relation in EVENTS:
                yield from _named(getattr(row, relation).all())
        elif isinstance(row, Event):
            yield from row.attendance.all()


def _prefetches(model, path=""):
    """What to prefetch, so that a row of ``model`` at ``path`` is taken without a query."""
    shape = SHAPES[model]
    # The columns of a story's own events are fetched by whoever knows theirs.
    yield from (f"{path}{name}" for name in shape.lists if name not in EVENTS)
    for name, below in shape.children.items():
        child = model._meta.get_field(name).related_model
        # A body comes with its names, which a join would leave out.
        joined = [one for one in below.links if _far(child, one) is not Organisation]
        rows = child._default_manager.select_related(*joined)
        yield Prefetch(f"{path}{name}", rows)
        apart = [one for one in below.links if one not in joined]
        yield from (f"{path}{name}__{far}" for far in (*apart, *below.lists))


def _far(model, name):
    return model._meta.get_field(name).related_model


def serialize(thing) -> dict:
    """Content of a row as the instance says it; where it is read whole, without a query."""
    return {"format": FORMAT, **_content(thing)}


def _content(thing):
    content = {"model": thing._meta.label_lower, **_taken(thing, SHAPES[type(thing)])}
    if isinstance(thing, Article):
        content["events"] = [
            {"key": event.pk, **_content(event)}
            for relation in EVENTS
            for event in sorted(getattr(thing, relation).all(), key=lambda event: event.pk)
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
            name: in_key_order(_link(far, row, day) for far in getattr(row, name).all())
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
    return {"key": far.pk, "label": label}


def digest(content: dict) -> str:
    """Name of a content: hexadecimal SHA-256 of what it says, without labels.

    A stored one is ``resolved`` first. What says nothing is left out: a column that comes later,
    and is empty, voids no signature.
    """
    written = json.dumps(signed_part(content), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()


def signed_part(value):
    """What a digest looks at."""
    if isinstance(value, dict):
        parts = {name: signed_part(part) for name, part in value.items() if name not in _UNSIGNED}
        return {name: part for name, part in parts.items() if not _is_nothing(part)}
    if isinstance(value, list):
        return [signed_part(part) for part in value]
    return value


def _is_nothing(value):
    """Whether it says nothing; a zero does."""
    return value is None or value is False or value in ("", [], {})
