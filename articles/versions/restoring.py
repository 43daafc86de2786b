"""Contents written back: into a row that is restored, a working copy, a live story."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Model

from articles.models import Article
from articles.versions.links import column_of, related_model, resolved, with_links
from articles.versions.snapshot import (
    SPECS,
    Recorded,
    SnapshotSpec,
    digest,
    load,
    serialize,
    signed_part,
    snapshot,
    snapshots,
)


@transaction.atomic(savepoint=False)
def apply(content: dict, thing: Recorded) -> list[str]:
    """Write ``content`` into a stored row; return the labels of links to rows that are gone.

    Lists of children that are equal keep their rows, others are deleted and inserted. A story's
    events are not written, as they are records of their own.
    """
    content, lost = _without_gone(bare(resolved(content)))
    assign(content, thing, bare(snapshot(thing)))
    return lost


def assign(content: dict, thing: Recorded, now: dict | None = None) -> None:
    """Write a bare content into a row whose bare content is ``now``; None for a new row.

    All rows that ``content`` links exist.
    """
    spec = SPECS[type(thing)]
    now = now or {"lists": {}, "children": {}}
    _put(thing, spec, content)
    thing.keep_given(set(thing.following) & set(spec.fields))
    thing.save()
    _set_lists(thing, content["lists"], now["lists"])
    for name in spec.children:
        rows, held = content["children"][name], now["children"].get(name, [])
        if signed_part(held) != signed_part(rows):
            if held:
                getattr(thing, name).all().delete()
            _insert(getattr(thing, name), spec.children[name], rows)


def _put(row: Model, spec: SnapshotSpec, content: dict) -> None:
    """Set columns and links; a column that an old content lacks gets its default."""
    for name in spec.fields:
        field = column_of(type(row), name)
        value = content["fields"].get(name, field.get_default())
        setattr(row, name, field.to_python(value))
    for name in spec.links:
        link = content["links"][name]
        setattr(row, column_of(type(row), name).attname, link and link["key"])


def _set_lists(row: Model, lists: dict, now: dict | None = None) -> None:
    """Write the lists of a row that has the lists ``now``; None for a new row."""
    for name, links in lists.items():
        wanted, stored = (
            {link["key"] for link in some} for some in (links, (now or {}).get(name, ()))
        )
        getattr(row, name).remove(*stored - wanted)
        getattr(row, name).add(*wanted - stored)


def _insert(relation: Any, spec: SnapshotSpec, rows: list[dict]) -> None:
    ordered = any(column.name == "order" for column in relation.model._meta.concrete_fields)
    for order, content in enumerate(rows, start=1):
        row = relation.model(**{relation.field.name: relation.instance})
        _put(row, spec, content)
        if ordered:
            row.order = order
        row.save(force_insert=True)
        _set_lists(row, content["lists"])


def _without_gone(content: dict) -> tuple[dict, list[str]]:
    """Content without links to rows that are gone, and their labels: one query a model."""
    asked: defaultdict[type[Model], set[int]] = defaultdict(set)
    lost: list[str] = []
    model = apps.get_model(content["model"])
    for far, link in _links(model, content, SPECS[model]):
        if isinstance(link["key"], int):
            asked[far].add(link["key"])
    there = {
        (far, key)
        for far, keys in asked.items()
        for key in far._default_manager.filter(pk__in=keys).order_by().values_list("pk", flat=True)
    }

    def kept(far: type[Model], link: dict) -> dict | None:
        if isinstance(link["key"], int) and (far, link["key"]) in there:
            return link
        lost.append(link["label"])
        return None

    return with_links(content, kept), lost


def bare(content: dict) -> dict:
    """The part of a content that a form enters: without events, ``shown`` and ``picture``."""
    spec = SPECS[apps.get_model(content["model"])]
    return {"model": content["model"], **_bare(content, spec)}


def _bare(content: dict, spec: SnapshotSpec) -> dict:
    children = {
        name: [_bare(row, below) for row in content["children"][name]]
        for name, below in spec.children.items()
    }
    parts = {part: content[part] for part in ("label", "fields", "links", "lists")}
    return {**parts, "children": children}


def restored(content: dict) -> tuple[dict, list[str]]:
    """Bare content that ``apply`` would write, and the labels of links that it would drop."""
    return _without_gone(bare(resolved(content)))


def changed_events(content: dict) -> list[str]:
    """Labels of a story's events that were changed since, which ``apply`` leaves as they are."""
    events = resolved(content).get("events") or ()
    return [
        event["label"]
        for event in events
        if isinstance(event["key"], int)
        for now in snapshots(apps.get_model(event["model"]).objects.filter(pk=event["key"]))
        if digest({**event, "key": None}) != digest(now)
    ]


def _links(
    model: type[Model], content: dict, spec: SnapshotSpec
) -> Iterator[tuple[type[Model], dict]]:
    """Each link of a content, with the model it leads to."""
    for name in spec.links:
        if content["links"][name]:
            yield related_model(model, name), content["links"][name]
    for name in spec.lists:
        far = related_model(model, name)
        yield from ((far, link) for link in content["lists"][name])
    for name, below in spec.children.items():
        child = related_model(model, name)
        for row in content["children"][name]:
            yield from _links(child, row, below)


def row_at_work(story: Article) -> Article:
    """Row that the desk edits: the working copy of ``story`` if there is one, else ``story``."""
    copy = Article.objects.filter(copy_of=story).first()
    if copy is None:
        return story
    copy.copy_of = story
    return copy


def load_pair(story: Article, row: Article) -> tuple[Article, Article]:
    """Load a story and its row at work, perhaps itself, with all that their content reads."""
    whole = {one.pk: one for one in load(Article.objects.filter(pk__in={story.pk, row.pk}))}
    return whole[story.pk], whole[row.pk]


def make_copy(story: Article) -> tuple[Article, dict]:
    """Create a working copy of ``story``; return it with its content."""
    (story,) = load(Article.objects.filter(pk=story.pk))
    content = serialize(story)
    # Stage, visibility and times have the defaults of a new row.
    copy = Article(copy_of=story)
    assign(bare(content), copy)
    return copy, content


def take_over(copy: Article, story: Article) -> dict:
    """Write the content of ``copy`` into ``story``, delete the copy and return the content.

    Both come from ``load_pair``. Address, stage, visibility and times of the story stay.
    """
    content = serialize(copy)
    copy.delete()
    assign(bare(content), story, bare(serialize(story)))
    return content
