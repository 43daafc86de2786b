"""Who said or asked what, point by point."""

import re

from articles.importing.parser.findings import Person, Statement
from articles.importing.parser.names import name_at
from articles.importing.parser.predicates import SPEAKING
from articles.importing.parser.text import Flow

_CLAUSE_START = re.compile(r"(?<=[,。;!?:”])|^")
_OPENS_SPEECH = re.compile(r"[,:;“ ]")
_NAMELESS = re.compile(
    r"(?:会议|大会|与会人员|座谈会|观摩团|督导组|调研组|检查组|文件|通知|报告|意见)(?:还|明确|最后|同时)?$"
)
_HE = re.compile(r"(?:^|[,。;”])(?P<he>他|她)(?:还|同时|最后|进一步|特别|着重|代表\w{2,12}?)*$")
_POINT = re.compile(r"[^;。!?\n]+[;。!?]?")
_GOES_ON = re.compile(
    r"[“ ]*(?:要|同时|针对|[一二三四五六七八九]是|[一二三四五六七八九]要|其[一二三]|希望|此外|另外)"
)


def read_statements(paragraphs: list[Flow], people: tuple[Person, ...]) -> list[Statement]:
    """Statements in order; one that carries over into the next paragraph is continued there."""
    found: list[Statement] = []
    names = [person.name for person in people]
    speaker, verb = "", ""
    for flow in paragraphs:
        spoken = list(_speeches(flow, names, speaker))
        if not spoken and speaker and _GOES_ON.match(flow.folded):
            found.append(
                Statement(flow.span(0, len(flow)), 0.6, speaker, verb, _points(flow, 0, len(flow)))
            )
            continue
        ends = [start for start, *_rest in spoken[1:]] + [len(flow)]
        for (start, speech, who, how), end in zip(spoken, ends, strict=False):
            speaker, verb = who, how
            found.append(
                Statement(flow.span(start, end), 0.85, who, how, _points(flow, speech, end))
            )
        if not spoken:
            speaker = ""
    return found


def _speeches(flow, names, speaker):
    """Where a statement begins, where its words do, who speaks, and the verb."""
    for found in SPEAKING.finditer(flow.folded):
        if not _OPENS_SPEECH.match(flow.folded, found.end()):
            continue
        low = max(flow.folded.rfind(mark, 0, found.start()) for mark in ",。;!?”\n") + 1
        before = flow.folded[low : found.start()]
        who = next((name for name in names if name in before), "")
        if not who and (nameless := _NAMELESS.search(before)):
            who = nameless[0].rstrip("还明确最后同时")
        if not who and _HE.search("," + before):
            # The one named last before, or who spoke last.
            who = max(names, key=lambda name: flow.folded.rfind(name, 0, low), default="")
            who = (
                who
                if who and flow.folded.rfind(who, 0, low) >= 0
                else speaker or next(iter(names), "")
            )
        if not who and (name := name_at(flow.folded, low)) and name.end == found.start():
            who = flow.folded[name.start : name.end]
        if who:
            speaker = who
            yield low, found.end() + 1, who, found[0]


def _points(flow, start, end):
    return tuple(
        flow.span(*found.span())
        for found in _POINT.finditer(flow.folded, start, end)
        if found[0].strip("。;!? ”")
    )
