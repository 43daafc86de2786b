"""Where a title may break: between words, as its readers know them.

The model of BudouX cuts a text into words; a list of the trade's words and a few rules mend where
it errs.
"""

import re
from functools import cache
from pathlib import Path

from budoux import load_default_simplified_chinese_parser

#: Words that no line breaks, one to a line of the file; longer ones may hold shorter ones.
TRADE_WORDS = Path(__file__).with_name("trade_words.txt")
#: Marks before which, and after which, no line breaks. The left half of a wide one is white.
CLOSING = "，。、；：？！·…—～”’）》】〉」』％%℃,.;:?!)]}"
OPENING_WIDE = "“‘（《【〈「『"
OPENING = OPENING_WIDE + "([{第"
#: A number with its unit, or a date.
_COUNTED = re.compile(r"\d[\d,.]*(?:年(?:\d+月(?:\d+[日号])?)?|月(?:\d+[日号])?|[^\W\d_])?")
_model = load_default_simplified_chinese_parser()


@cache
def trade_words() -> frozenset[str]:
    return frozenset(TRADE_WORDS.read_text("utf-8").split())


def words(text: str) -> list[str]:
    """``text`` cut where it may break."""
    ends, place = set(), 0
    for part in _model.parse(text):
        place += len(part)
        ends.add(place)
    known = list(_known(text))
    ends.update(place for span in known for place in span)
    for start, end in (*known, *(found.span() for found in _COUNTED.finditer(text))):
        ends.difference_update(range(start + 1, end))
    ends = [
        end for end in sorted(ends) if 0 < end < len(text) and not _belong(*text[end - 1 :][:2])
    ]
    pieces = [text[start:end] for start, end in zip([0, *ends], [*ends, len(text)], strict=True)]
    return _joined(pieces)


def _known(text):
    """Start and end of known words in a text; of two at one place the longer one."""
    listed, place = trade_words(), 0
    longest = max(map(len, listed))
    while place < len(text):
        sizes = range(longest, 1, -1)
        size = next((size for size in sizes if text[place : place + size] in listed), 0)
        if size:
            yield place, min(place + size, len(text))
        place += size or 1


def _belong(before, after):
    """Whether no line breaks between two characters, whatever the words."""
    return after in CLOSING or before in OPENING or (before + after).isascii()


def _joined(pieces):
    """A lone character joins what is beside it: 苏|建设 is a name, 二|七 a place."""
    joined = []
    for piece in pieces:
        if joined and (_is_lone(piece) or _is_lone(joined[-1])):
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined


def _is_lone(piece):
    return len(piece.strip(CLOSING + OPENING)) == 1
