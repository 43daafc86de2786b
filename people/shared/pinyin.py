"""Pinyin of Chinese text, and the ASCII slugs made from it."""

import re
from collections.abc import Container

from people.shared.characters import searchable

SLUG_LENGTH = 60

# Text between Chinese characters is kept, word by word.
_WORDS = re.compile(r"\w+")

# Place names of the province that the library reads wrongly.
_PLACES = {
    "长葛": "chang ge",
    "长垣": "chang yuan",
    "中牟": "zhong mu",
    "荥阳": "xing yang",
    "浚县": "xun xian",
    "武陟": "wu zhi",
    "睢县": "sui xian",
    "柘城": "zhe cheng",
    "郏县": "jia xian",
    "泌阳": "bi yang",
    "渑池": "mian chi",
    "鄢陵": "yan ling",
}


def syllables_of(text: str) -> list[str]:
    """Pinyin of ``text``, one syllable for each Chinese character."""
    # The library takes 55 MB of memory: processes that only serve pages never load it.
    from pypinyin import lazy_pinyin  # noqa: PLC0415

    for place, reading in _PLACES.items():
        if place in text:
            before, after = text.split(place, 1)
            return [*syllables_of(before), *reading.split(), *syllables_of(after)]
    return lazy_pinyin(text, errors=_WORDS.findall)  # type: ignore[arg-type]  # a list is fine


def slug_of(syllables: list[str], length: int = SLUG_LENGTH) -> str:
    """Slug of as many whole syllables as fit into ``length`` characters."""
    # Imported here, so that the names of people can be read where Django is not.
    from django.utils.text import slugify  # noqa: PLC0415

    slug = ""
    for syllable in syllables:
        word = slugify(syllable)
        longer = f"{slug}-{word}" if slug and word else slug + word
        if len(longer) > length:
            # A first word that is too long is cut: any slug is better than none.
            return slug or word[:length]
        slug = longer
    return slug


def text_slug(text: str, length: int = SLUG_LENGTH) -> str:
    """Slug of a title or phrase; ``x`` where no part of it can be read."""
    return slug_of(syllables_of(searchable(text)), length) or "x"


def free_slug(base: str, taken: Container[str]) -> str:
    """First of ``base``, ``base-2``, ``base-3`` … that is not in ``taken``."""
    slug, number = base, 1
    while slug in taken:
        number += 1
        tail = f"-{number}"
        slug = base[: SLUG_LENGTH - len(tail)].rstrip("-") + tail
    return slug
