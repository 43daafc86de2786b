"""Words of the trade, from ``words.txt`` beside this file."""

import re
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_suffix(".txt")


@cache
def _sections() -> dict[str, list[str]]:
    parts = re.split(r"^\[([^\]]+)\].*\n", _FILE.read_text("utf-8"), flags=re.MULTILINE)
    return {name: listed.split() for name, listed in zip(parts[1::2], parts[2::2], strict=True)}


def listed(*sections: str) -> list[str]:
    """Words of some sections, the longest first: a pattern tries them in that order."""
    words = {word for section in sections for word in _sections()[section]}
    return sorted(words, key=lambda word: (-len(word), word))


def any_of(*sections: str, without: str = "") -> str:
    """Pattern that matches one word of some sections, leaving out those listed in ``without``."""
    left_out = without.split()
    return "|".join(word for word in listed(*sections) if word not in left_out)


def padded(*sections: str) -> str:
    """``any_of`` words that may be padded with spaces: 编 辑."""
    return "|".join(" {0,6}".join(word) for word in listed(*sections))
