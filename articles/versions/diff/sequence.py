"""Matching of the items of two sequences, for texts, paragraphs and rows."""

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from itertools import accumulate, chain
from operator import add

#: Likeness from which two texts count as versions of one. Unrelated Chinese texts have some 0.1.
ALIKE = 0.3
#: Characters in all texts above which ``alike`` finds nothing.
_MOST = 60_000
#: Look-ups that ``alike`` may make; to keep to them it leaves out the most common bigrams.
_LOOKUPS = 300_000

#: Index of each matched item in the new sequence, to its index in the old one.
Pairs = dict[int, int]


@dataclass
class Budget:
    """Number of steps that a comparison may still take; a step takes some 100 ns."""

    left: int = 150_000


class Matcher(SequenceMatcher):
    """Stops matching when its budget is used up; difflib takes cubic time in the worst case."""

    #: Indexes of each item in the new sequence; difflib's, documented but not in typeshed.
    b2j: dict[Hashable, list[int]]

    def __init__(self, old: Sequence[Hashable], new: Sequence[Hashable], budget: Budget):
        super().__init__(None, old, new, autojunk=False)
        self.budget = budget
        budget.left -= len(old) + len(new)
        self.steps = [0, *accumulate(1 + len(self.b2j.get(item, ())) for item in old)]

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> Match:
        steps = self.steps[-1 if ahi is None else ahi] - self.steps[alo]
        if steps > self.budget.left:
            return Match(alo, blo, 0)
        self.budget.left -= steps
        return super().find_longest_match(alo, ahi, blo, bhi)


def _bigrams(text: str) -> set[str]:
    """Pairs of neighbouring characters, with a mark at both ends of the text."""
    framed = f"\0{text}\0" if text else ""
    return set(map(add, framed, framed[1:]))


def likeness(one: str, other: str) -> float:
    """Similarity of two texts from 0 to 1: Dice's coefficient of their bigrams."""
    return _dice(_bigrams(one), _bigrams(other))


def _dice(one: set[str], other: set[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other) or 1)


def pair_equal(pairs: Pairs, olds: Iterable[Hashable], news: Iterable[Hashable]) -> None:
    """Pair equal items without a partner, in their order; false ones such as "" never match."""
    taken = set(pairs.values())
    waiting: defaultdict[Hashable, deque[int]] = defaultdict(deque)
    for at, item in enumerate(olds):
        if item and at not in taken:
            waiting[item].append(at)
    for at, item in enumerate(news):
        if at not in pairs and waiting.get(item):
            pairs[at] = waiting[item].popleft()


def pair_free(
    pairs: Pairs,
    found: Iterable[tuple[int, int]],
    may_be: Callable[[int, int], bool] = lambda _old, _new: True,
) -> None:
    """Pair indexes of old and new items, unless one has a partner or ``may_be`` says no."""
    taken = set(pairs.values())
    for old, new in found:
        if new not in pairs and old not in taken and may_be(old, new):
            pairs[new] = old
            taken.add(old)


def alike(pairs: Pairs, olds: Sequence[str], news: Sequence[str]) -> list[tuple[float, int, int]]:
    """Likeness, old and new index of similar texts without a partner, the most similar first."""
    taken = set(pairs.values())
    free_olds = {at: text for at, text in enumerate(olds) if text and at not in taken}
    free_news = {at: text for at, text in enumerate(news) if text and at not in pairs}
    if sum(map(len, chain(free_olds.values(), free_news.values()))) > _MOST:
        return []
    old_bigrams, new_bigrams = (
        {at: _bigrams(text) for at, text in side.items()} for side in (free_olds, free_news)
    )
    holders = defaultdict(list)
    for old, held in old_bigrams.items():
        for bigram in held:
            holders[bigram].append(old)
    most = _LOOKUPS // (sum(map(len, new_bigrams.values())) or 1)
    rare = {bigram: places for bigram, places in holders.items() if len(places) <= most}
    found = []
    for new, held in new_bigrams.items():
        shared = chain.from_iterable(rare[bigram] for bigram in held if bigram in rare)
        found += [(_dice(old_bigrams[old], held), old, new) for old in set(shared)]
    similar = (one for one in found if one[0] >= ALIKE)
    return sorted(similar, key=lambda one: (-one[0], abs(one[1] - one[2])))


def moved(pairs: Pairs) -> set[int]:
    """New indexes of the smallest set of items whose moving explains the new order."""
    # All others are a longest increasing subsequence of the old indexes. ``ends`` holds the lowest
    # last old index of such a sequence of each length, ``places`` its new index.
    ends: list[int] = []
    places: list[int] = []
    before: dict[int, int | None] = {}
    for new in sorted(pairs):
        at = bisect_left(ends, pairs[new])
        ends[at : at + 1], places[at : at + 1] = [pairs[new]], [new]
        before[new] = places[at - 1] if at else None
    stayed = set()
    last = places[-1] if places else None
    while last is not None:
        stayed.add(last)
        last = before[last]
    return set(pairs) - stayed


def in_order(pairs: Pairs, olds: int, news: int) -> list[tuple[int | None, int | None]]:
    """Old and new index of each item in the new order, removed ones after their old neighbour.

    ``olds`` and ``news`` are the lengths of the sequences. An item has None where it is not.
    """
    new_of = {old: new for new, old in pairs.items()}
    # Each with its sort key: a new index, and 1 for what was removed after it.
    placed: list[tuple[tuple[int, int], tuple[int | None, int | None]]]
    placed = [((new, 0), (pairs.get(new), new)) for new in range(news)]
    after = -1
    for old in range(olds):
        after = new_of.get(old, after)
        if old not in new_of:
            placed.append(((after, 1), (old, None)))
    return [places for _key, places in sorted(placed, key=lambda one: one[0])]
