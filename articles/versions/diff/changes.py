"""Result of a comparison, which ``admin/articles/_comparison.html`` prints."""

from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

#: Unchanged blocks that are not folded on either side of a change.
CONTEXT = 1


class Piece(NamedTuple):
    """A run of text; ``kind`` is same, removed or added.

    ``mark`` classifies what was removed or added: name, title, number, date, or empty.
    """

    kind: str
    text: str
    mark: str = ""


class BlockChange(NamedTuple):
    """A block of a body: a paragraph, heading, item, cell, picture or rule.

    ``kind`` is same, changed, removed, added, moved_from or moved_to; a moved block stands at its
    old and at its new place. ``pieces`` are the text, all of it removed or added unless ``kind`` is
    same or changed; ``edits`` are how a moved block changed as well. ``notes`` describe changes of
    other things than text. ``word`` names the kind of block, if it is no paragraph, in Chinese;
    ``alt`` is that of a picture.
    """

    kind: str
    tag: str
    word: str
    pieces: tuple[Piece, ...]
    notes: tuple[str, ...]
    alt: str
    edits: tuple[Piece, ...] = ()


class Stretch(NamedTuple):
    """Neighbouring blocks; ``folded`` where the page hides them, as none of them changed."""

    folded: bool
    blocks: tuple[BlockChange, ...]


def stretches(blocks: tuple[BlockChange, ...]) -> list[Stretch]:
    """Split blocks into stretches, folded where they are further than CONTEXT from a change."""
    near = set()
    for at, block in enumerate(blocks):
        if block.kind != "same":
            near |= set(range(at - CONTEXT, at + CONTEXT + 1))
    found = groupby(enumerate(blocks), key=lambda place: place[0] not in near)
    return [Stretch(folded, tuple(block for _at, block in run)) for folded, run in found]


@dataclass(frozen=True)
class Change:
    """A field, link, list or relation that changed; ``kind`` says which attributes are filled.

    text: ``pieces``; body: ``blocks``, and ``notes`` for what no block shows; value: ``old`` and
    ``new`` as displayed, empty for no value; list: the labels ``removed`` and ``added``; rows and
    events: ``rows``.
    """

    kind: str
    name: str
    label: str
    pieces: tuple[Piece, ...] = ()
    blocks: tuple[BlockChange, ...] = ()
    notes: tuple[str, ...] = ()
    old: str = ""
    new: str = ""
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    rows: tuple["RowChange", ...] = ()

    @property
    def stretches(self) -> list[Stretch]:
        return stretches(self.blocks)


@dataclass(frozen=True)
class RowChange:
    """A row or an event; ``kind`` is added, removed, changed, or moved if nothing else changed.

    ``word`` is the Chinese name of an event's model. Places count from 1. ``moved`` is true of
    every row that was moved, changed or not.
    """

    kind: str
    label: str
    changes: tuple[Change, ...] = ()
    word: str = ""
    old_place: int | None = None
    new_place: int | None = None
    moved: bool = False
