"""Which row of an ordered list became which: bylines, mentions, stops, attendance and the like."""

import json

from articles.versions.alignment import ALIKE, likeness, matches, shingles

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
#: The text that tells whether two rows with no such thing in common are one that was corrected.
_TEXTS = {
    "bylines": ("printed_name",),
    "mentions": ("printed_name",),
    "stops": ("place",),
    "attendance": ("printed_name", "printed_title"),
    "appointments": ("title",),
}
#: Links to who or what the row is: two rows that have different ones are two.
_SUBJECTS = ("official", "reporter", "photo", "organisation")


def key_of(link: dict | None) -> str:
    """A link's key in a form that compares and hashes; empty for no link."""
    return json.dumps(link["key"], ensure_ascii=False) if link else ""


def identity(row: dict) -> str:
    """All that a row says, without labels."""
    links = {name: key_of(link) for name, link in (row.get("links") or {}).items()}
    lists = {name: sorted(map(key_of, held)) for name, held in (row.get("lists") or {}).items()}
    fields = {name: value for name, value in (row.get("fields") or {}).items() if name != "order"}
    return json.dumps([fields, links, lists, row.get("shown")], sort_keys=True)


def same_rows(relation: str, olds: list[dict], news: list[dict]) -> dict[int, int]:
    """Old places of the rows that both lists have, by their new places.

    Rows are the same that say the same, else that are known by the same, else that read alike.
    """
    old_places, new_places, same = set(range(len(olds))), set(range(len(news))), {}
    ways = [identity] + [
        lambda row, names=names: _known_by(row, names) for names in _IDENTITIES.get(relation, ())
    ]
    for way in ways:
        waiting = {}
        for old in sorted(old_places):
            waiting.setdefault(way(olds[old]), []).append(old)
        for new in sorted(new_places):
            known = way(news[new])
            if known and waiting.get(known):
                same[new] = waiting[known].pop(0)
        old_places -= set(same.values())
        new_places -= set(same)
    alike = [
        (-like, abs(old - new), old, new)
        for old in old_places
        for new in new_places
        if (like := _alike(relation, olds[old], news[new])) >= ALIKE
    ]
    for _unlike, _distance, old, new in sorted(alike):
        if new not in same and old in old_places:
            same[new] = old
            old_places.remove(old)
    return same


def _known_by(row, names):
    links = row.get("links") or {}
    values = [
        key_of(links[name]) if name in links else (row.get("fields") or {}).get(name)
        for name in names
    ]
    return tuple(values) if any(values) else None


def _alike(relation, old, new):
    for subject in _SUBJECTS:
        links = [(row.get("links") or {}).get(subject) for row in (old, new)]
        if all(links) and key_of(links[0]) != key_of(links[1]):
            return 0.0
    texts = [
        next(filter(None, (row["fields"].get(name) for name in _TEXTS.get(relation, ()))), "")
        for row in (old, new)
    ]
    return likeness(*map(shingles, texts))


def moved_rows(same: dict[int, int]) -> set[int]:
    """New places of the fewest rows whose moving explains the new order."""
    in_new = [same[new] for new in sorted(same)]
    # None of them is missing from the other list, so no number of edits is too many.
    stayed = matches(sorted(in_new), in_new, 2 * len(in_new)) or []
    still = {at for match in stayed for at in range(match.new, match.new + match.size)}
    return {new for at, new in enumerate(sorted(same)) if at not in still}


def in_order(same: dict[int, int], olds: int, news: int) -> list[tuple[int | None, int | None]]:
    """Pairs of old and new places in the new order; a row that went stands where it stood."""
    new_of = {old: new for new, old in same.items()}
    placed = [((new, 0, 0), (same.get(new), new)) for new in range(news)]
    before = -1
    for old in range(olds):
        if old in new_of:
            before = new_of[old]
        else:
            placed.append(((before, 1, old), (old, None)))
    return [pair for _place, pair in sorted(placed, key=lambda place: place[0])]
