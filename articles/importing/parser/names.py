"""Where a name of a person begins and ends in running text."""

import re
from typing import NamedTuple

from articles.importing.parser.predicates import FOLLOWING, NO_NAME, WEAKLY_FOLLOWING
from articles.importing.parser.text import HAN
from people.names import surname_at
from people.shared.surnames import COMPOUND

#: A transcribed name: parts with middle dots.
_TRANSCRIBED = re.compile(rf"{HAN}{{1,8}}(?:·{HAN}{{1,10}}){{1,4}}")
_LAST_PART = 8
#: A word that can only follow a name makes its end sure.
_SURE = 0.9
_HAN = re.compile(HAN)
#: Characters that no given name has.
NOT_GIVEN = frozenset(
    "的地了是在与及等到说将把被让向对从就也都还又要会不没这那此该各每某第且但则因所们么吗呢吧啊之者很最更"
    "区县镇局厅委员名位个只件种次两几第"
)
#: Marks beside which a name ends.
ENDS = frozenset(" 、,;:。!?…—()[]“”‘’《》<>/|\"'.~·\n")
#: Surnames that are everyday words: a name with one needs a mark behind it.
WORDLIKE = frozenset("和向从干班都能同经法老更可来过员区重种空相有国但保连后么初上下化信随通由")


class Name(NamedTuple):
    """A name in a text; ``sure`` from 0 to 1."""

    start: int
    end: int
    sure: float


def is_name(text: str) -> bool:
    """Whether ``text`` as a whole has the form of a Chinese name."""
    if _TRANSCRIBED.fullmatch(text):
        return True
    surname = surname_at(text)
    given = text[len(surname) :]
    return bool(
        surname
        and 1 <= len(given) <= 2  # noqa: PLR2004
        and all(map(_HAN.match, given))
        and not NOT_GIVEN.intersection(given)
        and text not in NO_NAME
        and text[:2] not in NO_NAME
    )


def name_at(folded: str, place: int, *, known: frozenset[str] = frozenset()) -> Name | None:
    """The name that begins at ``place``: the length after which the text goes on best.

    A name of two characters padded to three (兰　海) is one too.
    """
    transcribed = _TRANSCRIBED.match(folded, place)
    if transcribed:
        return _transcribed(folded, place, transcribed.end())
    best = None
    for end in _ends(folded, place):
        name = folded[place:end].replace(" ", "")
        if not is_name(name):
            continue
        sure = 1.0 if name in known and _after(folded, end) else _after(folded, end)
        if name[0] in WORDLIKE and name[:2] not in COMPOUND and sure < _SURE:
            continue
        # Of two likely ends the later counts, of two sure ones the first.
        if sure and (best is None or sure > best.sure or sure == best.sure < _SURE):
            best = Name(place, end, sure)
    return best


def _transcribed(folded, place, end):
    """The last part ends where the text goes on well, or else with its run of characters."""
    start = folded.rindex("·", place, end) + 1
    ends = range(start + 2, min(end, start + _LAST_PART) + 1)
    last = next((at for at in ends if _after(folded, at) >= _SURE), end)
    return Name(place, last, 0.9)


def guess_at(folded: str, place: int, story: str) -> Name | None:
    """A name after a title though nothing known follows: as the story spells it elsewhere."""
    options = [
        end
        for end in (place + 3, place + 2)
        if is_name(folded[place:end]) and folded[place] not in WORDLIKE
    ]
    for end in options:
        if story.count(folded[place:end]) > 1:
            return Name(place, end, 0.7)
    return Name(place, options[0], 0.5) if options else None


def _ends(folded, place):
    """Ends of what may be a name from ``place`` on, shortest first."""
    size = len(surname_at(folded, place))
    if not size:
        return
    spaced = re.compile(rf"{HAN}[ ]{{1,2}}{HAN}(?!{HAN})").match(folded, place)
    if spaced and size == 1:
        yield spaced.end()
        return
    yield from (place + size + 1, place + size + 2)


def _after(folded, end) -> float:
    """How surely a name that ends at ``end`` ends there."""
    if end > len(folded):
        return 0.0
    if end == len(folded) or folded[end] in ENDS:
        return 0.95
    if FOLLOWING.match(folded, end):
        return _SURE
    return 0.6 if folded[end] in WEAKLY_FOLLOWING else 0.0
