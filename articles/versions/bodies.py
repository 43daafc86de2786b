"""Two bodies laid over one another: blocks first, then the text of each that changed."""

from collections import deque
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from articles.versions.alignment import band, likeness, matches, paired, shingles
from articles.versions.blocks import WORDS, Block, blocks_of, format_notes, outward_notes
from articles.versions.pieces import Piece, parted, pieces_of, replaced, whole
from articles.versions.vocabulary import Vocabulary

#: Blocks that may differ before a body counts as rewritten, which bounds the time it takes.
_MOST = 1500
#: Characters of changed blocks, old and new, that are laid over one another; further blocks are
#: shown as replaced.
_CHARACTERS = 80_000
#: Pairs of blocks that are looked at for one that was both moved and changed.
_MOVES = 2500
#: Likeness of such a pair: far from its place, a text must be known by more.
_MOVED = 0.6
#: Unchanged blocks that are left standing on either side of a change.
CONTEXT = 1


@dataclass(frozen=True)
class BlockChange:
    """What became of a block.

    ``kind`` is same, changed, removed, added, moved_from or moved_to (the same block at its old
    and its new place). ``pieces`` are the text, all of it removed or added for what is not same or
    changed; ``edits`` are given where a block was moved and changed, and tell how it changed.
    ``notes`` say in words what pieces cannot. ``tag`` names it: p, h2, h3, ul, ol, blockquote, th,
    td, figcaption, hr or img; ``word`` does so in Chinese; ``alt`` is a picture's.
    """

    kind: str
    tag: str = "p"
    pieces: tuple[Piece, ...] = ()
    notes: tuple[str, ...] = ()
    alt: str = ""
    edits: tuple[Piece, ...] = ()

    @property
    def word(self) -> str:
        """What it is, for what is no paragraph; else empty."""
        return "" if self.tag == "p" else WORDS[self.tag]


@dataclass(frozen=True)
class Stretch:
    """Neighbouring blocks; ``folded`` where a page may hide them, since none of them changed."""

    folded: bool
    blocks: tuple[BlockChange, ...]


def compare_bodies(old: str, new: str, vocabulary: Vocabulary) -> tuple[BlockChange, ...]:
    """Blocks of two sanitised bodies over one another, in the order of reading."""
    olds, news = blocks_of(old), blocks_of(new)
    steps = list(_steps(olds, news))
    gone = [mine[0] for mine, other in steps if not other]
    come = [other[0] for mine, other in steps if not mine]
    moved = _moved(olds, news, gone, come)
    arrived = {other: mine for mine, other in moved.items()}
    changes, left = [], _CHARACTERS
    for mine, other in steps:
        if not other:
            kind = "moved_from" if mine[0] in moved else "removed"
            changes.append(_alone(kind, olds[mine[0]], vocabulary))
        elif mine:
            was, now = [olds[at] for at in mine], [news[at] for at in other]
            left -= sum(len(block.text) for block in (*was, *now) if was != now)
            changes += _changed(was, now, vocabulary if left > 0 else None)
        elif other[0] in arrived:
            changes.append(_arrived(olds[arrived[other[0]]], news[other[0]], vocabulary))
        else:
            changes.append(_alone("added", news[other[0]], vocabulary))
    return tuple(changes)


def stretches(blocks: tuple[BlockChange, ...]) -> tuple[Stretch, ...]:
    """The blocks in stretches, those folded that stand further than CONTEXT from any change."""
    near = set()
    for at, block in enumerate(blocks):
        if block.kind != "same":
            near |= set(range(at - CONTEXT, at + CONTEXT + 1))
    found = groupby(enumerate(blocks), key=lambda place: place[0] not in near)
    return tuple(Stretch(folded, tuple(block for _at, block in run)) for folded, run in found)


