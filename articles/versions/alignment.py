"""What two sequences have in common, found in bounded time and told as a reader would tell it."""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from itertools import accumulate, chain, pairwise
from typing import NamedTuple

#: Likeness from which two texts are taken for one that was changed; unlike Chinese texts have 0.1.
ALIKE = 0.3
#: From which one text is taken for two that were joined: less would join what stands side by side.
_WHOLE = 0.6
#: Of two ways to pair, the one that joins or parts nothing.
_PLAIN = 0.1
#: Characters of an island that a reader would not want to see between two changes.
TINY = 4
#: Texts before and after its own place that a text is compared with: fewer, where there would be
#: more comparisons of texts, or of characters.
_BAND, _COMPARISONS, _CHARACTERS = 25, 25_000, 1_500_000

_CLOSING = frozenset("、，。；：！？,;:!?）)」』”’》\n")
_OPENING = frozenset("（(「『“‘《")


class Match(NamedTuple):
    """``size`` items from ``old`` in the one sequence equal those from ``new`` in the other."""

    old: int
    new: int
    size: int


def matches(old: Sequence[Hashable], new: Sequence[Hashable], most: int) -> list[Match] | None:
    """Longest common subsequence, as runs in order.

    None where more than ``most`` items that both have would have to go: time and memory grow with
    its square, which is why this is not difflib, whose worst case is a cube.
    """
    limit = min(len(old), len(new))
    head = next((at for at in range(limit) if old[at] != new[at]), limit)
    limit -= head
    tail = next((at for at in range(limit) if old[-1 - at] != new[-1 - at]), limit)
    # What only one of them has can match nothing: without it, unlike texts take no time.
    middle = range(head, len(old) - tail), range(head, len(new) - tail)
    shared = {old[at] for at in middle[0]} & {new[at] for at in middle[1]}
    olds = [at for at in middle[0] if old[at] in shared]
    news = [at for at in middle[1] if new[at] in shared]
    found = _common([old[at] for at in olds], [new[at] for at in news], most)
    if found is None:
        return None
    heads = ((at, at) for at in range(head))
    inner = ((olds[mine], news[other]) for mine, other in found)
    tails = ((len(old) - at, len(new) - at) for at in range(tail, 0, -1))
    return _runs(chain(heads, inner, tails))


def _runs(pairs):
    runs = []
    for mine, other in pairs:
        if runs and (mine - runs[-1].old, other - runs[-1].new) == (runs[-1].size,) * 2:
            runs[-1] = runs[-1]._replace(size=runs[-1].size + 1)
        else:
            runs.append(Match(mine, other, 1))
    return runs


def _common(old, new, most):
    """Pairs of equal items, by Myers' greedy algorithm (1986); None past ``most`` edits."""
    last_old, last_new = len(old), len(new)
    most = min(most, last_old + last_new)
    # Furthest place in ``old`` on each diagonal, which is old minus new; negative ones at the end.
    furthest = [0] * (2 * most + 3)
    trail = []
    for edits in range(most + 1):
        trail.append(furthest.copy())
        lowest = -edits + 2 * max(0, edits - last_new)
        highest = edits - 2 * max(0, edits - last_old)
        for diagonal in range(lowest, highest + 1, 2):
            below, above = furthest[diagonal - 1], furthest[diagonal + 1]
            down = diagonal == -edits or (diagonal != edits and below < above)
            at = above if down else below + 1
            other = at - diagonal
            while at < last_old and other < last_new and old[at] == new[other]:
                at += 1
                other += 1
            furthest[diagonal] = at
            if at >= last_old and other >= last_new:
                return _walked_back(trail, last_old, last_new)
    return None


def _walked_back(trail, at, other):
    pairs = []
    for edits in range(len(trail) - 1, -1, -1):
        furthest, diagonal = trail[edits], at - other
        below, above = furthest[diagonal - 1], furthest[diagonal + 1]
        down = diagonal == -edits or (diagonal != edits and below < above)
        before = diagonal + 1 if down else diagonal - 1
        start = furthest[before] if edits else 0
        # Equal items up to here, then the one edit.
        floor = (start if down else start + 1) if edits else 0
        pairs += [(step, step - diagonal) for step in range(at - 1, floor - 1, -1)]
        at, other = start, start - before
    return pairs[::-1]


