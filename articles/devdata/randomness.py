"""Chance: Zipf's law, and readings of invented texts."""

import re
from functools import cache
from itertools import accumulate

from people.shared.pinyin import SLUG_LENGTH, text_slug

_READABLE = re.compile(r"[一-鿿]|[0-9A-Za-z]+")


class Zipf:
    """Draws from ``items``, the n-th of them with a weight of ``1 / n ** exponent``."""

    def __init__(self, items, exponent=1.0):
        """Weigh the items once."""
        self.items = items
        self.weights = list(accumulate(1 / n**exponent for n in range(1, len(items) + 1)))

    def draw(self, rng, count) -> list:
        """``count`` items; the same may come again."""
        return rng.choices(self.items, cum_weights=self.weights, k=count)

    def one(self, rng):
        """One item."""
        return self.draw(rng, 1)[0]

    def distinct(self, rng, count) -> list:
        """``count`` different items, or all where there are no more."""
        count, drawn = min(count, len(self.items)), {}
        while len(drawn) < count:
            places = rng.choices(
                range(len(self.items)), cum_weights=self.weights, k=count - len(drawn)
            )
            drawn |= dict.fromkeys(places)
        return [self.items[place] for place in drawn]


def chance(rng, share: float) -> bool:
    """True in ``share`` of all cases."""
    return rng.random() < share


@cache
def _reading(character):
    return text_slug(character)


def address(text: str, tail: str, before: str = "") -> str:
    """Slug of ``text`` that ends in ``tail``, which makes it the only one; ``before`` heads it.

    Read character by character, which spares the library's search for words: it takes longer than
    all the rest of a story.
    """
    base = before + "-".join(map(_reading, _READABLE.findall(text)))
    return base[: SLUG_LENGTH - len(tail)].rstrip("-") + tail
