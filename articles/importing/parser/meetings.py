"""Meetings: name as printed, day, form, who called them."""

import re

from articles.importing.parser.dates import PART, VAGUE, Calendar, days
from articles.importing.parser.findings import Day, Meeting
from articles.importing.parser.text import Flow
from articles.importing.parser.titles import CORE
from articles.importing.parser.words import any_of
from people.shared.characters import HAN

_NAME = rf"(?:{HAN}|[“”‘’·\dA-Za-z/()《》+\-—]|(?<!、)、)"
#: Ends of names of meetings.
_KIND = f"(?:{any_of('meeting')})(?![议员场展计费堂务])"
_CALLED = re.compile(
    rf"(?:主持召开|组织召开|召集召开|召开|举行|举办|主办|承办|参加|出席|列席)了?(?P<name>{_NAME}{{2,70}}?{_KIND})(?=[,。;!?:]|$|上|并|在|后|暨|的|精神|[)])"
)
_HELD = re.compile(
    rf"(?P<name>{_NAME}{{2,60}}?{_KIND})(?:于{HAN}{{1,8}}|\d+月\d+日|[昨今前][日天]|近日|日前)?(?:{PART})?"
    rf"(?:以(?P<form>{HAN}{{2,10}}?)(?:的)?形式|在[^,。]{{2,24}}?|隆重|顺利|圆满|如期|正式)?(?:召开|举行|举办|开幕|闭幕)"
)
_JOINED = re.compile(rf"{_NAME}{{2,60}}?{_KIND}")
_CLAUSE = re.compile(r"[^,。;!?:\n]+")
#: Words that call some meeting without naming it.
_NAMELESS = re.compile(
    r"(?:此次|这次|本次|该|上述|当天|有关|相关|各类|各种|多次|一次|专题|推进|第.阶段推进?|的)*(?:会议|大会|会|座谈会|推进会|动员会|论坛)"
)
_FORM = re.compile(
    r"电视电话会议?|视频会议?|座谈会|推进会|现场会|动员会|调度会|专题会议?|座谈会|表彰大会|联席会议|常务会议|常委会"
)
_TIME = re.compile(
    rf"(?:\d{{4}}年)?(?:\d{{1,2}}月)?\d{{1,2}}日(?:{PART})?|{VAGUE.pattern}|(?:昨|今|前)[日天]|当[天日](?:{PART})?|会上|会前|会后|随后"
)
_ORGANISER = re.compile(
    rf"(?P<who>(?:{HAN}|[、“”]){{2,24}}?)(?:组织|主持|集中|专题|再次|隆重|又|联合)*$"
)
_BEFORE_NAME = re.compile(r"^(?:的|了|全国|年度)")
_NO_ORGANISER = re.compile(
    r"(?:并|还|将|要|在|为|了|对|和|及|书记|区长|县长|市长|主任|局长|领导)$|会议|调研|\d"
)


def read_meetings(paragraphs: list[Flow], calendar: Calendar, day: Day | None) -> list[Meeting]:
    """Meetings that a story tells of, each once."""
    found: list[Meeting] = []
    for flow in paragraphs:
        near = day
        for clause in _CLAUSE.finditer(flow.folded):
            near = next(days(flow, calendar, *clause.span()), near)
            meeting = _called(flow, *clause.span(), near) or _held(flow, *clause.span(), near)
            if meeting:
                _keep(found, meeting)
    return found


def _keep(found, meeting) -> None:
    """Keep a meeting unless it was named before; the longer name of one counts."""
    for at, other in enumerate(found):
        if meeting.name in other.name:
            return
        if other.name in meeting.name:
            found[at] = meeting
            return
    found.append(meeting)


def _called(flow, start, end, day) -> Meeting | None:
    called = _CALLED.search(flow.folded, start, end)
    if not called:
        return None
    name = _whole(flow.folded, *called.span("name"), end)
    if _NAMELESS.fullmatch(flow.folded[slice(*name)]):
        return None
    before = _TIME.sub("", flow.folded[start : called.start()]).strip()
    who = _ORGANISER.search(before)
    organiser = who["who"] if who and not _NO_ORGANISER.search(who["who"]) else ""
    if CORE.search(organiser):  # 区长某某主持召开
        organiser = ""
    return _meeting(flow, name, day, "", organiser)


def _held(flow, start, end, day) -> Meeting | None:
    time = _TIME.match(flow.folded, start, end)
    start = time.end() if time else start
    held = _HELD.match(flow.folded, start, end)
    if not held or _NAMELESS.fullmatch(held["name"]):
        return None
    name = held.span("name")
    return _meeting(flow, name, day, held["form"] or "", "")


def _whole(folded, start, end, limit) -> tuple[int, int]:
    """The name with what 暨 joins to it."""
    while folded[end : end + 1] == "暨":
        joined = _JOINED.match(folded, end + 1, limit)
        if not joined:
            break
        end = joined.end()
    return start, end


def _meeting(flow, name, day, form, organiser) -> Meeting:
    text = flow.text[slice(*name)]
    kinds = _FORM.findall(flow.folded[slice(*name)])
    sure = 0.9 if len(text) > 4 else 0.6  # noqa: PLR2004
    return Meeting(
        flow.span(*name), sure, text, day, form or (kinds[-1] if kinds else ""), organiser
    )
