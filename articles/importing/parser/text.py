"""The characters of a page: forms that count as one, and texts put together from several places."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from people.shared.characters import DOTS

#: White space, and marks without width that stand for none.
WHITE = "\\s\ufeff\u200b\u2060\xad"
_WHITE = re.compile(f"[{WHITE}]+")
#: Each of these forms is one character, so that places in a text stay what they are.
_WIDE = {0xFF01 + code: 0x21 + code for code in range(94)}
#: Marks that stand before a byline or an item: one for all. Triangles point at a picture.
_BULLETS = [code for code in range(0x25A0, 0x2700) if chr(code) not in "▲△▶▷►▼▽◀◁"]
FOLDED = {
    **dict.fromkeys(_BULLETS, "●"),
    **_WIDE,
    **dict.fromkeys(map(ord, "\u3000\xa0\t\ufeff\u200b\u2060\xad"), " "),
    **str.maketrans("﹐﹑｡〔〕〖〗﹝﹞「」『』丨│┃︱‖", ",、。[][][]“”‘’|||||"),
    **str.maketrans("【】［］", "[][]"),
    **dict.fromkeys(map(ord, DOTS), DOTS[0]),
}
#: The word 和 that joins, not the one of 和平, 祥和.
AND = "(?<![祥泰仁共谦永义太致])和(?![平谐睦美顺])"
_OPENING, _CLOSING = "“‘([《<{", "”’)]》>}"


class Span(NamedTuple):
    """Start and end of a passage in the text that was parsed."""

    start: int
    end: int

    def holds(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end


def without_space(text: str) -> str:
    """What is left of ``text`` without white space: what no parse may lose."""
    return _WHITE.sub("", text)


class Flow:
    """Text of one paragraph, put together from passages of the page."""

    def __init__(self, page: str, passages: Iterable[Span]):
        self.page = page
        self.passages = [passage for passage in passages if passage.start < passage.end]
        self.text = "".join(page[start:end] for start, end in self.passages)
        sizes = (end - start for start, end in self.passages)
        self._starts = list(accumulate(sizes, initial=0))

    @classmethod
    def of(cls, page: str) -> "Flow":
        return cls(page, [Span(0, len(page))])

    @cached_property
    def folded(self) -> str:
        """The text with one form for each mark, letter and digit."""
        return self.text.translate(FOLDED)

    def __len__(self) -> int:
        return len(self.text)

    def at(self, place: int) -> int:
        """Where on the page the character at ``place`` stands."""
        index = min(bisect_right(self._starts, place), len(self.passages)) - 1
        return self.passages[index].start + place - self._starts[index]

    def span(self, start: int, end: int) -> Span:
        return (
            Span(self.at(start), self.at(end - 1) + 1)
            if end > start
            else Span(*[self.at(start)] * 2)
        )

    def unbroken(self) -> Iterator["Flow"]:
        """The flow in parts between which the page has more than white space."""
        part: list[Span] = []
        for passage in self.passages:
            if part and without_space(self.page[part[-1].end : passage.start]):
                yield Flow(self.page, part)
                part = []
            part.append(passage)
        if part:
            yield Flow(self.page, part)

    def cut(self, start: int, end: int) -> "Flow":
        """The part from ``start`` to ``end``, without white space at its ends."""
        kept = self.folded[start:end]
        end = start + len(kept.rstrip())
        start += len(kept) - len(kept.lstrip())
        passages = []
        for at, passage in zip(self._starts, self.passages, strict=False):
            first, last = max(start, at), min(end, at + passage.end - passage.start)
            if first < last:
                passages.append(Span(passage.start + first - at, passage.start + last - at))
        return Flow(self.page, passages)


def split(text: str, start: int, end: int, marks: str) -> Iterator[Span]:
    """Parts of ``text`` between ``marks`` that stand outside quotation marks and brackets.

    Takes one look at each character; an opening mark that nothing closes opens nothing.
    """
    unclosed = _unclosed(text, start, end)
    depth, part = 0, start
    for place in range(start, end):
        sign = text[place]
        if sign in _OPENING and place not in unclosed:
            depth += 1
        elif sign in _CLOSING and depth:
            depth -= 1
        elif sign in marks and not depth:
            yield Span(part, place)
            part = place + 1
    yield Span(part, end)


def _unclosed(text, start, end) -> set[int]:
    """Places of opening marks without a closing one of their kind."""
    open_at: dict[str, list[int]] = {sign: [] for sign in _CLOSING}
    for place in range(start, end):
        sign = text[place]
        if sign in _OPENING:
            open_at[_CLOSING[_OPENING.index(sign)]].append(place)
        elif open_at.get(sign):
            open_at[sign].pop()
    return {place for places in open_at.values() for place in places}
