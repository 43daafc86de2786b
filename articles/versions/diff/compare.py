"""Comparison of two contents, described in Chinese, without a query."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _

from articles.quarter import QuarterField
from articles.sanitise import BodyField
from articles.versions.describe import columns, display, in_library, is_empty
from articles.versions.diff.bodies import diff_bodies
from articles.versions.diff.changes import Change, RowChange
from articles.versions.diff.rows import key_of, same_rows
from articles.versions.diff.sequence import in_order, moved
from articles.versions.diff.text import diff_text
from articles.versions.diff.tokenizer import Vocabulary
from articles.versions.links import related_model
from articles.versions.snapshot import PICTURE

#: Characters of the longest field that is compared as one name. In a longer one, the name of an
#: event or project, an editor wants to see which part of it changed.
LONGEST_WHOLE = 12
#: Changed blocks of a body that a page shows.
MOST_SHOWN = 1000

Changes = Iterator[Change]


def compare(old: dict, new: dict) -> tuple[Change, ...]:
    """Changes in the order of the model's fields; ValueError for contents of different models."""
    if old["model"] != new["model"]:
        msg = f"{old['model']} cannot be compared with {new['model']}"
        raise ValueError(msg)
    return _compared(old, new, Vocabulary.of(old, new))


def _compared(old: dict, new: dict, vocabulary: Vocabulary) -> tuple[Change, ...]:
    model = apps.get_model(new["model"])
    changes = [*_own(model, old, new, vocabulary), *_children(model, old, new, vocabulary)]
    return (*changes, *_events(old, new, vocabulary))


def _own(model: type[models.Model], old: dict, new: dict, vocabulary: Vocabulary) -> Changes:
    """Changes of a row's own fields, links and lists."""
    for part, name, field, label in columns(model, old, new):
        before, after = ((side.get(part) or {}).get(name) for side in (old, new))
        if part == "fields":
            yield from _field(field, name, label, (before, after), vocabulary)
        else:
            yield from (_link if part == "links" else _list)(name, label, before, after)
    # The title that a page prints where the paper printed none changes with a term of office.
    shown = [side.get("shown") or "" for side in (old, new)]
    printed = [(side.get("fields") or {}).get("printed_title") or "" for side in (old, new)]
    if shown[0] != shown[1] and printed[0] == printed[1]:
        yield _value("shown", _("页面所示职务"), *shown)
    yield from _picture(old, new)


def _value(name: str, label: str, old: str, new: str) -> Change:
    return Change("value", name, label, old=old, new=new)


def _field(
    field: models.Field | None,
    name: str,
    label: str,
    values: tuple[Any, Any],
    vocabulary: Vocabulary,
) -> Changes:
    old, new = values
    if is_empty(old) and is_empty(new):
        return
    if isinstance(field, BodyField) and old != new:
        yield _body(name, label, old or "", new or "", vocabulary)
    elif _is_text(field, values):
        # Browsers send other line ends than they were given.
        old, new = ((value or "").replace("\r\n", "\n") for value in values)
        if old != new:
            long = [text for text in (old, new) if len(text) > LONGEST_WHOLE]
            pieces = diff_text(old, new, vocabulary.without(*long))
            yield Change("text", name, label, pieces=pieces)
    # A content older than a boolean column lacks it, which is the same as no.
    elif old != new and set(values) != {None, False}:
        yield _value(name, label, display(field, old), display(field, new))


def _is_text(field: models.Field | None, values: tuple[Any, Any]) -> bool:
    if any(value is not None and not isinstance(value, str) for value in values):
        return False
    if field is None:
        return True
    closed = field.choices or isinstance(field, (QuarterField, models.SlugField))
    return isinstance(field, (models.CharField, models.TextField)) and not closed


