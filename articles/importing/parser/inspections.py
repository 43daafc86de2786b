"""Inspections: who led which group to which stops, on which day."""

import re
from dataclasses import dataclass, replace

from articles.importing.parser.dates import Calendar
from articles.importing.parser.findings import Day, Group, Inspection, Person, Question
from articles.importing.parser.predicates import SPEAKING, VISITING
from articles.importing.parser.stops import is_place, looks_like_stops, of_matters, read_stops
from articles.importing.parser.text import Flow, split
from articles.importing.parser.words import any_of
from people.shared.characters import HAN

_SENTENCE = re.compile(r"[^。!?;\n]+")
_ADVERB = f"(?:{any_of('adverb')})"
#: Going to see, with what is seen behind it.
_TRIGGER = re.compile(
    rf"(?P<adverb>{_ADVERB}{{0,4}})(?P<verb>{VISITING})(?!组|团|队|员|人员|中|时|期间|活动|工作|现场会)了?"
)
_STUDY = re.compile(r"调研|督导|督查|检查|考察|走访|观摩")
#: Verbs that look at what is at a place already named.
_LOOKING = re.compile(r"了解|查看|察看|检查|查验|观看|指导|调度|督导|抽查|详细了解")
_GROUP = re.compile(
    rf"(?:带领|率领|率|(?<=^)|(?<=[,。;]))(?P<group>(?:第?{HAN}{{1,8}}?)?(?:观摩|调研|督导|检查|考察|督查)?组)(?!织|成|建|长|团)"
)
KINDS = any_of("kind")
_KIND = re.compile(KINDS)
_OPENS_SPEECH = re.compile(r"[,:“]|$")
_SPEECH_START = re.compile(r"(?:要|希望|各级|各部门|必须|应|同时|坚持|会议)")
#: 在某处,某人…: stops in a sentence of their own.
_PLACES_FIRST = re.compile(
    r"(?:随后|接着|首先|最后|之后|紧接着|当天)?,?(?:在|来到|走进|步入|位于)"
    rf"(?P<places>(?:{HAN}|[、“”()·A-Za-z\d]){{3,60}}?)(?:施工现场|现场|内|里)?,"
)
_GOERS = re.compile(r"一行|他|她|大家|观摩团|调研组|督导组|检查组|视察组|与会人员")
_LOOKING = re.compile(r"详细|认真|仔细|实地|边走边")
_ARRIVING = re.compile(r"来到|走进|前往|深入|步入|赶到|抵达")
_NO_PLACE = re.compile(
    r"(?:上|中|下|时|后|期间|方面|前|间|过程|会|基础|同时|形势|背景|带领|指导|努力|支持)$"
)


@dataclass(frozen=True)
class Scene:
    """What a story has told before its visits are read."""

    calendar: Calendar
    people: tuple[Person, ...]
    day: Day | None
    #: Its headlines and first paragraph.
    opening: str


def read_inspections(
    paragraphs: list[Flow], scene: Scene
) -> tuple[list[Inspection], list[Question]]:
    """The inspections that a story tells of: one a day."""
    groups: list[Group] = []
    asked: list[Question] = []
    kind, leader = "", ""
    for flow in paragraphs:
        for sentence in _narrated(flow, scene.people):
            group, verb, questions = _group(flow, *sentence, scene, leader)
            leader = leader or _leader(flow, *sentence, scene.people)
            if group:
                groups.append(group)
                asked += questions
                kind = kind or verb
    lead = _led(paragraphs[:1], scene)
    if not groups and not lead:
        return [], []
    return [_inspection(groups, lead, kind, scene)], asked


def _inspection(groups, lead, kind, scene) -> Inspection:
    first = groups[0].span if groups else lead[0].span
    spoken = _KIND.search(scene.opening)
    projects = bool(re.search("项目", scene.opening)) and spoken is not None and spoken[0] == "观摩"
    groups = [_with_projects(group, whole=projects) for group in _merged(groups)]
    where = lead[1] if lead else ""
    return Inspection(
        first,
        0.85 if groups else 0.6,
        (spoken and spoken[0]) or kind,
        scene.day,
        where,
        tuple(groups),
    )


def _narrated(flow, people):
    """Start and end of the sentences that tell, and ask for nothing.

    What follows a statement belongs to it, up to the next sentence with someone who goes.
    """
    spoken = False
    for found in _SENTENCE.finditer(flow.folded):
        start, end = found.span()
        goes = _leader(flow, start, end, people) or _GOERS.search(flow.folded, start, end)
        if _SPEECH_START.match(flow.folded, start) or flow.folded[start] in "“”":
            continue
        if spoken and not goes:
            continue
        speech = SPEAKING.search(flow.folded, start, end)
        while speech and not _OPENS_SPEECH.match(flow.folded, speech.end()):
            speech = SPEAKING.search(flow.folded, speech.end(), end)
        spoken = bool(speech)
        yield start, speech.start() if speech else end


def _leader(flow, start, end, people) -> str:
    """The person whom the sentence names first."""
    places = ((flow.folded.find(person.name, start, end), person.name) for person in people)
    return min((place for place in places if place[0] >= 0), default=(0, ""))[1]


