"""What a comparison says, for ``admin/articles/_comparison.html`` to print."""

from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

#: Unchanged blocks that are left standing on either side of a change.
CONTEXT = 1


class Piece(NamedTuple):
    """A stretch of text; ``kind`` is same, removed or added.

    ``mark`` tells what a removed or added one is: name, title, number, date, or empty.
    """

    kind: str
    text: str
    mark: str = ""


class BlockChange(NamedTuple):
    """What became of a block of a body.

    ``kind`` is same, changed, removed, added, moved_from or moved_to (the same block at its old
    and its new place). ``pieces`` are the text, all of it removed or added for what is not same or
    changed; ``edits`` tell how a block changed that was also moved. ``notes`` say in words what
    pieces cannot. ``word`` names what is no paragraph; ``alt`` is a picture's.
    """

    kind: str
    tag: str
    word: str
    pieces: tuple[Piece, ...]
    notes: tuple[str, ...]
    alt: str
    edits: tuple[Piece, ...] = ()


class Stretch(NamedTuple):
    """Neighbouring blocks; ``folded`` where a page may hide them, since none of them changed."""

    folded: bool
    blocks: tuple[BlockChange, ...]


def stretches(blocks: tuple[BlockChange, ...]) -> list[Stretch]:
    """The blocks in stretches, those folded that stand further than CONTEXT from any change."""
    near = set()
    for at, block in enumerate(blocks):
        if block.kind != "same":
            near |= set(range(at - CONTEXT, at + CONTEXT + 1))
    found = groupby(enumerate(blocks), key=lambda place: place[0] not in near)
    return [Stretch(folded, tuple(block for _at, block in run)) for folded, run in found]


@dataclass(frozen=True)
class Change:
    """A part of a content that changed. What it says hangs on its ``kind``.

    text has ``pieces``; body has ``blocks``, and ``notes`` that say what no block shows; value has
    ``old`` and ``new`` in words, empty where there was or is none; list has the labels ``removed``
    and ``added``; rows and events have ``rows``.
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
    """A row or an event: ``kind`` is added, removed, changed, or moved and nothing else.

    ``word`` says what an event is. A row's places count from 1; ``moved`` is also true of one that
    changed as well.
    """

    kind: str
    label: str
    changes: tuple[Change, ...] = ()
    word: str = ""
    old_place: int | None = None
    new_place: int | None = None
    moved: bool = False
