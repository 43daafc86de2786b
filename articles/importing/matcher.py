"""Names on a page matched with those on record, as they were known on that day.

Nothing is made here: a name that is not on record is proposed, one that several bear is asked.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from articles.importing.parser import ParsedStory, Span, is_post
from people.names import fold, titles_agree

#: ``unlinked``: a person whose title is no post, and whom nobody would put on record.
KNOWN, NEW, ASKED, UNLINKED = "known", "new", "asked", "unlinked"


@dataclass(frozen=True)
class Term:
    """A post held from ``starts`` up to, not including, ``ends``; either may be unknown."""

    title: str
    organisation: str = ""
    starts: datetime.date | None = None
    ends: datetime.date | None = None

    def covers(self, day: datetime.date | None) -> bool:
        if day is None:
            return True
        return (self.starts is None or self.starts <= day) and (
            self.ends is None or day < self.ends
        )

    @property
    def label(self) -> str:
        """As it is told to a person: 区长(青禾区政府,2016—2021)."""
        first, last = (str(day.year) if day else "" for day in (self.starts, self.ends))
        years = f"{first}—{last}" if first or last else ""
        return f"{self.title}({','.join(filter(None, [self.organisation, years]))})"


@dataclass(frozen=True)
class Known:
    """Something on record: its key, its name, other names; for an official, the posts."""

    key: str
    name: str
    aliases: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    #: What tells it from another of the same name: a reporter's unit.
    note: str = ""

    def label(self, day: datetime.date | None) -> str:
        """Name with what tells it apart: the posts of that day, or else all posts, or the note."""
        held = [term for term in self.terms if term.covers(day)] or self.terms
        return " ".join(
            filter(None, [self.name, "、".join(term.label for term in held), self.note])
        )


@dataclass(frozen=True)
class Register:
    """What is on record. Looking up costs the same however much that is."""

    officials: tuple[Known, ...] = ()
    reporters: tuple[Known, ...] = ()
    projects: tuple[Known, ...] = ()
    organisations: tuple[Known, ...] = ()

    @cached_property
    def index(self) -> "dict[str, Index]":
        kinds = ("officials", "reporters", "projects", "organisations")
        return {kind: Index(getattr(self, kind)) for kind in kinds}


@dataclass(frozen=True)
class Match:
    """What a printed name is: ``known`` on record, ``new``, ``asked`` of several, ``unlinked``.

    ``candidates`` are (key, label): one where it is known, none where it is new.
    """

    kind: str
    printed: str
    span: Span
    status: str
    candidates: tuple[tuple[str, str], ...] = ()
    confidence: float = 1.0
    question: str = ""


@dataclass
class Index:
    """Things on record by folded name, and by pairs of characters for parts of names."""

    things: Iterable[Known]
    by_name: dict[str, list[Known]] = field(default_factory=lambda: defaultdict(list))
    by_pair: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self):
        for thing in self.things:
            for name in {plain(each) for each in (thing.name, *thing.aliases)} - {""}:
                self.by_name[name].append(thing)
                for pair in pairs(name):
                    self.by_pair[pair].add(name)

    def named(self, printed: str) -> list[Known]:
        return self.by_name.get(plain(printed), [])

    def containing(self, printed: str) -> list[Known]:
        """Those whose name holds ``printed`` or is held by it: a longer or a shorter form."""
        name = plain(printed)[:LONGEST]
        if len(name) < SHORTEST:
            return []
        longer = min((self.by_pair.get(pair, set()) for pair in pairs(name)), key=len)
        near = {other for other in longer if name in other}
        near.update(
            name[start:end]
            for start in range(len(name))
            for end in range(start + SHORTEST, len(name) + 1)
            if name[start:end] in self.by_name
        )
        found = {thing.key: thing for other in near for thing in self.by_name[other]}
        return list(found.values())


#: A shorter part of a name says too little; of a longer name the beginning is compared.
SHORTEST, LONGEST = 4, 60
#: Endings and marks that one text prints and another leaves out.
_ENDINGS = ("建设项目", "项目", "工程", "有限责任公司", "有限公司", "办事处")
_MARKS = str.maketrans("", "", "“”‘’\"'()()《》「」-—")


def plain(name: str) -> str:
    """``name`` as it is compared: folded, without quotation marks and the usual endings."""
    name = fold(name).translate(_MARKS)
    for ending in _ENDINGS:
        if len(name) > len(ending) + 1:
            name = name.removesuffix(ending)
    return name


def pairs(name: str) -> list[str]:
    return [name[at : at + 2] for at in range(len(name) - 1)]


def match_story(
    story: ParsedStory, register: Register, day: datetime.date | None = None
) -> list[Match]:
    """Everyone and everything that a story names, matched as of ``day``, else of its own day."""
    day = day or (story.day.date if story.day else None)
    matches = [
        match_official(person.name, person.title, person.span, register, day)
        for person in story.persons
    ]
    matches += [
        match_reporter(byline.name, byline.outlet, byline.span, register, day)
        for byline in story.bylines
        if byline.name
    ]
    stops = [
        (name, stop.span)
        for inspection in story.inspections
        for group in inspection.groups
        for stop in group.stops
        for name in stop.projects
    ]
    matches += [match_project(name, span, register, day) for name, span in stops]
    matches += [
        match_organisation(body.name, body.span, register, day) for body in story.organisations
    ]
    return matches


def match_official(
    name: str, title: str, span: Span, register: Register, day: datetime.date | None
) -> Match:
    """The official of that name whose posts of the day agree with the title; homonyms are asked."""
    same = register.index["officials"].named(name)
    if not same and not is_post(title):
        return Match("official", name, span, UNLINKED)
    fitting = [one for one in same if _may_be_called(one, title, day)]
    if len(same) == 1 and not fitting:
        question = f"“{title}{name}”是{same[0].label(day)}吗?"
        return _match("official", name, span, same, day, 0.5, question)
    return _chosen("official", name, span, fitting or same, day)


def match_reporter(
    name: str, outlet: str, span: Span, register: Register, day: datetime.date | None
) -> Match:
    """The reporter or correspondent of that name; the unit decides between two."""
    same = register.index["reporters"].named(name)
    of_unit = [
        one for one in same if outlet and one.note and (one.note in outlet or outlet in one.note)
    ]
    return _chosen("reporter", name, span, of_unit or same, day)


def match_project(name: str, span: Span, register: Register, day: datetime.date | None) -> Match:
    """The project of that name, or of a shorter or longer form, which is asked about."""
    return _by_name_or_form("project", name, span, register.index["projects"], day)


def match_organisation(
    name: str, span: Span, register: Register, day: datetime.date | None
) -> Match:
    """The organisation of that name or short name."""
    return _by_name_or_form("organisation", name, span, register.index["organisations"], day)


def _by_name_or_form(kind, name, span, index, day):
    same = index.named(name)
    if same:
        return _chosen(kind, name, span, same, day)
    near = index.containing(name)
    question = f"“{name}”是“{near[0].name}”吗?" if len(near) == 1 else ""
    return _match(kind, name, span, near, day, 0.7, question) if near else _new(kind, name, span)


def _may_be_called(one, title, day) -> bool:
    held = [term.title for term in one.terms if term.covers(day)]
    return not one.terms or titles_agree(title, held)


def _chosen(kind, name, span, things, day):
    return _match(kind, name, span, things, day, 1.0, "") if things else _new(kind, name, span)


def _match(kind, name, span, things, day, sure, question):  # noqa: PLR0913, PLR0917
    candidates = tuple((thing.key, thing.label(day)) for thing in things)
    if len(things) > 1:
        question = f"“{name}”是哪一个:{';'.join(label for _key, label in candidates)}?"
        return Match(kind, name, span, ASKED, candidates, 0.5, question)
    return Match(kind, name, span, ASKED if question else KNOWN, candidates, sure, question)


def _new(kind, name, span):
    return Match(kind, name, span, NEW)
