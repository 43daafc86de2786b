"""What a reader types into a search box, as words that a text must have or must not have."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from articles.search.folding import fold

#: Limits of what is typed. A word is looked up in each text that may have it.
MOST_WORDS, MOST_LETTERS = 10, 100

_QUOTES = '"“”„‟＂'
_PART = re.compile(rf"([-－]?)(?:[{_QUOTES}]([^{_QUOTES}]*)[{_QUOTES}]?|([^\s{_QUOTES}]+))")


class BadQuery(ValueError):
    """Nothing can be searched for; the message says why, for the person who typed."""


@dataclass(frozen=True)
class Query:
    """Folded words: a text is found that has each of ``words`` and none of ``without``.

    Whatever stands between blanks or quotes is one word, and means its characters.
    """

    words: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words)


def parse(typed: str) -> Query:
    """Read ``typed``: words, "phrases" and -words to leave out. BadQuery where it is too long.

    Without a word to look for the query is false, and finds nothing.
    """
    if len(" ".join(typed.split())) > MOST_LETTERS:
        raise BadQuery(_too_long())
    parts: dict[bool, dict[str, None]] = {True: {}, False: {}}
    for minus, phrase, word in _PART.findall(typed):
        if folded := fold(phrase or word).replace("\n", ""):
            parts[not minus][folded] = None
    if len(parts[True]) + len(parts[False]) > MOST_WORDS:
        raise BadQuery(_too_long())
    return Query(tuple(parts[True]), tuple(parts[False]))


def _too_long() -> str:
    limits = {"words": MOST_WORDS, "letters": MOST_LETTERS}
    return _("一次最多查找%(words)d个词、%(letters)d个字，请删去一些再查。") % limits