def _group(flow, start, end, scene, leader):
    """The group whose stops a sentence lists, or the one stop that it names."""
    single = None
    for found in _TRIGGER.finditer(flow.folded, start, end):
        verb = found["verb"]
        first = _leader(flow, start, found.start(), scene.people) or leader
        if len(verb) == 1 and not _may_go(flow.folded, start, found, first):
            continue
        stop_at = next(split(flow.folded, found.end(), end, ",:")).end
        listed = read_stops(flow, found.end(), stop_at)
        study = bool(_STUDY.search(verb)) and len(listed.stops) > 1
        if looks_like_stops(listed.stops, study=study) and not of_matters(flow.folded, listed):
            name = _GROUP.search(flow.folded, start, found.start())
            text = flow.text[slice(*name.span("group"))] if name else ""
            span = flow.span(found.start(), stop_at)
            stops, is_open = tuple(listed.stops), listed.etc is not None
            group = Group(span, 0.85, text, first, stops, is_open)
            return group, _kind_of(found[0]), listed.questions
        goes = _leader(flow, start, found.start(), scene.people) or _GOERS.search(
            flow.folded, start, found.start()
        )
        if single is None and goes and len(listed.stops) == 1 and _ARRIVING.search(found[0]):
            (stop,) = listed.stops
            single = stop if is_place(stop.text) and stop_at < end else None
    first = _leader(flow, start, end, scene.people) or leader
    group, kind, asked = _named_first(flow, start, end, first)
    if single and not group:
        group = Group(single.span, 0.7, "", first, (replace(single, confidence=0.7),))
    return group, kind, asked


def _kind_of(text) -> str:
    found = _KIND.search(text)
    return found[0] if found else ""


def _may_go(folded, start, found, leader) -> bool:
    """Whether 到 is said of someone who goes: after a name, an adverb, or 一行."""
    before = folded[max(start, found.start() - 4) : found.start()]
    return (
        bool(found["adverb"])
        or before.endswith(("一行", "组", "人", "后"))
        or (bool(leader) and before.endswith(leader[-2:]))
    )


def _named_first(flow, start, end, leader):
    """在某处,某人…: the places before the one who goes there."""
    found = _PLACES_FIRST.match(flow.folded, start, end)
    if not found or _NO_PLACE.search(found["places"]):
        return None, "", []
    rest = flow.folded[found.end() : found.end() + 20]
    stops, asked, _etc = read_stops(flow, *found.span("places"))
    goes = (leader and rest.startswith(leader)) or _GOERS.match(rest) or _LOOKING.match(rest)
    if not goes or not all(is_place(stop.text) for stop in stops):
        return None, "", []
    span = flow.span(*found.span("places"))
    stops = tuple(replace(stop, confidence=0.7) for stop in stops)
    return Group(span, 0.7, "", leader, stops), "", asked


_TOWN = re.compile("(?:镇|乡|街道|办事处)$")


def _merged(groups) -> list[Group]:
    """Groups of one name and leader are one; a place told of twice counts once."""
    merged: dict[tuple, Group] = {}
    listed = [stop.text for group in groups if len(group.stops) > 1 for stop in group.stops]
    for group in groups:
        alone = len(group.stops) == 1
        if alone and len(groups) > 1 and _TOWN.search(group.stops[0].text):
            continue  # the town that they went to, before the places in it
        if alone and any(
            group.stops[0].text in text or text in group.stops[0].text for text in listed
        ):
            continue
        key = (group.name, group.leader)
        if key in merged:
            kept = merged[key]
            known = {stop.text for stop in kept.stops}
            stops = (*kept.stops, *(stop for stop in group.stops if stop.text not in known))
            merged[key] = replace(kept, stops=stops, open_ended=kept.open_ended or group.open_ended)
        else:
            merged[key] = group
    return list(merged.values())


_PROJECT = re.compile(r"(?:项目|工程)$")


def _with_projects(group, *, whole) -> Group:
    """Each stop with its projects: all, where projects are what is toured."""
    stops = tuple(
        stop
        if stop.projects and whole
        else replace(stop, projects=(stop.text,) if whole or _PROJECT.search(stop.text) else ())
        for stop in group.stops
    )
    return replace(group, stops=stops)


_LED = re.compile(
    rf"(?:到|赴|来到|前往|深入|在)?(?P<place>(?:{HAN}|[“”、]){{0,20}}?)(?:实地|现场|带队|专题|就|对|开展|进行)*(?P<verb>{KINDS})"
)


def _led(paragraphs, scene):
    """Who went where, as the first paragraph says: an inspection though no stop is listed."""
    for flow in paragraphs:
        for person in scene.people:
            at = flow.folded.find(person.name)
            if at < 0:
                continue
            rest = at + len(person.name)
            found = _LED.match(flow.folded, rest, min(len(flow), rest + 60))
            if found:
                place = re.sub(
                    r"^(?:一行|等|先后|带队|率队)*(?:深入|到|赴|来到|前往)?", "", found["place"]
                )
                return replace(person), place if is_place(place) else ""
    return None
