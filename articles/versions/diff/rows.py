"""Which row of an ordered list became which: bylines, mentions, stops, attendance and the like."""

import json

from articles.versions.diff.sequence import Pairs, alike, pair_equal, pair_free

#: By what a row is known again, the surest first: columns and links of each relation.
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
#: The first of these that a row has tells whether it is one that was corrected.
_TEXTS = ("printed_name", "place", "printed_title", "title")
#: Links to who or what the row is: two rows that have different ones are two.
_SUBJECTS = ("official", "reporter", "photo", "organisation")


def key_of(link: dict | None) -> str:
    """A link's key in a form that compares and hashes; empty for no link."""
    return json.dumps(link["key"], ensure_ascii=False) if link else ""


def same_rows(relation: str, olds: list[dict], news: list[dict]) -> Pairs:
    """Old places of the rows that both lists have, by their new places.

    Rows are the same that say the same, else that are known by the same, else that read alike.
    """
    pairs, sides = {}, (olds, news)
    pair_equal(pairs, *(map(_all_of, side) for side in sides))
    for names in _IDENTITIES.get(relation, ()):
        pair_equal(pairs, *([_known_by(row, names) for row in side] for side in sides))
    found = alike(pairs, *(list(map(_text, side)) for side in sides))
    pair_free(pairs, (at for _like, *at in found if not _are_two(olds[at[0]], news[at[1]])))
    return pairs


def _all_of(row):
    """All that a row says, without labels."""
    links = {name: key_of(link) for name, link in (row.get("links") or {}).items()}
    lists = {name: sorted(map(key_of, held)) for name, held in (row.get("lists") or {}).items()}
    fields = {name: value for name, value in (row.get("fields") or {}).items() if name != "order"}
    return json.dumps([fields, links, lists, row.get("shown")], sort_keys=True)


def _known_by(row, names):
    held = {**row["fields"], **{name: key_of(link) for name, link in row["links"].items()}}
    values = tuple(held.get(name) for name in names)
    return values if any(values) else None


def _text(row):
    return next(filter(None, map(row["fields"].get, _TEXTS)), "")


def _are_two(old, new):
    """Whether two rows are of different people or things."""
    links = ((key_of(row["links"].get(name)) for row in (old, new)) for name in _SUBJECTS)
    return any(one and other and one != other for one, other in links)
