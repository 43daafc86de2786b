"""Matching of the rows of two contents: bylines, mentions, stops, attendance and the like."""

import json

from articles.versions.diff.sequence import Pairs, alike, pair_equal, pair_free

#: Columns and links by which rows of a relation are matched, the most reliable first.
_IDENTITIES = {
    "bylines": (("printed_name", "role"), ("printed_name",), ("reporter",)),
    "mentions": (("printed_name", "printed_title"), ("printed_name",), ("official",)),
    "photos": (("photo",),),
    "stops": (("group", "place"), ("place",)),
    "attendance": (
        ("group", "printed_name", "printed_title"),
        ("printed_name", "printed_title"),
        ("printed_name",),
        ("official",),
    ),
    "milestones": (("article", "status"), ("status", "reached_on"), ("article", "reached_on")),
    "appointments": (("organisation", "title"), ("title", "starts"), ("organisation", "starts")),
}
#: The first of these that a row has is compared for likeness, to match a row that was corrected.
_TEXTS = ("printed_name", "place", "printed_title", "title")
#: Links to the person or thing that a row is about: rows with different ones are never matched.
_SUBJECTS = ("official", "reporter", "photo", "organisation")


def key_of(link: dict | None) -> str:
    """Key of a link as a string that can be compared and hashed; empty for no link."""
    return json.dumps(link["key"], ensure_ascii=False) if link else ""


def same_rows(relation: str, olds: list[dict], news: list[dict]) -> Pairs:
    """Match rows that are equal, then those with the same identity, then similar ones."""
    pairs: Pairs = {}
    pair_equal(pairs, map(_all_of, olds), map(_all_of, news))
    for names in _IDENTITIES.get(relation, ()):
        old_keys, new_keys = ([_known_by(row, names) for row in side] for side in (olds, news))
        pair_equal(pairs, old_keys, new_keys)
    found = alike(pairs, list(map(_text, olds)), list(map(_text, news)))
    pair_free(
        pairs,
        ((old, new) for _like, old, new in found),
        lambda old, new: not _are_two(olds[old], news[new]),
    )
    return pairs


def _all_of(row: dict) -> str:
    """Everything in a row but its labels, as a string."""
    links = {name: key_of(link) for name, link in (row.get("links") or {}).items()}
    lists = {name: sorted(map(key_of, held)) for name, held in (row.get("lists") or {}).items()}
    fields = {name: value for name, value in (row.get("fields") or {}).items() if name != "order"}
    return json.dumps([fields, links, lists, row.get("shown")], sort_keys=True)


def _known_by(row: dict, names: tuple[str, ...]) -> tuple | None:
    held = {**row["fields"], **{name: key_of(link) for name, link in row["links"].items()}}
    values = tuple(held.get(name) for name in names)
    return values if any(values) else None


def _text(row: dict) -> str:
    return next(filter(None, map(row["fields"].get, _TEXTS)), "")


def _are_two(old: dict, new: dict) -> bool:
    """Whether two rows link different people or things."""
    links = ((key_of(row["links"].get(name)) for row in (old, new)) for name in _SUBJECTS)
    return any(one and other and one != other for one, other in links)
