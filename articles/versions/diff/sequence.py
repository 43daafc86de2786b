"""How the items of one sequence became those of another."""

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from itertools import accumulate, chain
from operator import add

#: Likeness from which two texts are taken for one that was changed; unlike Chinese texts have 0.1.
ALIKE = 0.3
#: Characters, above which texts are not searched for those that read alike; and times that what
#: two of them share is looked up: beyond, what most of them have is left out.
_MOST, _LOOKUPS = 60_000, 300_000

#: Old places by the new places of the same items.
Pairs = dict[int, int]


@dataclass
class Budget:
    """Steps that a comparison may still take, each some 100 ns."""

    left: int = 150_000


class Matcher(SequenceMatcher):
    """Finds no more matches than a budget allows: difflib's worst case grows with the cube."""

    def __init__(self, old: Sequence[Hashable], new: Sequence[Hashable], budget: Budget):
        super().__init__(None, old, new, autojunk=False)
        self.budget = budget
        budget.left -= len(old) + len(new)
        self.steps = [0, *accumulate(1 + len(self.b2j.get(item, ())) for item in old)]

    def find_longest_match(self, alo=0, ahi=None, blo=0, bhi=None):
        steps = self.steps[ahi] - self.steps[alo]
        if steps > self.budget.left:
            return Match(alo, blo, 0)
        self.budget.left -= steps
        return super().find_longest_match(alo, ahi, blo, bhi)


def _bigrams(text):
    """Neighbours in a text, its margins included."""
    framed = f"\0{text}\0" if text else ""
    return set(map(add, framed, framed[1:]))


def likeness(one: str, other: str) -> float:
    """How much two texts share, 0 to 1 (Dice's coefficient of their pairs of neighbours)."""
    return _dice(_bigrams(one), _bigrams(other))


def _dice(one, other):
    return 2 * len(one & other) / (len(one) + len(other) or 1)


def pair_equal(pairs: Pairs, olds: Iterable[Hashable], news: Iterable[Hashable]) -> None:
    """Pair what is equal and has no partner yet, the first with the first; never what is false."""
    taken, waiting = set(pairs.values()), defaultdict(deque)
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
    """Pair old and new places, where neither has a partner yet and they ``may_be`` a pair."""
    taken = set(pairs.values())
    for old, new in found:
        if new not in pairs and old not in taken and may_be(old, new):
            pairs[new] = old
            taken.add(old)


def alike(pairs: Pairs, olds: Sequence[str], news: Sequence[str]) -> list[tuple[float, int, int]]:
    """Likeness, old and new place of texts that read alike and have no partner, likest first."""
    taken = set(pairs.values())
    mine = {at: text for at, text in enumerate(olds) if text and at not in taken}
    others = {at: text for at, text in enumerate(news) if text and at not in pairs}
    if sum(map(len, chain(mine.values(), others.values()))) > _MOST:
        return []
    mine, others = ({at: _bigrams(text) for at, text in side.items()} for side in (mine, others))
    holders = defaultdict(list)
    for old, held in mine.items():
        for bigram in held:
            holders[bigram].append(old)
    most = _LOOKUPS // (sum(map(len, others.values())) or 1)
    holders = {bigram: places for bigram, places in holders.items() if len(places) <= most}
    found = []
    for new, held in others.items():
        shared = chain.from_iterable(holders[bigram] for bigram in held if bigram in holders)
        found += ((_dice(mine[old], held), old, new) for old in set(shared))
    found = (one for one in found if one[0] >= ALIKE)
    return sorted(found, key=lambda one: (-one[0], abs(one[1] - one[2])))


def moved(pairs: Pairs) -> set[int]:
    """New places of the fewest items whose moving explains the new order."""
    # The longest run of rising old places stayed: for each length, the one that ends lowest.
    ends, places, before = [], [], {}
    for new in sorted(pairs):
        at = bisect_left(ends, pairs[new])
        ends[at : at + 1], places[at : at + 1] = [pairs[new]], [new]
        before[new] = places[at - 1] if at else None
    stayed, new = set(), places[-1] if places else None
    while new is not None:
        stayed.add(new)
        new = before[new]
    return set(pairs) - stayed


def in_order(pairs: Pairs, olds: int, news: int) -> list[tuple[int | None, int | None]]:
    """Old and new places in the new order; what went stands where it stood."""
    new_of = {old: new for new, old in pairs.items()}
    placed, after = [((new, 0), (pairs.get(new), new)) for new in range(news)], -1
    for old in range(olds):
        after = new_of.get(old, after)
        if old not in new_of:
            placed.append(((after, 1), (old, None)))
    return [places for _key, places in sorted(placed, key=lambda one: one[0])]
