"""Content of a story or record: plain data for versions, working copies and sign-offs.

A content is ``{format, model, label, fields, links, lists, children}``. ``fields`` are JSON
scalars. A link is ``{key, label}`` or None, with a primary key; ``lists`` are lists of links, in
the order of their keys; ``children`` are lists of contents without ``format`` and ``model``, in the
order of the rows. The content of a story also has ``events``: contents without ``format`` but with
``key``.

Rows that were deleted before links had primary keys are linked by a natural key, a list.
"""

import datetime
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Prefetch, QuerySet, prefetch_related_objects

from articles.models import (
    Article,
    ArticlePhoto,
    Attendance,
    Inspection,
    Meeting,
    Mention,
    Photo,
    Project,
)
from articles.models.events import Event
from articles.versions.links import column_of, in_key_order, related_model
from people.models import Appointment, Official, Organisation


@dataclass(frozen=True)
class SnapshotSpec:
    """Columns and relations of a model that a version contains."""

    fields: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    children: dict[str, "SnapshotSpec"] = field(default_factory=dict)


_ATTENDANCE = SnapshotSpec(
    ("printed_name", "printed_title", "group", "role", "remarks"),
    links=("official",),
)
_EVENT = ("held_on", "ends_on", "part_of_day", "summary", "quarter", "open_ended")

#: A row that has versions.
Recorded = Article | Event | Project | Official

SPECS: dict[type[Model], SnapshotSpec] = {
    Article: SnapshotSpec(
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
            "bylines": SnapshotSpec(("role", "printed_name"), links=("reporter",)),
            "mentions": SnapshotSpec(("printed_name", "printed_title"), links=("official",)),
            "photos": SnapshotSpec(("caption",), links=("photo",)),
        },
    ),
    Inspection: SnapshotSpec(
        ("title", "kind", "place", *_EVENT),
        links=("meeting",),
        children={
            "stops": SnapshotSpec(("group", "place"), links=("organisation",), lists=("projects",)),
            "attendance": _ATTENDANCE,
        },
    ),
    Meeting: SnapshotSpec(
        ("name", "form", "venue", *_EVENT),
        lists=("organisers",),
        children={"attendance": _ATTENDANCE},
    ),
    Project: SnapshotSpec(
        ("name", "aliases", "area", "sector", "developer", "place", "note"),
        children={"milestones": SnapshotSpec(("status", "reached_on"), links=("article",))},
    ),
    Official: SnapshotSpec(
        ("name", "aliases"),
        children={
            "appointments": SnapshotSpec(
                ("title", "rank", "starts", "ends"), links=("organisation",)
            )
        },
    ),
}
#: Relations of a story to the events that are signed with it.
EVENTS = ("inspections", "meetings")
_PHOTO = {column.name: column for column in Photo._meta.fields}
#: Columns of a library picture that pages print beside it: they are signed with a story.
PICTURE = tuple(_PHOTO[name] for name in ("alt", "is_decorative", "caption", "credit"))

#: Raised when contents change their form. A migration then rewrites the stored ones and their
#: digests, so that earlier signatures still count. 1: a story's page and position were in
#: ``fields``; such contents now have them in ``layout``. 3: mentions without a printed title have
#: in ``shown`` the title that a page prints. 4: links have primary keys, not natural ones, so that
#: a rename changes nothing that was signed.
FORMAT = 4
#: Keys that are left out of the digest.
_UNSIGNED = ("format", "label", "layout")


def snapshot(thing: Recorded) -> dict:
    """Content of a story or record as it is stored, whatever the instance holds."""
    return next(snapshots(type(thing)._default_manager.filter(pk=thing.pk)))


def snapshots(things: QuerySet) -> Iterator[dict]:
    """Contents of stories or records, in the order of the queryset, for the queries of one."""
    return map(serialize, load(things))


def load(things: QuerySet) -> list:
    """Load stories or records with all that ``serialize`` reads, in the order of the queryset."""
    spec = SPECS[things.model]
    paths = list(_prefetches(things.model))
    if things.model is Article:
        for relation in EVENTS:
            far = related_model(Article, relation)
            events = far._default_manager.select_related(*SPECS[far].links)
            paths += [Prefetch(relation, events), *_prefetches(far, f"{relation}__")]
    rows = list(things.select_related(*spec.links).prefetch_related(*paths))
    # Terms of office give the title of an official who is printed without one.
    untitled = [one.official for one in _named(rows) if one.official and not one.printed_title]
    prefetch_related_objects(untitled, "appointments")
    return rows


