"""Chinese names: form for comparison, pinyin, initials, slugs; and whether two titles agree."""

import re
import unicodedata
from collections.abc import Iterable

from people.shared.characters import DOTS, HAN, searchable, with_dots
from people.shared.pinyin import slug_of, syllables_of
from people.shared.surnames import COMPOUND, READINGS, SINGLE

# Spaces inside short names (``兰　海``), dots of transcribed ones: names do not differ by them.
_SPACING = re.compile(rf"[\s.{DOTS}]+")

# No name of a person: five Chinese characters without a middle dot, or a word such as 领导.
_PHRASE = re.compile(rf"(?!.*[{DOTS}]).*{HAN}{{5}}|.*(?:领导|负责人)$")

_BETWEEN = re.compile(r"[、,，;；兼\s]+")
# Titles that fit the holder of any post: 区领导, 主要负责同志.
_GENERIC = re.compile(r".*(?:领导|负责人|同志)$")
# Prefixes that make a title another one: 副区长 is not 区长.
_PREFIXES = tuple("副原前代")


def fold(name: str) -> str:
    """``name`` as it is compared: NFKC, case-folded, without spaces and dots."""
    return _SPACING.sub("", searchable(name)).casefold()


def folded_names(name: str, aliases: str = "") -> set[str]:
    """All names of a person, folded; ``aliases`` has one on each line."""
    return set(filter(None, map(fold, [name, *aliases.splitlines()])))


def names_in(text: str, known: Iterable[str]) -> list[str]:
    """Those of the ``known`` names that occur in ``text``, in its order; all are folded.

    The longest name at a position counts: 王伟民 is no occurrence of 王伟 where both are known.
    """
    longest_first = sorted(filter(None, known), key=len, reverse=True)
    found = re.findall("|".join(map(re.escape, longest_first)), text) if longest_first else []
    return list(dict.fromkeys(found))


def surname_at(text: str, place: int = 0) -> str:
    """The surname that ``text`` has at ``place``, a compound one before its first character."""
    if text[place : place + 2] in COMPOUND:
        return text[place : place + 2]
    return text[place : place + 1] if text[place : place + 1] in SINGLE else ""


def is_phrase(name: str) -> bool:
    """Whether this clearly is a phrase such as ``区委主要领导`` and not a person's name."""
    return bool(_PHRASE.match("".join(searchable(with_dots(name)).split())))


def _name_syllables(name: str) -> list[str]:
    folded = fold(name)
    for surname in sorted(READINGS, key=len, reverse=True):
        if folded.startswith(surname):
            return [*READINGS[surname].split(), *syllables_of(folded[len(surname) :])]
    # The surname alone: together with the given name the library might take it for a word.
    return (
        [*syllables_of(folded[:1]), *syllables_of(folded[1:])]
        if re.match(HAN, folded)
        else syllables_of(folded)
    )


def pinyin(name: str) -> str:
    """Pinyin of a person's name, by syllable: ``苏建设`` is ``su jian she``."""
    return " ".join(_name_syllables(name))


def initials(name: str) -> str:
    """First letters of the pinyin: ``苏建设`` is ``sjs``."""
    return first_letters(pinyin(name))


def reading(typed: str) -> str:
    """Normalise typed pinyin: ``Kàn Zhì-qiáng`` is stored as ``kan zhi qiang``."""
    plain = unicodedata.normalize("NFD", typed.lower()).replace("u\u0308", "v")
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(re.split(r"[\s'’‘·-]+", plain.strip()))


def lacks_spaces(typed: str, name: str) -> bool:
    """Whether typed pinyin has fewer words than the name has Chinese characters."""
    return len(reading(typed).split()) < len(re.findall(HAN, fold(name)))


def first_letters(pinyin: str) -> str:
    return "".join(syllable[0] for syllable in pinyin.split())


def name_slug(name: str) -> str:
    """Slug of a person: ``苏建设`` is ``su-jian-she``; ``x`` where no part can be read."""
    return slug_of(_name_syllables(name)) or "x"


def titles_agree(printed: str, held: list[str]) -> bool:
    """Whether the printed title may belong to someone who held the posts titled ``held``.

    One match among several titles is enough, with or without the organisation: 二七区区长 is 区长.
    """
    items = [fold(item) for item in _BETWEEN.split(printed) if fold(item)]
    posts = [fold(title) for title in held if fold(title)]
    if not items or _GENERIC.match(items[-1]):
        return True
    return any(_is_same_title(item, post) for item in items for post in posts)


def _is_same_title(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    before = longer.removesuffix(shorter)
    return longer.endswith(shorter) and not before.endswith(_PREFIXES)
