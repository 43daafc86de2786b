"""What was typed into a form that could not be saved, beside what is stored now."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.html import escape

from articles.models.base import LAST
from articles.sanitise import BodyField, clean_body
from articles.versions import SPECS, bare, in_key_order, snapshot
from articles.versions.describe import Part, describe
from people.shared.formsets import MOST_DRAWN, is_key

#: Keys beyond this are none: a database would refuse to look for them.
MOST_DIGITS = 18


@dataclass(frozen=True)
class Difference:
    """A part that was typed in one way and is stored in another; None where it says nothing."""

    label: str
    typed: Part | None
    stored: Part | None


def differences(post, row, opened=None) -> list[Difference]:
    """What a person typed, where it is another thing than is stored now: rows and links too.

    ``post`` is that of a form of ``row``, ``opened`` the content that it was opened on: what was
    left as it was then is not told, whatever others have made of it since. What the form has no
    field for is left out. Costs a query for each link that was typed.
    """
    spec = SPECS[type(row)]
    stored = bare(snapshot(row))
    typed = {**stored, **_typed(post, row, spec, stored)}
    # What is linked in both is called the same: a body as on the day of the event.
    labels = {(name, str(link["key"])): link["label"] for name, link in _links(stored)}
    for name, link in _links(typed):
        link["label"] = labels.get((name, str(link["key"])), link["label"])
    opened = bare(opened) if opened else None
    for name in set(row.following) & set(spec.fields):
        # Empty where it follows: nothing was typed there.
        typed["fields"][name] = typed["fields"][name] or (opened or stored)["fields"][name]
    mine, theirs = _parts(typed), _parts(stored)
    before = _parts(opened) if opened else {}
    return [
        Difference((mine.get(name) or theirs[name]).label, mine.get(name), theirs.get(name))
        for name in dict.fromkeys((*mine, *theirs))
        if mine.get(name) != theirs.get(name)
        and not (opened and mine.get(name) == before.get(name))
    ]


def _parts(content):
    return {part.name: part for part in describe(content).parts}


def _typed(post, row, spec, stored):
    typed = _columns(post, type(row), spec, stored=stored)
    typed["children"] = {
        name: _rows(post, name, row._meta.get_field(name).related_model, below, rows)
        for (name, below), rows in zip(
            spec.children.items(), stored["children"].values(), strict=True
        )
    }
    return typed


def _columns(post, model, spec, prefix="", stored=None):
    """Fields, links and lists as typed; where the form has no such field, as ``stored``."""

    def held(part, name, read):
        kept = (stored or {}).get(part, {}).get(name)
        field = model._meta.get_field(name)
        is_drawn = prefix + name in post or isinstance(field, models.BooleanField)
        return read(field, prefix + name) if is_drawn or not stored else kept

    return {
        "fields": {
            name: held("fields", name, lambda field, key: _scalar(field, post.get(key, "")))
            for name in spec.fields
        },
        "links": {
            name: held("links", name, lambda field, key: _link(field, post.get(key)))
            for name in spec.links
        },
        # A list that was emptied is posted as nothing at all.
        "lists": {
            name: in_key_order(
                _link(model._meta.get_field(name), key)
                for key in post.getlist(prefix + name)
                if key
            )
            for name in spec.lists
        },
    }


def _scalar(field, raw):
    """JSON scalar of what was typed; what the field cannot take is kept as it was typed."""
    if isinstance(field, BodyField):
        try:
            return clean_body(raw)
        except ValidationError:  # too long or too tangled: shown as it was typed
            return escape(raw)
    if isinstance(field, models.BooleanField):
        return bool(raw)
    try:
        value = field.to_python(raw)
    except ValidationError:
        value = raw
    if isinstance(value, int):
        return value
    raw = value if isinstance(value, str) else raw
    return raw.replace("\r\n", "\n").strip()


def _link(field, key):
    if not key:
        return None
    model = field.related_model
    far = model._default_manager.filter(pk=key).first() if is_key(model, key) else None
    return {"key": far.pk if far else [key], "label": str(far) if far else key}


def _links(content):
    """Links of a content with the name of their column; those of its rows, too."""
    for name, held in (content["links"] | content["lists"]).items():
        yield from ((name, link) for link in (held if name in content["lists"] else [held]) if link)
    for rows in content.get("children", {}).values():
        for row in rows:
            yield from _links(row)


def _rows(post, relation, model, spec, stored):
    total = post.get(f"{relation}-TOTAL_FORMS", "")
    if not (total.isascii() and total.isdigit()):
        return stored
    rows = []
    for index in range(min(int(total[:MOST_DIGITS]), MOST_DRAWN)):
        prefix = f"{relation}-{index}-"
        row = _columns(post, model, spec, prefix)
        is_kept = post.get(prefix + "id") or _says_a_thing(row, model)
        if is_kept and not post.get(prefix + "DELETE"):
            place = post.get(prefix + "order", "")
            is_placed = place.isascii() and place.isdigit()
            rows.append((int(place[:MOST_DIGITS]) if is_placed else LAST, index, row))
    return [row for _place, _index, row in sorted(rows, key=lambda row: row[:2])]


def _says_a_thing(row, model):
    """Whether more than what an empty row chooses by default was typed."""
    fields = {name: value for name, value in row["fields"].items() if value}
    chosen = {name for name in fields if model._meta.get_field(name).choices}
    return bool(set(fields) - chosen or any(row["links"].values()) or any(row["lists"].values()))
