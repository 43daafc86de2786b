"""What opens a story: 本报讯, 【本报讯】, 新华社北京4月22日电, some outlet's name with 讯."""

import re
from typing import NamedTuple

from articles.importing.parser.words import any_of
from people.shared.characters import HAN

_DAY = r"(?:\d{1,2}月)?\d{1,2}日"
#: Ends of names of papers, sites, stations and agencies.
OUTLET = f"(?:{any_of('outlet')})"
_NAME = rf"(?:{HAN}|[A-Za-z0-9·/\- ])"
#: The label, and how it may be wrapped.
LABEL = re.compile(
    r"\[? ?(?P<label>"
    rf"(?:据?新华社|中新社|中新网|人民网|本[报网台刊站社]){HAN}{{0,8}}?(?:{_DAY})?(?:综合)?"
    r"(?:消息|专电|电|讯)"
    rf"|{_NAME}{{0,24}}?{OUTLET}{HAN}{{0,6}}?(?:{_DAY})?(?<![通资音喜简快短电视审问腾])讯"
    rf"|{HAN}{{2,10}}?{_DAY}(?:讯|电)"
    r") ?\]?(?![息号道飞录员])"
)
#: What a label at the start of a line may stand behind.
LEAD_IN = re.compile(r"[ ●▲※]*")
_PLACE = re.compile(
    rf"^(?:据?(?P<agency>新华社|中新社|中新网|人民网|本报)|.*{OUTLET})(?P<place>{HAN}{{2,8}}?)(?:{_DAY})?(?:专电|电|讯|消息)$"
)
#: Names of cities are short; what is longer is no place.
_NO_PLACE = re.compile(r"消息|综合|客户端|频道|网|社|报")


class Label(NamedTuple):
    """A label in a text: where it and its wrapping stand, where it alone stands."""

    start: int
    end: int
    inner: tuple[int, int]
    text: str
    place: str
    agency: str


def label_at(folded: str, place: int = 0) -> Label | None:
    """The label with which ``folded`` goes on at ``place``."""
    place = LEAD_IN.match(folded, place, place + 20).end()
    found = LABEL.match(folded, place, place + 60)
    if not found:
        return None
    text = found["label"]
    if found[0].startswith("[") and "]" not in found[0]:
        return None
    parts = _PLACE.match(text)
    where = parts["place"] if parts else ""
    if where and _NO_PLACE.search(where):
        where = ""
    agency = (parts and parts["agency"]) or ""
    return Label(
        found.start(),
        found.end(),
        found.span("label"),
        text,
        where,
        agency if agency != "本报" else "",
    )