def _steps(olds, news):
    """Places of blocks that belong together, old and new, in the order of reading."""
    found = matches([block.key for block in olds], [block.key for block in news], _MOST) or []
    elsewhere = _same_elsewhere(olds, news, found)
    mine, other, most = 0, 0, band([block.text for block in news])
    for match in (*found, None):
        to = (match.old, match.new) if match else (len(olds), len(news))
        was = [_shingles(olds, at, elsewhere[0]) for at in range(mine, to[0])]
        now = [_shingles(news, at, elsewhere[1]) for at in range(other, to[1])]
        alone = [(1, 0)] * len(was) + [(0, 1)] * len(now)
        for took, gave in paired(was, now, most) if any(was) and any(now) else alone:
            yield range(mine, mine + took), range(other, other + gave)
            mine, other = mine + took, other + gave
        for _at in range(match.size if match else 0):
            yield range(mine, mine + 1), range(other, other + 1)
            mine, other = mine + 1, other + 1


def _same_elsewhere(olds, news, found):
    """Places of unmatched blocks that the other body has too, somewhere else: they were moved."""
    old_places, new_places = set(range(len(olds))), set(range(len(news)))
    for match in found:
        old_places -= set(range(match.old, match.old + match.size))
        new_places -= set(range(match.new, match.new + match.size))
    both = {olds[at].key for at in old_places} & {news[at].key for at in new_places}
    return (
        {at for at in old_places if olds[at].key in both},
        {at for at in new_places if news[at].key in both},
    )


def _shingles(blocks, at, elsewhere):
    """What pairs a block; nothing where its like was moved, so that it pairs with no other."""
    return shingles("" if at in elsewhere else blocks[at].text)


def _moved(olds, news, gone, come):
    """New places of the blocks that went and came elsewhere, by their old places."""
    waiting, moved = {}, {}
    for other in come:
        waiting.setdefault(news[other].key, deque()).append(other)
    for mine in gone:
        if waiting.get(olds[mine].key):
            moved[mine] = waiting[olds[mine].key].popleft()
    gone = [(at, shingles(olds[at].text)) for at in gone if at not in moved]
    taken = set(moved.values())
    come = [(at, shingles(news[at].text)) for at in come if at not in taken]
    if len(gone) * len(come) > _MOVES:
        return moved
    alike = sorted((-likeness(was, now), mine, other) for mine, was in gone for other, now in come)
    for unlike, mine, other in alike:
        if -unlike >= _MOVED and mine not in moved and other not in taken:
            moved[mine] = other
            taken.add(other)
    return moved


def _alone(kind, block, vocabulary):
    went = "removed" if kind in ("removed", "moved_from") else "added"
    pieces = whole(went, block.text, vocabulary)
    notes = () if kind == "moved_from" else outward_notes(block)
    return BlockChange(kind, block.tag, pieces, notes, block.alt)


def _arrived(old, new, vocabulary):
    edits = pieces_of(old.text, new.text, vocabulary)
    notes = format_notes(old, new, edits)
    pieces = whole("added", new.text, vocabulary)
    kept = edits if old.text != new.text else ()
    return BlockChange("moved_to", new.tag, pieces, notes, new.alt, kept)


def _changed(was: list[Block], now: list[Block], vocabulary):
    """One block that changed, or two that were joined, or one that was parted in two.

    Without a vocabulary a changed text counts as replaced.
    """
    old, new = (blocks[0] + blocks[1] if blocks[1:] else blocks[0] for blocks in (was, now))
    is_compared = vocabulary or old.text == new.text
    pieces = (pieces_of if is_compared else replaced)(old.text, new.text, vocabulary)
    notes = format_notes(old, new, pieces)
    if was[1:]:
        notes = (_("由前后两段合并"), *notes)
    if now[1:]:
        first, second = parted(pieces, len(now[0].text))
        yield BlockChange("changed", now[0].tag, first, notes, now[0].alt)
        yield BlockChange("changed", now[1].tag, second, (_("由上一段分出"),), now[1].alt)
        return
    stayed = not notes and all(piece.kind == "same" for piece in pieces)
    yield BlockChange("same" if stayed else "changed", new.tag, pieces, notes, new.alt)
