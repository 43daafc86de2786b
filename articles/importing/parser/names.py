"""Where a name of a person begins and ends in running text."""

import re
from typing import NamedTuple

from articles.importing.parser.predicates import FOLLOWING, NO_NAME, WEAKLY_FOLLOWING
from articles.importing.parser.words import listed
from people.names import surname_at
from people.shared.characters import HAN
from people.shared.surnames import COMPOUND

#: A transcribed name: parts with middle dots.
_TRANSCRIBED = re.compile(rf"{HAN}{{1,8}}(?:·{HAN}{{1,10}}){{1,4}}")
_LAST_PART = 8
#: A word that can only follow a name makes its end sure.
_SURE = 0.9
_MARK = 0.95
#: 王先生 hides a name.
_ADDRESSES = frozenset(listed("address"))
#: A verb, as its particle tells: 骑着, 作了.
_VERB = re.compile(rf"[紧正都又还便就忙直常仍也]{HAN}[着了过]|{HAN}[着了过]|{HAN}{{2}}[着了过]")
#: An adverb before it makes it sure.
_ADVERBS = frozenset("紧正都又还便就忙直常仍也")
_HAN = re.compile(HAN)
_ITEM = re.compile(rf"{HAN}{{2,5}}(?<![局委办部院府会处科室社站厂队组镇乡村街县区市])(?=[、,。])")
_LONG = re.compile(rf"{HAN}{{4,6}}(?=[,。、;])")
#: Characters that no given name has.
NOT_GIVEN = frozenset(
    "的地了是在与及等到说将把被让对从就也还又要会不没这那此该各每某第且但则因所们么吗呢吧啊之者很最更"
    "部院组队区县镇局厅委员名位个只件种次两几第"
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
        and given not in _ADDRESSES
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
        sure = _after(folded, end)
        if sure < _MARK and name[:2] in NO_NAME:
            continue  # 高度重视
        sure = 1.0 if sure and name in known else sure
        if name[0] in WORDLIKE and name[:2] not in COMPOUND and sure < _SURE:
            continue
        # Of two likely ends the later counts, of two sure ones the first.
        later = best and sure == best.sure < _SURE and folded[end - 1] != "和"
        if sure and (best is None or sure > best.sure or later):
            best = Name(place, end, sure)
    return best


def item_at(folded: str, place: int) -> Name | None:
    """A name in a list that has the form of none we know: 乌兰、巴特尔."""
    found = _ITEM.match(folded, place)
    if not found or found[0] in NO_NAME or FOLLOWING.search(found[0]):
        return None
    return Name(place, found.end(), 0.55)


def _transcribed(folded, place, end):
    """The last part ends where the text goes on well, or else with its run of characters."""
    start = folded.rindex("·", place, end) + 1
    ends = range(start + 2, min(end, start + _LAST_PART) + 1)
    last = next((at for at in ends if _after(folded, at) >= _SURE), end)
    return Name(place, last, 0.9)


def guess_at(folded: str, place: int, story: str) -> Name | None:
    """A name after a title though nothing known follows: as the story spells it elsewhere.

    Four to six characters up to the next mark are one of another people: 那顺巴雅尔.
    """
    long = _LONG.match(folded, place)
    if (
        long
        and surname_at(folded, place)
        and long[0][:2] not in NO_NAME
        and not FOLLOWING.search(long[0])
    ):
        return Name(place, long.end(), 0.5)
    options = [
        end
        for end in (place + 3, place + 2)
        if is_name(folded[place:end])
        and folded[place] not in WORDLIKE
        and folded[place : place + 2] not in NO_NAME
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
        return _MARK
    if FOLLOWING.match(folded, end):
        return _SURE
    verb = _VERB.match(folded, end)
    if verb:
        return _SURE if verb[0][0] in _ADVERBS else 0.85 if len(verb[0]) == 2 else 0.7  # noqa: PLR2004
    return 0.6 if folded[end] in WEAKLY_FOLLOWING else 0.0