def readable(
    found: list[Match], old: Sequence[str], new: Sequence[str], apart: Callable[[str], bool]
) -> list[Match]:
    """``found`` moved to the seams of the text, without tiny islands between changes.

    An item of which ``apart`` is true reads well by itself: its island stays, and a change of such
    items alone swallows no island beside it.
    """
    ends = [Match(0, 0, 0), *found, Match(len(old), len(new), 0)]
    for at in range(1, len(ends)):
        ends[at - 1], ends[at] = _at_seam(ends[at - 1], ends[at], old, new)
    old_at, new_at = (
        [0, *accumulate(0 if apart(item) else len(item) for item in side)] for side in (old, new)
    )

    def changed(left, right):
        gone = old_at[right.old] - old_at[left.old + left.size]
        return max(gone, new_at[right.new] - new_at[left.new + left.size])

    def is_island(left, match, right):
        items = old[match.old : match.old + match.size]
        between = min(changed(left, match), changed(match, right), TINY)
        return sum(map(len, items)) <= between and not any(map(apart, items))

    kept = ends[:1]
    for match in ends[1:]:
        while len(kept) > 1 and is_island(kept[-2], kept[-1], match):
            kept.pop()
        kept.append(match)
    return [match for match in kept if match.size]


def _at_seam(left, right, old, new):
    """Two matches, what alone was added or removed between them slid to where a reader cuts.

    区委、区人大、区政府 holds 区人大、 more than 区委、区政府, and not 人大、区.
    """
    removed = range(left.old + left.size, right.old)
    added = range(left.new + left.size, right.new)
    if bool(removed) == bool(added):
        return left, right
    items, edit = (old, removed) if removed else (new, added)
    start, stop = edit.start, edit.stop
    back, ahead = 0, 0
    while back < left.size and items[start - 1 - back] == items[stop - 1 - back]:
        back += 1
    while ahead < right.size and items[start + ahead] == items[stop + ahead]:
        ahead += 1
    shift = max(
        range(-back, ahead + 1),
        key=lambda by: (_seam(items, start + by, stop + by), -abs(by)),
    )
    moved = Match(right.old + shift, right.new + shift, right.size - shift)
    return left._replace(size=left.size + shift), moved


def _seam(items, start, stop):
    """How well an edit of ``items[start:stop]`` reads: best from mark to mark, its own last."""
    return (
        2 * (start == 0 or items[start - 1] in _CLOSING or items[start] in _OPENING)
        + 2 * (items[stop - 1] in _CLOSING)
        + (items[start] in _CLOSING)
        + (stop == len(items) or items[stop] in _CLOSING)
    )


def shingles(text: str) -> frozenset[str | tuple[str, int]]:
    """What ``likeness`` compares: pairs of neighbours and of margins, each time they occur."""
    framed = f"\0{text}\0" if text else ""
    times = Counter(map("".join, pairwise(framed)))
    again = ((pair, at) for pair, most in times.items() if most > 1 for at in range(1, most))
    return frozenset(times).union(again)


def likeness(one: frozenset, other: frozenset) -> float:
    """How much two texts share, 0 to 1 (Dice's coefficient of their shingles)."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def band(texts: Sequence[str]) -> int:
    """Texts to each side that ``paired`` may compare one with, where there are these in all."""
    characters = sum(map(len, texts))
    return min(_BAND, _COMPARISONS // (len(texts) or 1), _CHARACTERS // (characters or 1))


def paired(
    olds: list[frozenset], news: list[frozenset], most: int = _BAND
) -> list[tuple[int, int]]:
    """How two short runs of texts, given by their shingles, become one another, in order.

    Each step tells how many of the old and the new it takes: (1, 1) are one text that changed,
    (1, 0) went, (0, 1) came, (1, 2) was parted in two, (2, 1) were joined.
    """
    best = {(len(olds), len(news)): (0.0, None)}
    pairs = [[one | other for one, other in pairwise(side)] for side in (olds, news)]
    for mine in range(len(olds), -1, -1):
        for other in reversed(_band(mine, len(olds), len(news), most)):
            options = [
                (after[0] + gain, step)
                for step in ((1, 0), (0, 1), (1, 1), (1, 2), (2, 1))
                if (after := best.get((mine + step[0], other + step[1])))
                and (gain := _gain(step, mine, other, (olds, news), pairs)) is not None
            ]
            if options:
                best[mine, other] = max(options, key=lambda option: option[0])
    steps, at = [], (0, 0)
    while (step := best[at][1]) is not None:
        steps.append(step)
        at = (at[0] + step[0], at[1] + step[1])
    return steps


def _band(mine, olds, news, most):
    """Places in the new run that the old place ``mine`` is compared with: ``most`` to each side."""
    centre = mine * news // olds if olds else 0
    width = max(most, news // max(olds, 1) + 1, 2)
    if not olds:
        width = news
    return range(max(0, centre - width), min(news, centre + width) + 1)


def _gain(step, mine, other, singles, pairs):
    """What a step adds to the likeness of the whole; None where it would pair the unlike."""
    if 0 in step:
        return 0.0
    olds = (singles if step[0] == 1 else pairs)[0]
    news = (singles if step[1] == 1 else pairs)[1]
    like = likeness(olds[mine], news[other])
    if step == (1, 1):
        return like if like >= ALIKE else None
    return like - _PLAIN if like >= _WHOLE else None
