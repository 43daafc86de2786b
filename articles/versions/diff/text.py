"""Comparison of two texts: what stayed, was removed, was added."""

from collections.abc import Hashable, Iterable, Iterator
from itertools import chain, filterfalse, groupby, islice, pairwise
from typing import TypeVar

from articles.versions.diff.changes import Piece
from articles.versions.diff.sequence import Budget, Matcher
from articles.versions.diff.tokenizer import Vocabulary

#: Unchanged characters between two changes that are better shown as changed with them.
TINY = 4
_ENDS_CLAUSE = frozenset("、，。；：！？,;!?\n")

_Item = TypeVar("_Item", bound=Hashable)


def diff_text(
    old: str, new: str, vocabulary: Vocabulary, budget: Budget | None = None
) -> tuple[Piece, ...]:
    """Pieces of which same and removed join to ``old``, same and added to ``new``.

    Where ``budget`` does not suffice, text is shown as replaced.
    """
    budget = budget or Budget()
    pieces: list[Piece] = []
    if old == new:
        return (Piece("same", old),) if old else ()
    if budget.left < len(old) + len(new):
        return Piece("removed", old), Piece("added", new)
    olds, news = (_clauses(vocabulary.tokens(text)) for text in (old, new))
    for gone, come, same in _readable(_runs(olds, news, budget), vocabulary):
        pieces += [*_marked("removed", gone, vocabulary), *_marked("added", come, vocabulary)]
        pieces += [Piece("same", "".join(same))] if same else []
    return tuple(pieces)


def whole(kind: str, text: str, vocabulary: Vocabulary) -> tuple[Piece, ...]:
    """Pieces of a text that was removed or added as a whole."""
    return tuple(_marked(kind, vocabulary.tokens(text), vocabulary))


def parted(pieces: Iterable[Piece], size: int) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Pieces up to ``size`` characters of the new text, and those after."""
    first: list[Piece] = []
    second: list[Piece] = []
    for piece in pieces:
        cut = size if piece.kind != "removed" else len(piece.text) * (size > 0)
        for part, text in ((first, piece.text[:cut]), (second, piece.text[cut:])):
            part.extend([piece._replace(text=text)] if text else [])
        size -= min(cut, len(piece.text)) if piece.kind != "removed" else 0
    return tuple(first), tuple(second)


def _clauses(tokens: list[str]) -> list[tuple[str, ...]]:
    ends = [at for at, token in enumerate(tokens, 1) if token in _ENDS_CLAUSE]
    return [tuple(tokens[start:end]) for start, end in pairwise([0, *ends, len(tokens)])]


def _runs(
    olds: list[tuple[str, ...]], news: list[tuple[str, ...]], budget: Budget
) -> Iterator[tuple[list[str], list[str], list[str]]]:
    """Tokens removed, added and unchanged after that; by clauses, then inside changed clauses."""
    for gone, come, same in _aligned(olds, news, budget):
        removed, added, unchanged = (list(chain.from_iterable(side)) for side in (gone, come, same))
        *runs, last = _aligned(removed, added, budget)
        yield from runs
        yield *last[:2], unchanged


def _aligned(
    old: list[_Item], new: list[_Item], budget: Budget
) -> Iterator[tuple[list[_Item], list[_Item], list[_Item]]]:
    mine, other = 0, 0
    for a, b, size in Matcher(old, new, budget).get_matching_blocks():
        yield old[mine:a], new[other:b], old[a : a + size]
        mine, other = a + size, b + size


def _readable(
    runs: Iterable[tuple[list[str], list[str], list[str]]], vocabulary: Vocabulary
) -> list[list[list[str]]]:
    """Runs without tiny unchanged parts between changes, which are equal by chance."""
    kept: list[list[list[str]]] = []
    for gone, come, same in runs:
        if kept and not gone and not come:
            kept[-1][2].extend(same)
            continue
        run = [gone, come, same]
        while kept and _is_island(kept[-1], run, vocabulary):
            *before, between = kept.pop()
            run = [[*was, *between, *now] for was, now in zip(before, run, strict=False)] + [same]
        kept.append(run)
    return kept


def _is_island(run: list[list[str]], after: list[list[str]], vocabulary: Vocabulary) -> bool:
    """Whether the unchanged end of ``run`` is shorter than the changes on both sides of it.

    Names, titles, numbers and dates read well between changes and stay; and where only such tokens
    changed, nothing around them is shown as changed.
    """
    size = len("".join(run[2]))
    if size > TINY or any(map(vocabulary.mark, run[2])):
        return False
    plain = ([filterfalse(vocabulary.mark, side) for side in one[:2]] for one in (run, after))
    return all(any(len(list(islice(side, size))) == size for side in change) for change in plain)


def _marked(kind: str, tokens: Iterable[str], vocabulary: Vocabulary) -> Iterator[Piece]:
    """Pieces of removed or added tokens: each marked token by itself, others joined."""
    for mark, group in groupby(tokens, key=vocabulary.mark):
        if mark:
            yield from (Piece(kind, token, mark) for token in group)
        else:
            yield Piece(kind, "".join(group))