def _body(name: str, label: str, old: str, new: str, vocabulary: Vocabulary) -> Change:
    blocks = diff_bodies(old, new, vocabulary)
    notes: tuple[str, ...] = ()
    changed = [at for at, block in enumerate(blocks) if block.kind != "same"]
    if not changed:
        notes = (_("格式有改动"),)
    elif len(changed) > MOST_SHOWN:
        note = _("改动有%(found)d处，只列出前%(most)d处。")
        notes = (note % {"found": len(changed), "most": MOST_SHOWN},)
        blocks = blocks[: changed[MOST_SHOWN]]
    return Change("body", name, label, blocks=blocks, notes=notes)


def _link(name: str, label: str, old: dict | None, new: dict | None) -> Changes:
    if key_of(old) != key_of(new):
        labels = [link["label"] if link else "" for link in (old, new)]
        if old and new and labels[0] == labels[1]:
            labels = [f"{labels[0]}（{_key_label(link['key'])}）" for link in (old, new)]
        yield _value(name, label, *labels)


def _key_label(key: int | list[str]) -> str:
    """Key as the desk knows it: the number in the path of its page, or a former natural key."""
    return _("编号%(number)d") % {"number": key} if isinstance(key, int) else key[0]


def _list(name: str, label: str, old: list[dict] | None, new: list[dict] | None) -> Changes:
    olds, news = ({key_of(link): link["label"] for link in side or ()} for side in (old, new))
    removed = tuple(olds[key] for key in olds if key not in news)
    added = tuple(news[key] for key in news if key not in olds)
    if removed or added:
        yield Change("list", name, label, removed=removed, added=added)


def _picture(old: dict, new: dict) -> Changes:
    """Changes of the library's words for a picture, which are signed with the story."""
    olds, news = (side.get("picture") for side in (old, new))
    if olds and news and key_of(old["links"]["photo"]) == key_of(new["links"]["photo"]):
        for field, before, after in zip(PICTURE, olds, news, strict=True):
            if before != after:
                label = in_library(field)
                yield _value(field.name, label, display(field, before), display(field, after))


def _children(model: type[models.Model], old: dict, new: dict, vocabulary: Vocabulary) -> Changes:
    olds, news = (side.get("children") or {} for side in (old, new))
    for name in dict.fromkeys((*news, *olds)):
        child = related_model(model, name)
        rows = tuple(_rows(name, child, olds.get(name) or [], news.get(name) or [], vocabulary))
        if rows:
            yield Change("rows", name, str(child._meta.verbose_name_plural), rows=rows)


def _rows(
    relation: str,
    model: type[models.Model],
    olds: list[dict],
    news: list[dict],
    vocabulary: Vocabulary,
) -> Iterator[RowChange]:
    same = same_rows(relation, olds, news)
    is_ordered = any(field.name == "order" for field in model._meta.fields)
    away = moved(same) if is_ordered else set()
    for old, new in in_order(same, len(olds), len(news)):
        if new is None:
            if old is not None:
                yield RowChange("removed", olds[old]["label"], old_place=old + 1)
        elif old is None:
            yield RowChange("added", news[new]["label"], new_place=new + 1)
        elif (changes := tuple(_own(model, olds[old], news[new], vocabulary))) or new in away:
            yield RowChange(
                "changed" if changes else "moved",
                news[new]["label"],
                changes,
                old_place=old + 1,
                new_place=new + 1,
                moved=new in away,
            )


def _events(old: dict, new: dict, vocabulary: Vocabulary) -> Changes:
    """Changes of a story's events, if both contents have any recorded."""
    if old.get("events") is None or new.get("events") is None:
        return
    olds, news = (
        {(event["model"], key_of(event)): event for event in side["events"]} for side in (old, new)
    )
    rows = []
    for key in news | olds:
        event, is_same = news.get(key) or olds[key], key in news and key in olds
        changes = _compared(olds[key], event, vocabulary) if is_same else ()
        if changes or not is_same:
            kind = "changed" if is_same else "added" if key in news else "removed"
            word = str(apps.get_model(event["model"])._meta.verbose_name)
            rows.append(RowChange(kind, event["label"], changes, word))
    if rows:
        yield Change("events", "events", _("所记活动"), rows=tuple(rows))