def _named(rows: Iterable[Recorded]) -> Iterator[Mention | Attendance]:
    """Mentions and attendance of stories or records and of the stories' events."""
    for row in rows:
        if isinstance(row, Article):
            yield from row.mentions.all()
            for relation in EVENTS:
                yield from _named(getattr(row, relation).all())
        elif isinstance(row, (Inspection, Meeting)):
            yield from row.attendance.all()


def _prefetches(model: type[Model], path: str = "") -> Iterator[str | Prefetch]:
    """Prefetches for a row of ``model`` at ``path``, so that taking its content needs no query."""
    spec = SPECS[model]
    # ``load`` adds a story's events with their own links.
    yield from (f"{path}{name}" for name in spec.lists if name not in EVENTS)
    for name, below in spec.children.items():
        child = related_model(model, name)
        # A join would not load the names of an organisation.
        joined = [one for one in below.links if related_model(child, one) is not Organisation]
        rows = child._default_manager.select_related(*joined)
        yield Prefetch(f"{path}{name}", rows)
        apart = [one for one in below.links if one not in joined]
        yield from (f"{path}{name}__{far}" for far in (*apart, *below.lists))


def serialize(thing: Recorded) -> dict:
    """Content of an instance; without a query if ``load`` has read it."""
    return {"format": FORMAT, **_content(thing)}


def _content(thing: Recorded) -> dict:
    content = {"model": thing._meta.label_lower, **_serialize_row(thing, SPECS[type(thing)])}
    if isinstance(thing, Article):
        content["events"] = [
            {"key": event.pk, **_content(event)}
            for relation in EVENTS
            for event in sorted(getattr(thing, relation).all(), key=lambda event: event.pk)
        ]
    return content


def _serialize_row(row: Model, spec: SnapshotSpec, day: datetime.date | None = None) -> dict:
    """Content of a row without its model; organisations are labelled with their name on ``day``.

    The day is that of the event, for an event and its children.
    """
    day = getattr(row, "held_on", day)
    taken = {
        "label": str(row),
        "fields": {name: _value(row, name) for name in spec.fields},
        "links": {
            name: far and _link(far, row, day)
            for name in spec.links
            for far in [getattr(row, name)]
        },
        "lists": {
            name: in_key_order(_link(far, row, day) for far in getattr(row, name).all())
            for name in spec.lists
        },
        "children": {
            name: [_serialize_row(child, below, day) for child in getattr(row, name).all()]
            for name, below in spec.children.items()
        },
    }
    # The title that a page prints where the paper printed none: terms of office may change it.
    if isinstance(row, Attendance) or (isinstance(row, Mention) and not row.printed_title):
        taken["shown"] = row.title
    elif isinstance(row, ArticlePhoto):
        taken["picture"] = [getattr(row.photo, column.name) for column in PICTURE]
    return taken


def _value(row: Model, name: str) -> str | int | None:
    """Value of a column as a JSON scalar; other types as a fixture writes them."""
    column = column_of(type(row), name)
    value = column.value_from_object(row)
    if value is None or isinstance(value, bool | int):
        return value
    return column.value_to_string(row)


def _link(far: Model, row: Model, day: datetime.date | None) -> dict:
    label = str(far)
    if isinstance(row, Appointment):
        label = row.body
    elif isinstance(far, Organisation) and day:
        label = far.name_on(day)
    return {"key": far.pk, "label": label}


def digest(content: dict) -> str:
    """Hexadecimal SHA-256 of a content without labels. Stored contents are ``resolved`` first.

    Empty values are left out, so that a new column that is empty voids no signature.
    """
    written = json.dumps(signed_part(content), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()


def signed_part(value: Any) -> Any:
    """What the digest covers of a content or of a part of one."""
    if isinstance(value, dict):
        parts = {name: signed_part(part) for name, part in value.items() if name not in _UNSIGNED}
        return {name: part for name, part in parts.items() if not _is_nothing(part)}
    if isinstance(value, list):
        return [signed_part(part) for part in value]
    return value


def _is_nothing(value: object) -> bool:
    """Whether a value is empty; zero is not."""
    return value is None or value is False or value in ("", [], {})
