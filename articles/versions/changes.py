"""What a comparison says: the answers of articles.versions.compare, for a page to print."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from articles.versions.bodies import BlockChange, Stretch, stretches
from articles.versions.pieces import Piece


@dataclass(frozen=True)
class TextChange:
    """A plain text that changed, several lines perhaps."""

    kind: ClassVar[str] = "text"
    name: str
    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class BodyChange:
    """A body that changed. ``notes`` say in words what no block shows."""

    kind: ClassVar[str] = "body"
    name: str
    label: str
    blocks: tuple[BlockChange, ...]
    notes: tuple[str, ...] = ()

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """The blocks, those gathered that a page may fold."""
        return stretches(self.blocks)


@dataclass(frozen=True)
class ValueChange:
    """A date, number, choice or link that changed, in words; empty where there was or is none."""

    kind: ClassVar[str] = "value"
    name: str
    label: str
    old: str
    new: str


@dataclass(frozen=True)
class ListChange:
    """Links that were removed and added, by their labels."""

    kind: ClassVar[str] = "list"
    name: str
    label: str
    removed: tuple[str, ...]
    added: tuple[str, ...]


@dataclass(frozen=True)
class RowChange:
    """A row of a child list: ``kind`` is added, removed, changed, or moved and nothing else.

    Places count from 1; None where there is none. ``moved`` also tells of one that changed.
    """

    kind: str
    label: str
    comparison: "Comparison"
    old_place: int | None = None
    new_place: int | None = None
    moved: bool = False


@dataclass(frozen=True)
class RowsChange:
    """A child list that changed: the rows that did, in the new order."""

    kind: ClassVar[str] = "rows"
    name: str
    label: str
    rows: tuple[RowChange, ...]


@dataclass(frozen=True)
class EventChange:
    """An event of a story: ``kind`` is added, removed or changed, ``word`` says what it is."""

    kind: str
    word: str
    label: str
    comparison: "Comparison"


@dataclass(frozen=True)
class EventsChange:
    """Events of a story that came, went or changed."""

    kind: ClassVar[str] = "events"
    name: str
    label: str
    events: tuple[EventChange, ...]


Change = TextChange | BodyChange | ValueChange | ListChange | RowsChange | EventsChange


@dataclass(frozen=True)
class Comparison:
    """What differs, in the order of the model's fields; false where nothing does."""

    changes: tuple[Change, ...] = ()

    def __bool__(self):
        """Whether anything differs."""
        return bool(self.changes)

    def __iter__(self) -> Iterator[Change]:
        """The changes."""
        return iter(self.changes)

    def __len__(self):
        """Number of changes."""
        return len(self.changes)
