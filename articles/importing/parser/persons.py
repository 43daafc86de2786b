"""People named in running text, each with the title printed before the name."""

import re
from collections.abc import Iterator
from dataclasses import replace

from articles.importing.parser.findings import Person
from articles.importing.parser.names import NOT_GIVEN, Name, guess_at, is_name, item_at, name_at
from articles.importing.parser.predicates import FOLLOWING, NO_NAME, ROLES, SPEAKING
from articles.importing.parser.text import Flow
from articles.importing.parser.titles import AFTER, CORE, POST, body_of, title_start
from people.shared.characters import HAN

_CLAUSE = re.compile(r"[^,;:。!?\n]+")
_JOIN = re.compile(r" ?(?:、|以及|和|与|及|暨) ?")
_TAKING_PART = re.compile(
    r"(?:等|一同|一起|分别|共同|也|还|应邀|先后)*(?:" + "|".join(ROLES.values()) + ")"
)
#: 王一凡为区财政局局长, 王一凡的区财政局局长职务.
_APPOINTED = re.compile(
    rf"为(?P<title>{HAN}{{2,30}}?(?:{POST}))$|的(?P<post>{HAN}{{2,30}}?(?:{POST}))职务$"
)
#: Titles that stand behind the name.
_CALLED = re.compile("总书记")
#: A name found behind such words needs a mark or a verb after it.
_SURE_DOING, _SURE_SHARED = 0.85, 0.6


def people_in(
    flow: Flow,
    start: int = 0,
    end: int | None = None,
    *,
    known: frozenset[str] = frozenset(),
    story: str = "",
) -> Iterator[Person]:
    """Everyone named from ``start`` to ``end``, in order, as often as a title says so.

    Names that are ``known``, and how often the whole ``story`` spells one, settle doubts.
    """
    end = len(flow) if end is None else end
    for clause in _CLAUSE.finditer(flow.folded, start, end):
        for person in _Clause(flow, clause.span(), known, story or flow.folded).read():
            known |= {person.name}
            yield person


def _before(folded, end, _end) -> Name | None:
    """The name before a title that stands behind it: 某某某总书记."""
    for size in (3, 2):
        if is_name(folded[end - size : end]):
            return Name(end - size, end, 0.9)
    return None


