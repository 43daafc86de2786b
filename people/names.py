"""Chinese names: folding for comparison, pinyin, initials, ASCII slugs."""

import re
import unicodedata

from django.utils.text import slugify

from people.characters import DOTS, searchable

SLUG_LENGTH = 60

# What is no Chinese character is read word by word.
_WORDS = re.compile(r"\w+")

# Spaces inside short names and the several middle dots of transcribed ones; none tells names apart.
_SPACING = re.compile(rf"[\s.{DOTS}]+")
_HAN = "[\u3400-\u9fff\U00020000-\U0003ffff]"
# Such a dot, or between Chinese characters a full stop in its place.
_DOT = re.compile(rf"[{DOTS}]|(?<={_HAN})[.．﹒](?={_HAN})")

# What nobody is called: five characters in a row without a middle dot, or the word for an office.
_PHRASE = re.compile(rf"(?!.*[{DOTS}]).*{_HAN}{{5}}|.*(?:领导|负责人)$")

# Where the library takes the common reading of a character for a surname's, and place names of
# the province whose reading it does not know. Longest first: the first that fits wins.
_SURNAMES = {
    "单于": "chan yu",
    "万俟": "mo qi",
    "乐正": "yue zheng",
    "子车": "zi ju",
    "长孙": "zhang sun",
    "尉迟": "yu chi",
    "澹台": "tan tai",
    "单": "shan",
    "曾": "zeng",
    "仇": "qiu",
    "解": "xie",
    "查": "zha",
    "朴": "piao",
    "区": "ou",
    "任": "ren",
    "华": "hua",
    "盖": "ge",
    "翟": "zhai",
    "覃": "qin",
    "员": "yun",
    "缪": "miao",
    "乐": "yue",
    "宓": "mi",
    "尹": "yin",
    "召": "shao",
    "燕": "yan",
    "令狐": "ling hu",
    "冼": "xian",
    "黑": "he",
    "秘": "bi",
    "晁": "chao",
    "种": "chong",
    "重": "chong",
    "折": "she",
    "幺": "yao",
    "那": "na",
    "祭": "zhai",
    "牟": "mu",
    "逄": "pang",
    "隗": "wei",
    "谌": "chen",
    "佴": "nai",
    "过": "guo",
    "阚": "kan",
    "郇": "xun",
    "洗": "xian",
    "繁": "po",
    "卜": "bu",
    "薄": "bo",
    "都": "du",
    "句": "gou",
    "炅": "gui",
    "乜": "nie",
    "能": "nai",
    "粘": "nian",
    "藏": "zang",
    "贠": "yun",
    "角": "jue",
}
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


def fold(name: str) -> str:
    """Name as it is compared: NFKC, without spaces and middle dots (``兰　海`` is ``兰海``)."""
    return _SPACING.sub("", searchable(name)).casefold()


def folded_names(name: str, aliases: str = "") -> set[str]:
    """All names of a person, folded; ``aliases`` one a line."""
    return set(filter(None, map(fold, [name, *aliases.splitlines()])))


def names_in(text: str, known) -> list[str]:
    """Names among ``known`` that stand in ``text``, all folded, in its order.

    At each place the longest: 王伟民 does not name 王伟, where both are known.
    """
    longest_first = sorted(filter(None, known), key=len, reverse=True)
    found = re.findall("|".join(map(re.escape, longest_first)), text) if longest_first else []
    return list(dict.fromkeys(found))


def with_dots(name: str) -> str:
    """Name as it is printed, each of its dots the middle dot."""
    return _DOT.sub(DOTS[0], name)


def is_phrase(name: str) -> bool:
    """Whether this is plainly no name of a person, but words for some: ``区委主要领导``."""
    return bool(_PHRASE.match("".join(searchable(with_dots(name)).split())))


def _syllables(text: str) -> list[str]:
    # The library weighs 55 MB: a worker that only serves pages never loads it.
    from pypinyin import lazy_pinyin  # noqa: PLC0415

    for place, reading in _PLACES.items():
        if place in text:
            before, after = text.split(place, 1)
            return [*_syllables(before), *reading.split(), *_syllables(after)]
    return lazy_pinyin(text, errors=_WORDS.findall)


def _name_syllables(name: str) -> list[str]:
    folded = fold(name)
    for surname in sorted(_SURNAMES, key=len, reverse=True):
        if folded.startswith(surname):
            return [*_SURNAMES[surname].split(), *_syllables(folded[len(surname) :])]
    # The surname by itself: with what follows it might be read as a word.
    return (
        [*_syllables(folded[:1]), *_syllables(folded[1:])]
        if re.match(_HAN, folded)
        else _syllables(folded)
    )


def pinyin(name: str) -> str:
    """Reading of a person's name, by syllable: ``苏建设`` is ``su jian she``."""
    return " ".join(_name_syllables(name))


def initials(name: str) -> str:
    """First letters of the reading: ``苏建设`` is ``sjs``."""
    return first_letters(pinyin(name))


def reading(typed: str) -> str:
    """Reading as it is kept, of one that was typed: ``Kàn Zhì-qiáng`` is ``kan zhi qiang``."""
    plain = unicodedata.normalize("NFD", typed.lower()).replace("u\u0308", "v")
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(re.split(r"[\s'’‘·-]+", plain.strip()))


def lacks_spaces(typed: str, name: str) -> bool:
    """Whether a reading has fewer syllables than the name has Chinese characters."""
    return len(reading(typed).split()) < len(re.findall(_HAN, fold(name)))


def first_letters(pinyin: str) -> str:
    """Initials of a reading."""
    return "".join(syllable[0] for syllable in pinyin.split())


def _joined(syllables: list[str], length: int = SLUG_LENGTH) -> str:
    """Slug of whole syllables, as many as fit into ``length`` characters."""
    slug = ""
    for syllable in syllables:
        word = slugify(syllable)
        longer = f"{slug}-{word}" if slug and word else slug + word
        if len(longer) > length:
            # A first word that is too long by itself is cut: any address is better than none.
            return slug or word[:length]
        slug = longer
    return slug


def name_slug(name: str) -> str:
    """Address of a person: ``苏建设`` is ``su-jian-she``; ``x`` where nothing can be read."""
    return _joined(_name_syllables(name)) or "x"


def text_slug(text: str, length: int = SLUG_LENGTH) -> str:
    """Address of anything else, from its Chinese title; ``x`` where nothing can be read."""
    return _joined(_syllables(searchable(text)), length) or "x"


def free_slug(base: str, taken) -> str:
    """``base``, or ``base-2``, ``base-3`` … : the first that is not among ``taken`` slugs."""
    slug, number = base, 1
    while slug in taken:
        number += 1
        tail = f"-{number}"
        slug = base[: SLUG_LENGTH - len(tail)].rstrip("-") + tail
    return slug
