"""What differs between two contents, told for a Chinese reader: plain data in, no query asked."""

from collections.abc import Iterator

from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _

from articles.models import Photo
from articles.quarter import QuarterField
from articles.sanitise import BodyField
from articles.versions.content import PICTURE
from articles.versions.diff.changes import Change, RowChange
from articles.versions.diff.html import diff_bodies
from articles.versions.diff.rows import key_of, same_rows
from articles.versions.diff.sequence import in_order, moved
from articles.versions.diff.text import diff_text
from articles.versions.diff.tokenizer import Vocabulary
from articles.versions.display import columns, display, in_library, is_empty

#: A longer name is that of an event or a project: where a field holds nothing else, a reader
#: wants to see what changed inside it.
LONGEST_WHOLE = 12
#: Changes of a body that a page shows.
MOST_SHOWN = 1000


def compare(old: dict, new: dict) -> tuple[Change, ...]:
    """What differs, in the order of the model's fields; ValueError for contents of two models."""
    if old["model"] != new["model"]:
        msg = f"{old['model']} cannot be compared with {new['model']}"
        raise ValueError(msg)
    return _compared(old, new, Vocabulary.of(old, new))


def _compared(old, new, vocabulary):
    model = apps.get_model(new["model"])
    changes = [*_own(model, old, new, vocabulary), *_children(model, old, new, vocabulary)]
    return (*changes, *_events(old, new, vocabulary))


def _own(model, old, new, vocabulary) -> Iterator[Change]:
    """Changes of a row's own fields, links and lists."""
    for part, name, field, label in columns(model, old, new):
        values = [(side.get(part) or {}).get(name) for side in (old, new)]
        if part == "fields":
            yield from _field(field, name, label, values, vocabulary)
        else:
            yield from (_link if part == "links" else _list)(name, label, *values)
    # The title that a page prints where the paper printed none may change by itself.
    shown = [side.get("shown") or "" for side in (old, new)]
    printed = [(side.get("fields") or {}).get("printed_title") or "" for side in (old, new)]
    if shown[0] != shown[1] and printed[0] == printed[1]:
        yield _value("shown", _("页面所示职务"), *shown)
    yield from _picture(old, new)


def _value(name, label, old, new):
    return Change("value", name, label, old=old, new=new)


def _field(field, name, label, values, vocabulary):
    if all(map(is_empty, values)):
        return
    if isinstance(field, BodyField) and values[0] != values[1]:
        yield _body(name, label, *(value or "" for value in values), vocabulary)
    elif _is_text(field, values):
        # A browser sends other line ends than it was given.
        texts = [(value or "").replace("\r\n", "\n") for value in values]
        if texts[0] != texts[1]:
            long = [text for text in texts if len(text) > LONGEST_WHOLE]
            pieces = diff_text(*texts, vocabulary.without(*long))
            yield Change("text", name, label, pieces=pieces)
    # A content older than a column lacks it, which is no different from saying no.
    elif values[0] != values[1] and set(values) != {None, False}:
        yield _value(name, label, *(display(field, value) for value in values))


def _is_text(field, values):
    if any(value is not None and not isinstance(value, str) for value in values):
        return False
    if field is None:
        return True
    closed = field.choices or isinstance(field, (QuarterField, models.SlugField))
    return isinstance(field, (models.CharField, models.TextField)) and not closed


def _body(name, label, old, new, vocabulary):
    blocks, notes = diff_bodies(old, new, vocabulary), ()
    changed = [at for at, block in enumerate(blocks) if block.kind != "same"]
    if not changed:
        notes = (_("格式有改动"),)
    elif len(changed) > MOST_SHOWN:
        told = _("改动有%(found)d处，只列出前%(most)d处。")
        notes = (told % {"found": len(changed), "most": MOST_SHOWN},)
        blocks = blocks[: changed[MOST_SHOWN]]
    return Change("body", name, label, blocks=blocks, notes=notes)


def _link(name, label, old, new):
    if key_of(old) != key_of(new):
        labels = [link["label"] if link else "" for link in (old, new)]
        if old and new and labels[0] == labels[1]:
            labels = [f"{labels[0]}（{_spelt(link['key'])}）" for link in (old, new)]
        yield _value(name, label, *labels)


def _spelt(key):
    """A key as the desk sees it: the number in the address of its page; or the name it had."""
    return _("编号%(number)d") % {"number": key} if isinstance(key, int) else key[0]


def _list(name, label, old, new):
    olds, news = ({key_of(link): link["label"] for link in side or ()} for side in (old, new))
    removed = tuple(olds[key] for key in olds if key not in news)
    added = tuple(news[key] for key in news if key not in olds)
    if removed or added:
        yield Change("list", name, label, removed=removed, added=added)


def _picture(old, new):
    """The library's words beside a picture that stayed: they too are part of what is signed."""
    words = [side.get("picture") for side in (old, new)]
    if all(words) and key_of(old["links"]["photo"]) == key_of(new["links"]["photo"]):
        for name, *values in zip(PICTURE, *words, strict=True):
            if values[0] != values[1]:
                field = Photo._meta.get_field(name)
                yield _value(name, in_library(field), *(display(field, one) for one in values))


def _children(model, old, new, vocabulary):
    olds, news = (side.get("children") or {} for side in (old, new))
    for name in dict.fromkeys((*news, *olds)):
        child = model._meta.get_field(name).related_model
        rows = tuple(_rows(name, child, olds.get(name) or [], news.get(name) or [], vocabulary))
        if rows:
            yield Change("rows", name, str(child._meta.verbose_name_plural), rows=rows)


def _rows(relation, model, olds, news, vocabulary):
    same = same_rows(relation, olds, news)
    is_ordered = any(field.name == "order" for field in model._meta.fields)
    away = moved(same) if is_ordered else ()
    for old, new in in_order(same, len(olds), len(news)):
        changes, kind = (), "removed" if new is None else "added"
        if None not in (old, new):
            changes = tuple(_own(model, olds[old], news[new], vocabulary))
            kind = "changed" if changes else "moved" if new in away else "same"
        if kind != "same":
            label = (olds[old] if new is None else news[new])["label"]
            places = (None if at is None else at + 1 for at in (old, new))
            yield RowChange(kind, label, changes, "", *places, moved=new in away)


def _events(old, new, vocabulary):
    """Changes of a story's events, where both contents hold them."""
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
