"""Who took part in an event and how: 主持, 讲话, 汇报, 陪同, 列席, 参加."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from articles.importing.parser.findings import Attendee, Inspection, Meeting, Person
from articles.importing.parser.persons import people_in
from articles.importing.parser.predicates import ROLES, VISITING
from articles.importing.parser.text import Flow, Span, split
from articles.importing.parser.words import any_of
from people.shared.characters import HAN

_SENTENCE = re.compile(r"[^。!?;\n]+")
_ROLE = {role: re.compile(pattern) for role, pattern in ROLES.items()}
_ANY = re.compile("|".join(ROLES.values()) + "|(?<=对|就)[^,。]{2,30}提出要求")
_GOING = re.compile(rf"(?:分|来到|前往|现场|实地|带队|先后)|{VISITING}")
_HEADS = any_of("body head")
#: Bodies of people without names.
_BODY = re.compile(rf"(?:{HAN}|[()“”]){{1,40}}?(?:{_HEADS})(?:等|共?\d+余?人)?(?=$|对|就|在)")
_FIRST = re.compile(r"^(?:[^,、]{0,8}的(?:还)?有|以及|和|及|还有|并|来自|[”])+")
#: A clause of a list holds names, and says nothing of them.
_LIST_END = re.compile(r"(?:等|以及|及|和| |同志)*$")
_MEETING_WORDS = re.compile(r"会议|会上|座谈|讲话|主持|汇报|发言|列席|提出要求")
_LISTED_BEHIND = re.compile(r"[^,。]{0,8}的?(?:还)?(?:有|包括)")


@dataclass(frozen=True)
class _Sentence:
    """A sentence with the people named in it."""

    flow: Flow
    start: int
    end: int
    people: list[tuple[Span, Person | Attendee]]

    def named(self, start, end) -> list[tuple[Span, Person]]:
        return [(place, person) for place, person in self.people if start <= place.start < end]

    def list_start(self, low, act) -> int:
        """Where the list begins that ends at ``act``: clauses of names only belong to it."""
        clauses = list(split(self.flow.folded, low, act, ","))
        start = clauses[-1].start
        for clause in reversed(clauses[:-1]):
            named = self.named(*clause)
            rest = self.flow.folded[named[-1][0].end : clause.end] if named else ""
            is_body = _BODY.fullmatch(self.flow.folded[slice(*clause)])
            if not (is_body or (named and _LIST_END.match(rest))):
                break
            start = clause.start
        return start


def read_attendance(flows, people, inspections, meetings):
    """Events with those who took part: a sentence tells of the event it stands nearest to."""
    events: list[Inspection | Meeting] = [*inspections, *meetings]
    if not events:
        return (), ()
    rows: list[list[Attendee]] = [[] for _ in events]
    for flow in flows:
        for sentence in _SENTENCE.finditer(flow.folded):
            span = flow.span(*sentence.span())
            first = flow is flows[0] and bool(inspections)
            for attendee in attendees_in(flow, *sentence.span(), going=first):
                rows[_event(attendee, sentence[0], span, inspections, meetings)].append(attendee)
    for inspection, each in zip(inspections, rows, strict=False):
        leaders = {group.leader for group in inspection.groups}
        each += [_attendee(person, "带队") for person in people if person.name in leaders]
    titles = {person.name: person.title for person in people}
    done = [
        replace(event, attendees=_once(each, titles))
        for event, each in zip(events, rows, strict=True)
    ]
    return tuple(done[: len(inspections)]), tuple(done[len(inspections) :])


def _event(attendee, text, span, inspections, meetings) -> int:
    """Index of the event that someone took part in: a meeting where the sentence speaks of one."""
    leads = attendee.role in ("带队", "陪同") and inspections
    if meetings and not leads and (not inspections or _MEETING_WORDS.search(text)):
        near = [at for at, meeting in enumerate(meetings) if meeting.span.start <= span.end]
        return len(inspections) + (near[-1] if near else 0)
    return 0


def attendees_in(
    flow: Flow, start: int = 0, end: int | None = None, *, going: bool = False
) -> list[Attendee]:
    """Those whom a sentence says to have taken part, each with the role that its words give.

    ``going``: those who set out took part, though no word says so.
    """
    end = len(flow) if end is None else end
    acts = list(_ANY.finditer(flow.folded, start, end))
    if not acts and going:
        acts = [found for found in [_GOING.search(flow.folded, start, end)] if found]
    if not acts:
        return []
    people = [(_place(flow, person, start, end), person) for person in people_in(flow, start, end)]
    sentence = _Sentence(flow, start, end, people)
    rows: list[Attendee] = []
    at = start
    for act in acts:
        role = _role(act[0])
        begins = sentence.list_start(at, act.start())
        named = sentence.named(begins, act.start())
        rows += [_attendee(person, role) for _place, person in named]
        rows += _bodies(sentence, begins, act.start(), role)
        at = act.end()
    if _LISTED_BEHIND.match(flow.folded, at, end):
        rows += [_attendee(person, "参加") for _place, person in sentence.named(at, end)]
        rows += _bodies(sentence, at, end, "参加")
    return rows


def _place(flow, person, start, end) -> Span:
    """Where a person stands in the text of the paragraph."""
    for found in re.finditer(re.escape(flow.page[slice(*person.span)]), flow.text[start:end]):
        if flow.at(start + found.start()) == person.span.start:
            return Span(start + found.start(), start + found.end())
    # A name that a column breaks stands nowhere on the page as it is printed.
    at = next((at for at in range(start, end) if flow.at(at) == person.span.start), start)
    return Span(at, at + len(person.name))


def _attendee(person, role) -> Attendee:
    return Attendee(person.span, person.confidence, person.name, person.title, role)


def _role(text) -> str:
    """The weightiest role whose words are those."""
    if text.endswith("提出要求"):
        return "讲话"
    return next((role for role, pattern in _ROLE.items() if pattern.fullmatch(text)), "参加")


def bodies_in(flow: Flow, named: list[Attendee]) -> list[Attendee]:
    """Bodies of people in a mere list."""
    people = [(Span(row.span.start, row.span.end), row) for row in named]
    return list(_bodies(_Sentence(flow, 0, len(flow), people), 0, len(flow), "参加"))


def _bodies(sentence, start, end, role) -> Iterator[Attendee]:
    """Bodies of people in a subject: 各镇办主要负责人; what stands before 、 may belong to one."""
    flow = sentence.flow
    for clause in split(flow.folded, start, end, ","):
        since = None
        for part in split(flow.folded, *clause, "、"):
            first = _FIRST.match(flow.folded[slice(*part)])
            left = part.start + (first.end() if first else 0)
            body = _BODY.match(flow.folded, left, part.end)
            if sentence.named(*part):
                since = None
            elif body:
                left, since = left if since is None else since, None
                yield Attendee(
                    flow.span(left, body.end()), 0.75, "", flow.text[left : body.end()], role
                )
            elif since is None:
                since = left


def _once(rows, titles) -> tuple[Attendee, ...]:
    """One row a person: the weightiest role, the title of the first mention."""
    order = list(ROLES)
    best: dict[str, Attendee] = {}
    for row in rows:
        key = row.name or row.title
        kept = best.get(key)
        if kept is None:
            best[key] = replace(row, title=row.title or titles.get(row.name, ""))
        elif order.index(row.role) < order.index(kept.role):
            best[key] = replace(kept, role=row.role)
    return tuple(best.values())
