"""Tokens of Chinese text for comparisons: names, titles, dates, numbers, words, characters."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from articles.models.attendance import SPEAKERLESS

_HAN = "〇○零一二三四五六七八九十百千万亿两"
_DAY = "一二三四五六七八九十"
#: Measure words; fewer after a Chinese numeral, as 一年, 一点 and 十分 are no quantities.
_MEASURE_HAN = "[个名人户家项条次处座栋套件场期天亩米吨元岁批轮份辆所间位]"
_MEASURE = (
    r"(?:个百分点|平方公里|平方米|立方米|公里|千米|公顷|小时|分钟"
    r"|[个名人户家项条次处座栋套件场期天亩米吨元岁批轮份辆所间位年月日周级点号版组类%％‰])"
)
_DATE = rf"""
    \d{{4}}年(?:\d{{1,2}}月(?:份|\d{{1,2}}[日号])?)?
  | \d{{1,2}}月(?:份|\d{{1,2}}[日号])?
  | \d{{4}}(?P<dash>[-/.])\d{{1,2}}(?P=dash)\d{{1,2}}(?!\d)
  | \d{{1,2}}(?:日|[:：]\d{{2}}(?!\d)|时(?:\d{{1,2}}分|半)?|点(?:\d{{1,2}}分|半|整))
  | [〇○零一二三四五六七八九]{{4}}年(?:[{_DAY}]{{1,2}}月(?:[{_DAY}]{{1,3}}日)?)?
  | [{_DAY}]{{1,2}}月[{_DAY}]{{1,3}}日
"""
_LATIN = (
    r"[0-9]*[A-Za-z\u00c0-\u024f][A-Za-z0-9\u00c0-\u024f]*(?:[-'’._&+][A-Za-z0-9\u00c0-\u024f]+)*"
)
_NUMBER = rf"""
    第?\d+(?:,\d{{3}}(?!\d))*(?:\.\d+)?[十百千万亿]*[余多]?{_MEASURE}?
  | 百分之[{_HAN}]+
  | 第?[{_HAN}]+[余多]?{_MEASURE_HAN}
  | (?=[{_HAN}]{{2}})[{_HAN}]*[十百千万亿][{_HAN}]*
"""
# Marks that belong to the character before: accents, and selectors of a variant of an ideograph.
_HANGING = r"\u0300-\u036f\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef"
_TOKEN = (
    rf"(?P<date>{_DATE})|(?P<latin>{_LATIN})|(?P<number>{_NUMBER})|……|——|(?P<hanging>[{_HANGING}]+)"
)
#: First characters of all tokens but known words: the search skips all others at once.
_FIRST = rf"\dA-Za-z\u00c0-\u024f第百{_HAN}…—{_HANGING}"

#: Links and lists whose labels are names that may occur in a text.
_NAMING = ("official", "reporter", "meeting", "projects", "meetings", "inspections")
#: Characters of the shortest known word: a single one would match inside other words.
_SHORTEST = 2
#: Characters of the longest name that may be printed with spaces inside, to align with others.
_SPACED = 3


@dataclass(frozen=True)
class Vocabulary:
    """Names and titles of a record, each of which is one token where it occurs."""

    names: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()

    @classmethod
    def of(cls, *contents: dict) -> "Vocabulary":
        """Collect the names of people, projects and events, and the titles, in ``contents``."""
        rows = [row for content in contents for row in _rows(content)]
        titles = set(chain.from_iterable(map(_titles, rows)))
        # A text may use one of several titles: 区委副书记、区长.
        titles |= {part for title in titles for part in title.split("、")}
        names = set(chain.from_iterable(map(_names, rows)))
        return cls(_long_enough(names), _long_enough(titles - {SPEAKERLESS}))

    def without(self, *texts: str) -> "Vocabulary":
        """Vocabulary without the words that equal one of ``texts``."""
        if not (self.names | self.titles).intersection(texts):
            return self
        return Vocabulary(self.names.difference(texts), self.titles.difference(texts))

    def tokens(self, text: str) -> list[str]:
        """Split ``text``; joined, the tokens are equal to it."""
        tokens: list[str] = []
        done = 0
        for match in self._pattern.finditer(text):
            tokens += text[done : match.start()]
            if match["hanging"] and tokens:
                tokens[-1] += match[0]
            else:
                tokens.append(match[0])
            done = match.end()
        return tokens + list(text[done:])

    def mark(self, token: str) -> str:
        """Class of a token: name, title, number or date; empty for other words and characters."""
        if token not in self._marks:
            match = self._pattern.fullmatch(token)
            self._marks[token] = self._mark(match) if match else ""
        return self._marks[token]

    @cached_property
    def _marks(self) -> dict[str, str]:
        return {}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        known = sorted(self.names | self.titles, key=lambda word: (-len(word), word))
        first = _FIRST + "".join(re.escape(word[0]) for word in known)
        words = "|".join(map(_as_pattern, known)) or "(?!)"
        pattern = rf"(?=[{first}])(?:(?P<known>{words})|{_TOKEN})"
        return re.compile(pattern, re.VERBOSE | re.DOTALL)

    def _mark(self, match: re.Match[str]) -> str:
        kind = match.lastgroup
        if kind == "known":
            spelt = match[0]
            is_name = spelt in self.names or "".join(spelt.split()) in self.names
            return "name" if is_name else "title"
        if kind == "latin":
            # 5G and 300km are numbers; G107 is not.
            return "number" if match[0][0].isdigit() else ""
        return kind if kind in ("date", "number") else ""


def _long_enough(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word for word in map(str.strip, words) if len(word) >= _SHORTEST)


def _as_pattern(word: str) -> str:
    letters = [re.escape(letter) for letter in word]
    spaced = len(word) <= _SPACED and not word.isascii()
    pattern = r"[\ \u3000]?".join(letters) if spaced else "".join(letters)
    # A Latin word or number matches only as a whole.
    before = r"(?<![A-Za-z0-9])" if word[0].isascii() and word[0].isalnum() else ""
    after = r"(?![A-Za-z0-9])" if word[-1].isascii() and word[-1].isalnum() else ""
    return before + pattern + after


def _rows(content: dict) -> Iterator[dict]:
    """All rows of a content: itself, its children, its events and theirs."""
    yield content
    for rows in (content.get("children") or {}).values():
        yield from rows
    for event in content.get("events") or ():
        yield from _rows(event)


def _names(row: dict) -> Iterable[str]:
    fields = row.get("fields") or {}
    yield fields.get("printed_name") or ""
    # The label of a child is its title and name together, that of a story its headline.
    if row.get("model", "articles.article") != "articles.article":
        yield row.get("label") or ""
        yield from (fields.get("aliases") or "").splitlines()
    linked = (row.get("links") or {}) | (row.get("lists") or {})
    for name in _NAMING:
        links = linked.get(name) or ()
        for link in [links] if isinstance(links, dict) else links:
            yield link["label"]


def _titles(row: dict) -> Iterable[str]:
    fields = row.get("fields") or {}
    yield fields.get("printed_title") or ""
    yield row.get("shown") or ""
    # The ``title`` of an event is its name. Of children only appointments have one.
    if "model" not in row:
        yield fields.get("title") or ""