class _Clause:
    """Reads what stands between two marks: titles and the names that share them."""

    def __init__(self, flow, place, known, story):
        self.flow, self.folded, self.known, self.story = flow, flow.folded, known, story
        self.at, self.end = start, _end = place
        #: A title begins here or later.
        self.low = start
        #: The title that a name after 、 shares; where stacked titles begin: 书记、区长.
        self.shared: tuple[str, str] | None = None
        self.stacked: int | None = None
        self.body = ""

    def read(self) -> Iterator[Person]:
        yield from self._bare()
        while self.at < self.end:
            if self.shared and (name := self._shared_name()):
                yield self._person(name, *self.shared)
                continue
            core = CORE.search(self.folded, self.at, self.end)
            called = _CALLED.search(self.folded, self.low, core.end() if core else self.end)
            if called and (name := _before(self.folded, *called.span())):
                self.shared = self.stacked = None
                yield self._person(name, called[0], "office")
                self.at = self.low = called.end()
                continue
            if not core:
                return
            if self._is_in_name(core):
                self.at = core.end()
                continue
            name = self._name_after(core)
            if name:
                title = self._title(core)
                self.shared, self.stacked = (title, core.lastgroup), None
                yield self._person(name, *self.shared)
            else:
                self._pass(core)

    def _is_told_of(self, name) -> bool:
        """Whether the story spells a name of three characters more than once."""
        text = self.folded[name.start : name.end]
        return len(text) > 2 and self.story.count(text) > 1  # noqa: PLR2004

    def _is_in_name(self, core) -> bool:
        """Whether the word is part of a name: 孙子 of 孙子泽."""
        low, high = max(self.low, core.start() - 3), core.end() + 2
        return any(
            0 <= (at := self.folded.find(name, low, high)) <= core.start() < at + len(name)
            for name in self.known
        )

    def _pass(self, core):
        """A title without a name: it may be stacked upon the next one."""
        self.shared = None
        follows = self.folded[core.end() : core.end() + 1]
        stacks = core.lastgroup == "office" or core[0] in ("成员", "代表", "委员")
        if follows == "、" and stacks:
            if self.stacked is None:
                self.stacked = title_start(self.folded, self.low, core.start(), core.end())
            self.at = core.end() + 1
        else:
            self.stacked = None
            self.at = core.start() + 1  # 环卫工 may be 环卫工人

    def _title(self, core) -> str:
        start = self.stacked
        if start is None:
            start = title_start(self.folded, self.low, core.start(), core.end())
        return self.flow.text[start : core.end()]

    def _name_after(self, core) -> Name | None:
        place = core.end()
        while self.folded[place : place + 1] == " ":
            place += 1
        if place >= self.end or _JOIN.match(self.folded, place):
            return None
        name = name_at(self.folded, place)
        if name and name.end <= self.end:
            doing = core.lastgroup == "doing"
            if (
                core.lastgroup in ("lay", "doing")
                and self.folded[name.start : name.start + 2] in NO_NAME
            ):
                return None  # 学生公寓楼
            return name if name.sure >= (_SURE_DOING if doing else _SURE_SHARED) else None
        return guess_at(self.folded, place, self.story) if core.lastgroup == "office" else None

    def _shared_name(self) -> Name | None:
        name = name_at(self.folded, self.at)
        if name and name.end <= self.end and name.sure >= _SURE_SHARED:
            core = CORE.match(self.folded, self.at, name.end + 1)
            return None if core else name
        _title, kind = self.shared or ("", "")
        if kind in ("office", "group") and not CORE.match(self.folded, self.at):
            return self._unusual()
        return None

    def _unusual(self) -> Name | None:
        """A name in a list that nothing tells to be one, but that it stands there."""
        name = guess_at(self.folded, self.at, self.story)
        if not name and not CORE.search(self.folded, self.at, self.at + 6):
            name = item_at(self.folded, self.at)
        return name if name and name.end <= self.end else None

    def _person(self, name, title, kind) -> Person:
        """The person; reading goes on behind, in the same list if a mark joins the next."""
        join = _JOIN.match(self.folded, name.end, self.end)
        self.at = self.low = join.end() if join else name.end
        if not join:
            self.shared = None
        body = body_of(title)
        if kind == "office":
            self.body = body or self.body
        sure = name.sure if kind == "office" else min(name.sure, 0.85)
        text = self.flow.text[name.start : name.end]
        printed = re.sub(r"\s", "", text) if len(text) <= 4 else text  # noqa: PLR2004
        return Person(self.flow.span(name.start, name.end), sure, printed, title, body or self.body)

    def _bare(self) -> Iterator[Person]:
        """Names without a title before them: 甲、乙参加, 甲、乙等区领导."""
        names, at = [], self.at
        while name := name_at(self.folded, at):
            if name.end > self.end or name.sure < _SURE_SHARED:
                break
            names.append(name)
            join = _JOIN.match(self.folded, name.end, self.end)
            at = join.end() if join else name.end
            if not join:
                break
        if not names or at != names[-1].end:
            return
        title = AFTER.match(self.folded, at, self.end) if len(names) > 1 else None
        if len(names) == 1 and (appointed := _APPOINTED.match(self.folded, at, self.end)):
            yield self._person(names[0], appointed["title"] or appointed["post"], "office")
            self.at = self.low = appointed.end()
            return
        several = FOLLOWING.match(self.folded, at, self.end) and (
            len(names) > 1 or self._is_told_of(names[0])
        )
        acts = (
            several
            or _TAKING_PART.match(self.folded, at, self.end)
            or (len(names) == 1 and SPEAKING.match(self.folded, at, self.end))
        )
        if title or (acts and (len(names) > 1 or _is_likely(self.folded, names[0]))):
            for name in names:
                yield self._person(name, title["title"] if title else "", "bare")
            self.shared = None


def _is_likely(folded, name) -> bool:
    """Whether a lone name with no title is no word: three characters, or a usual surname's."""
    text = folded[name.start : name.end]
    return is_name(text) and len(text) >= 2 and not NOT_GIVEN.intersection(text)  # noqa: PLR2004


def first_mentions(found: list[Person]) -> list[Person]:
    """Each person once, at the first place, with the first title; a post before a group's title."""
    people: dict[str, Person] = {}
    for person in found:
        first = people.get(person.name)
        if first is None:
            people[person.name] = person
        elif not first.title or (
            _is_group(first.title) and not _is_group(person.title) and person.title
        ):
            people[person.name] = replace(person, span=first.span)
    return list(people.values())


def _is_group(title) -> bool:
    cores = list(CORE.finditer(title))
    return bool(cores) and cores[-1].lastgroup == "group"
