"""Two texts laid over one another: what stayed, what went, what came."""

from collections.abc import Iterable, Iterator
from itertools import chain, filterfalse, groupby, islice, pairwise

from articles.versions.diff.changes import Piece
from articles.versions.diff.sequence import Budget, Matcher
from articles.versions.diff.tokenizer import Vocabulary

#: Characters of an island that a reader would not want to see between two changes.
TINY = 4
_ENDS_CLAUSE = frozenset("、，。；：！？,;!?\n")


def diff_text(
    old: str, new: str, vocabulary: Vocabulary, budget: Budget | None = None
) -> tuple[Piece, ...]:
    """The texts over one another: same and removed give ``old``, same and added give ``new``.

    Where ``budget`` does not suffice, what differs is shown as replaced.
    """
    budget, pieces = budget or Budget(), []
    if old == new:
        return (Piece("same", old),) if old else ()
    if budget.left < len(old) + len(new):
        return Piece("removed", old), Piece("added", new)
    clauses = (_clauses(vocabulary.tokens(text)) for text in (old, new))
    for gone, come, same in _readable(_runs(*clauses, budget), vocabulary):
        pieces += [*_marked("removed", gone, vocabulary), *_marked("added", come, vocabulary)]
        pieces += [Piece("same", "".join(same))] if same else []
    return tuple(pieces)


def whole(kind: str, text: str, vocabulary: Vocabulary) -> tuple[Piece, ...]:
    """A text all of which went or came."""
    return tuple(_marked(kind, vocabulary.tokens(text), vocabulary))


def parted(pieces: Iterable[Piece], size: int) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Pieces up to ``size`` characters of the new text, and those after."""
    parts = [], []
    for piece in pieces:
        cut = size if piece.kind != "removed" else len(piece.text) * (size > 0)
        for part, text in zip(parts, (piece.text[:cut], piece.text[cut:]), strict=True):
            part.extend([piece._replace(text=text)] if text else [])
        size -= min(cut, len(piece.text)) if piece.kind != "removed" else 0
    return tuple(map(tuple, parts))


def _clauses(tokens):
    ends = [at for at, token in enumerate(tokens, 1) if token in _ENDS_CLAUSE]
    return [tuple(tokens[start:end]) for start, end in pairwise([0, *ends, len(tokens)])]


def _runs(olds, news, budget):
    """Tokens that went, came and then stayed: by whole clauses, then inside those that changed."""
    for *changed, same in _aligned(olds, news, budget):
        *runs, last = _aligned(*(list(chain.from_iterable(side)) for side in changed), budget)
        yield from runs
        yield *last[:2], list(chain.from_iterable(same))


def _aligned(old, new, budget):
    mine, other = 0, 0
    for a, b, size in Matcher(old, new, budget).get_matching_blocks():
        yield old[mine:a], new[other:b], old[a : a + size]
        mine, other = a + size, b + size


def _readable(runs, vocabulary):
    """Runs without the tiny islands that chance has left between changes."""
    kept = []
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


def _is_island(run, after, vocabulary):
    """Whether what stayed in ``run`` is less than what changed on either side.

    Names, numbers and the like read well by themselves: they stay, and a change of these alone
    swallows nothing.
    """
    size = len("".join(run[2]))
    if size > TINY or any(map(vocabulary.mark, run[2])):
        return False
    plain = ([filterfalse(vocabulary.mark, side) for side in one[:2]] for one in (run, after))
    return all(any(len(list(islice(side, size))) == size for side in change) for change in plain)


def _marked(kind: str, tokens: Iterable[str], vocabulary: Vocabulary) -> Iterator[Piece]:
    """Pieces of what went or came: each token with a mark by itself, the rest together."""
    for mark, group in groupby(tokens, key=vocabulary.mark):
        if mark:
            yield from (Piece(kind, token, mark) for token in group)
        else:
            yield Piece(kind, "".join(group))
