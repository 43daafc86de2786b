"""Lists of places and matters visited."""

import re
from typing import NamedTuple

from articles.importing.parser.findings import Question, Stop
from articles.importing.parser.text import AND, Flow, Span, split
from articles.importing.parser.words import any_of
from people.shared.characters import HAN

#: Heads of names of places one can go to.
PLACE = f"(?:{any_of('place')})"
_PLACE_END = re.compile(rf"{PLACE}[”’)]?$")
#: Heads that are no place: what one looks at or hears there.
_ABSTRACT = re.compile(f"(?:{any_of('abstract')})$")
#: What closes an open list: 等项目现场, 等地.
_GOES_ON = "进行|开展|实地|调研|检查|督导|考察|看望|慰问|走访|了解|查看|察看"
ETC = re.compile(
    rf"等(?=[^,。;!?:]{{0,12}}?(?:[,。;!?:]|$|{_GOES_ON}))"
    r"|等(?=地|处|项目|点位|观摩点|单位|企业|地方|场所|重点|多个|部门|村|社区|乡镇|街道)"
)
_VISIT_TAIL = re.compile(
    r"(?:进行|开展|并|实地|就|逐一|详细|认真|展开)*"
    rf"(?:{any_of('visiting', without='到 赴 访')}|开展|进行|展开|实地)"
)
_UNIT = r"(?:局|院|委|办|公司|中心|社区|村|镇|街道|学校)"
_AND = re.compile(rf"以及|及其|{AND}|与|及")
#: Places that are no stop where they stand alone: a district of a town.
_REGION = re.compile(
    r"(?:城区|新区|(?<![社园小景街片厂校库院产发范])区|市|县|各地|现场|一线|基层|部分\w*|有关\w*)$"
)
_MATTERS = re.compile(rf"等{HAN}{{0,4}}?(?:{any_of('abstract')})")
#: Ends of matters that may be joined to another: 隧道建设及变电站合并问题.
_MATTER_ENDS = ("建设", "改造", "问题", "工程", "情况")
#: A list of places in general names none.
_GENERAL = re.compile("部分|有关|相关|各|一些|全[区县市镇]|所属|辖区|沿线|基层")
#: What has to be done is no place.
_ASKED = re.compile(r"(?<![主重需])要(?!塞|道|地)|应当|必须")
_SOMEONE = re.compile(f"(?:{any_of('someone')})$")


class StopList(NamedTuple):
    """Stops, what to ask of them, and where 等 leaves the list open."""

    stops: list[Stop]
    questions: list[Question]
    etc: int | None


def read_stops(flow: Flow, start: int = 0, end: int | None = None) -> StopList:
    """Stops from ``start`` to ``end``.

    和 binds inside an item that another 、 follows; in the last item it separates, and is asked.
    """
    end = len(flow) if end is None else end
    folded = flow.folded
    etc = _etc(folded, start, end)
    end = etc if etc is not None else end
    spans = [_trimmed(folded, *span) for span in split(folded, start, end, "、")]
    spans = [span for span in spans if span.start < span.end]
    if not spans:
        return StopList([], [], etc)
    asked = []
    last = spans.pop()
    if etc is None:
        last = _without_tail(folded, last, [folded[slice(*span)] for span in spans])
    parts = _divided(folded, last)
    if len(parts) > 1:
        printed = flow.text[slice(*last)]
        question = f"“{printed}”是{len(parts)}处,还是1处?"
        asked.append(Question("stop-and", question, flow.span(*last)))
    stops = [_stop(flow, span, asked) for span in (*spans, *parts)]
    return StopList(stops, asked, etc)


