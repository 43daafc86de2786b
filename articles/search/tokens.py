"""Tokens of the index: each two neighbouring characters of a folded text.

A text that has a word has all its tokens, whatever it is written in: the index finds all texts that
may have it, and a look at these finds those that do. Tokens are made of [0-9a-z], so that no
database reads anything into them.
"""

import re
from functools import cache
from itertools import pairwise
from string import ascii_lowercase, digits

_DIGITS = digits + ascii_lowercase
#: Pairs of these are in most texts (the 20 of 2021), so that three in a row are a token too.
_LATIN = re.compile(r"[0-9a-z]{3,}")


@cache
def _code(sign: str) -> str:
    """Four digits for a character."""
    code, rest = "", ord(sign)
    for _place in range(4):
        rest, digit = divmod(rest, len(_DIGITS))
        code = _DIGITS[digit] + code
    return code


def tokens(text: str) -> set[str]:
    """Tokens of a folded document, whose lines all end in BREAK, or of a folded word."""
    codes = list(map(_code, text))
    found = {first + second for first, second in pairwise(codes)}
    for run in _LATIN.finditer(text):
        found.update("".join(codes[at : at + 3]) for at in range(run.start(), run.end() - 2))
    return found


def in_headlines(found: set[str]) -> set[str]:
    """Tokens of what is in the headlines of a document: no other token begins so."""
    return {"z" + token for token in found}


def tokens_of_word(word: str) -> set[str]:
    """Tokens that each text with a folded ``word`` has; of one character, how its tokens begin."""
    return tokens(word) if len(word) > 1 else {f"{_code(word)}*"}
