"""What differs between two contents of a story or record, told for a Chinese reader.

Plain data in, dataclasses of articles.versions.changes out: nothing here asks the database. A page
prints the answer with ``admin/articles/_comparison.html``.
"""

from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _

from articles.models import Photo
from articles.quarter import QuarterField
from articles.sanitise import BodyField
from articles.versions.bodies import compare_bodies
from articles.versions.changes import (
    BodyChange,
    Comparison,
    EventChange,
    EventsChange,
    ListChange,
    RowChange,
    RowsChange,
    TextChange,
    ValueChange,
)
from articles.versions.content import PICTURE
from articles.versions.pieces import pieces_of
from articles.versions.rows import in_order, key_of, moved_rows, same_rows
from articles.versions.vocabulary import Vocabulary
from articles.versions.wording import columns, in_library, is_empty, said

#: A longer name is that of an event or a project: where a field holds nothing else, a reader
#: wants to see what changed inside it.
LONGEST_WHOLE = 12
#: Changes of a body that a page shows.
MOST_SHOWN = 1000


def compare(old: dict, new: dict) -> Comparison:
    """What differs between two contents, as ``snapshot`` gives them; ValueError for two models."""
    if old["model"] != new["model"]:
        msg = f"{old['model']} cannot be compared with {new['model']}"
        raise ValueError(msg)
    return _compared(old, new, Vocabulary.of(old, new))


def _compared(old, new, vocabulary):
    model = apps.get_model(new["model"])
    changes = [*_own(model, old, new, vocabulary), *_children(model, old, new, vocabulary)]
    return Comparison((*changes, *_events(old, new, vocabulary)))


def _own(model, old, new, vocabulary):
    """Changes of a row's own fields, links and lists, in the order of the model."""
    for part, name, field, label in columns(model, old, new):
        values = [(side.get(part) or {}).get(name) for side in (old, new)]
        if part == "fields":
            change = _field(field, name, label, values, vocabulary)
        else:
            change = (_link if part == "links" else _list)(name, label, *values)
        if change:
            yield change
    yield from _shown(old, new)
    yield from _picture(old, new)


def _field(field, name, label, values, vocabulary):
    old, new = values
    if old == new or (is_empty(old) and is_empty(new)):
        return None
    if isinstance(field, BodyField):
        return _body(name, label, old or "", new or "", vocabulary)
    if _is_text(field, values):
        # A browser sends other line ends than it was given.
        texts = [(value or "").replace("\r\n", "\n") for value in values]
        long = [text for text in texts if len(text) > LONGEST_WHOLE]
        known = vocabulary.without(*long) if vocabulary.holds(long) else vocabulary
        pieces = pieces_of(*texts, known)
        return TextChange(name, label, pieces) if texts[0] != texts[1] else None
    # A content older than a column lacks it, which is no different from saying no.
    if {old, new} == {None, False}:
        return None
    return ValueChange(name, label, said(field, old), said(field, new))


def _is_text(field, values):
    if any(value is not None and not isinstance(value, str) for value in values):
        return False
    if field is None:
        return True
    closed = field.choices or isinstance(field, (QuarterField, models.SlugField))
    return isinstance(field, (models.CharField, models.TextField)) and not closed


def _body(name, label, old, new, vocabulary):
    blocks = compare_bodies(old, new, vocabulary)
    changed = [at for at, block in enumerate(blocks) if block.kind != "same"]
    if not changed:
        return BodyChange(name, label, blocks, (_("格式有改动"),))
    if len(changed) <= MOST_SHOWN:
        return BodyChange(name, label, blocks)
    told = _("改动有%(found)d处，只列出前%(most)d处。")
    notes = (told % {"found": len(changed), "most": MOST_SHOWN},)
    return BodyChange(name, label, blocks[: changed[MOST_SHOWN]], notes)


def _link(name, label, old, new):
    if key_of(old) == key_of(new):
        return None
    return ValueChange(name, label, *(_told_apart(one, other) for one, other in _both(old, new)))


def _both(old, new):
    return (old, new), (new, old)


def _told_apart(link, other):
    """Label of a link; with its key, where another thing has the same."""
    if not link:
        return ""
    if other and link["label"] == other["label"]:
        return f"{link['label']}（{'，'.join(map(str, filter(None, link['key'])))}）"
    return link["label"]


def _list(name, label, old, new):
    olds, news = ({key_of(link): link["label"] for link in side or ()} for side in (old, new))
    removed = tuple(olds[key] for key in olds if key not in news)
    added = tuple(news[key] for key in news if key not in olds)
    return ListChange(name, label, removed, added) if removed or added else None


def _shown(old, new):
    """The title that a page prints where the paper printed none: it may change by itself."""
    shown = [side.get("shown") or "" for side in (old, new)]
    printed = [(side.get("fields") or {}).get("printed_title") or "" for side in (old, new)]
    if shown[0] != shown[1] and printed[0] == printed[1]:
        yield ValueChange("shown", _("页面所示职务"), *shown)


def _picture(old, new):
    """The library's words beside a picture that stayed: they too are part of what is signed."""
    words = [side.get("picture") for side in (old, new)]
    if not all(words) or _link("photo", "", *(side["links"]["photo"] for side in (old, new))):
        return
    for name, *values in zip(PICTURE, *words, strict=True):
        if values[0] != values[1]:
            field = Photo._meta.get_field(name)
            yield ValueChange(name, in_library(field), *(said(field, value) for value in values))


def _children(model, old, new, vocabulary):
    olds, news = (side.get("children") or {} for side in (old, new))
    for name in dict.fromkeys((*news, *olds)):
        child = model._meta.get_field(name).related_model
        rows = tuple(_rows(name, child, olds.get(name) or [], news.get(name) or [], vocabulary))
        if rows:
            yield RowsChange(name, str(child._meta.verbose_name_plural), rows)


def _rows(relation, model, olds, news, vocabulary):
    same = same_rows(relation, olds, news)
    is_ordered = any(field.name == "order" for field in model._meta.fields)
    moved = moved_rows(same) if is_ordered else ()
    for old, new in in_order(same, len(olds), len(news)):
        places = {
            "old_place": None if old is None else old + 1,
            "new_place": None if new is None else new + 1,
        }
        if new is None:
            yield RowChange("removed", olds[old]["label"], Comparison(), **places)
        elif old is None:
            yield RowChange("added", news[new]["label"], Comparison(), **places)
        else:
            comparison = Comparison(tuple(_own(model, olds[old], news[new], vocabulary)))
            if comparison or new in moved:
                kind = "changed" if comparison else "moved"
                label = news[new]["label"]
                yield RowChange(kind, label, comparison, **places, moved=new in moved)


def _events(old, new, vocabulary):
    """Changes of a story's events, where both contents hold them."""
    if old.get("events") is None or new.get("events") is None:
        return
    olds, news = ({_event_key(event): event for event in side["events"]} for side in (old, new))
    events = []
    for key in dict.fromkeys((*news, *olds)):
        event = news.get(key) or olds[key]
        both = key in olds and key in news
        comparison = _compared(olds[key], news[key], vocabulary) if both else Comparison()
        kind = "changed" if both else "added" if key in news else "removed"
        if comparison or not both:
            word = str(apps.get_model(event["model"])._meta.verbose_name)
            events.append(EventChange(kind, word, event["label"], comparison))
    if events:
        yield EventsChange("events", _("所记活动"), tuple(events))


def _event_key(event):
    return event["model"], key_of(event)