def looks_like_stops(stops: list[Stop], *, study: bool) -> bool:
    """Whether a list is of places, or of matters where ``study`` says that those may be seen."""
    if all(_REGION.search(stop.text) for stop in stops) or (
        stops and _GENERAL.match(stops[0].text)
    ):
        return False
    if any(_ASKED.search(stop.text) for stop in stops):
        return False
    people = sum(bool(_SOMEONE.search(stop.text)) for stop in stops)
    if len(stops) < 2 or people > len(stops) / 2:  # noqa: PLR2004
        return False
    abstract = sum(bool(_ABSTRACT.search(stop.text)) for stop in stops)
    if study:
        return all(len(stop.text) >= 6 for stop in stops) or not abstract  # noqa: PLR2004
    return abstract <= len(stops) / 3


def is_place(text: str) -> bool:
    """Whether one can go there: a place that is no whole district."""
    return bool(_PLACE_END.search(text)) and not _REGION.search(text) and "我" not in text


def of_matters(folded: str, found: StopList) -> bool:
    """Whether 等 is followed by what the list is of, and that is no place: 等情况."""
    return found.etc is not None and bool(_MATTERS.match(folded, found.etc))


def _etc(folded, start, end) -> int | None:
    """Where 等 closes the list, outside quotation marks."""
    for span in split(folded, start, end, "等"):
        at = span.end
        if at < end and ETC.match(folded, at, end + 1):
            return at
    return None


def _trimmed(folded, start, end) -> Span:
    text = folded[start:end]
    start += len(text) - len(text.lstrip(" "))
    return Span(start, max(start, start + len(text.strip(" "))))


def _without_tail(folded, last, before) -> Span:
    """The last item without what is said of all: …、丙调研, …、丙队伍建设情况."""
    start, end = last
    tail = _VISIT_TAIL.search(folded, start + 2, end)
    if tail:
        end = tail.start()
    if before and all(re.search(rf"{_UNIT}$", text) for text in before):
        ends = [at for at in range(start + 2, end) if re.search(rf"{_UNIT}$", folded[start:at])]
        abstract = _ABSTRACT.search(folded[start:end]) or end < last.end
        if ends and abstract and not re.search(rf"{_UNIT}$", folded[start:end]):
            end = ends[-1]
    return Span(start, end)


def _divided(folded, span) -> list[Span]:
    """The last item, divided where 和 or 及 joins two places."""
    start, end = span
    for found in reversed(list(_AND.finditer(folded, start + 2, end - 2))):
        before = folded[start : found.start()]
        outside = before.count("“") <= before.count("”") and before.count("(") <= before.count(")")
        if outside and _joins(before, folded[found.end() : end], found[0]):
            return [Span(start, found.start()), Span(found.end(), end)]
    return [span]


def _joins(left, right, joint) -> bool:
    """Whether two places stand beside 和: the first ends as one does, or both end alike.

    及 stands inside no name, so it is enough that either is a place.
    """
    if min(len(left), len(right)) < 3:  # noqa: PLR2004
        return False
    return (
        bool(_PLACE_END.search(left))
        or left[-2:] == right[-2:]
        or (joint not in ("和", "与") and bool(_PLACE_END.search(right)))
        or (bool(_ABSTRACT.search(right)) and left[-2:] in _MATTER_ENDS)
    )


def _stop(flow, span, asked) -> Stop:
    folded = flow.folded
    text = flow.text[slice(*span)]
    where = flow.span(*span)
    for found in _AND.finditer(folded, span.start + 3, max(span.start + 3, span.end - 3)):
        left, right = folded[span.start : found.start()], folded[found.end() : span.end]
        if _PLACE_END.search(left) and _PLACE_END.search(right):
            names = (flow.text[span.start : found.start()], flow.text[found.end() : span.end])
            question = f"“{text}”是一处两个项目,还是两处?"
            asked.append(Question("stop-two-projects", question, where, names))
            return Stop(where, 0.7, text, names)
    if folded[span.start] == "(":
        asked.append(Question("stop-bracket", f"“{text}”以括号开头,前面是否漏了字?", where))
    return Stop(where, 0.85, text)
