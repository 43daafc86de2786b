"""Who signs a story: a role governs the names up to the next role; it may stand after them too."""

import re

from articles.importing.parser.byline_reading import Reading
from articles.importing.parser.findings import Byline, Question
from articles.importing.parser.roles import GLUED, MADE, ROLE, STAFF_DUTY
from articles.importing.parser.text import Flow
from people.names import surname_at

#: No byline is longer; what is, is text.
LONGEST = 200
_SEPARATOR = re.compile(
    r"[ 、,;:/|&●▲※\[\](){}<>—_\-.]+|(?<=[一-龥])[和与](?= ?[一-龥]{2,4}(?:[ )\]]|$))"
)
#: Columns of newspapers that comment in the paper's own name.
_OWN_VOICE = re.compile(
    r"[(\[ ●]*((?:本报|本刊|本网|本台)(?:特约)?(?P<duty>评论员|记者|编辑部))[ )\]]*"
)
_ALONE = re.compile(r"/[文图摄][ 、,]")
_NO_BYLINE = re.compile(r"[。!?“”《》\d%]")


def read_byline(flow: Flow, start: int = 0, end: int | None = None) -> list[Byline] | None:
    """The byline that the text from ``start`` to ``end`` is; None if it is none.

    Bare names count as a byline here: whether they may stand where they do, the caller knows.
    """
    end = len(flow) if end is None else end
    folded = flow.folded
    if end - start > LONGEST or _NO_BYLINE.search(folded, start, end):
        return None
    voice = _OWN_VOICE.fullmatch(folded, start, end)
    if voice:
        return [Byline(flow.span(*voice.span(1)), 0.95, voice["duty"], voice[1], voice["duty"])]
    reading = Reading(folded)
    tokens = _merged(folded, _tokens(folded, start, end))
    if not tokens:
        return None
    for token in tokens:
        if not reading.read(*token):
            return None
    if not reading.rows or reading.is_dangling:
        return None
    return [_byline(flow, row) for row in reading.rows]


def is_signed(bylines: list[Byline]) -> bool:
    """Whether a byline says what those named did, so that it is no mere list of names."""
    return any(byline.duty for byline in bylines)


def is_staff(bylines: list[Byline]) -> bool:
    """Whether all named made the page, not the story."""
    return all(STAFF_DUTY.fullmatch(byline.duty) for byline in bylines)


def _byline(flow, row):
    return Byline(
        flow.span(*row["at"]),
        row["sure"],
        row["role"],
        row["name"],
        row["duty"],
        row["outlet"],
        row["work"],
    )


def _tokens(folded, start, end):
    """Start and end of what stands between separators, and of padded roles as one."""
    tokens, at = [], start
    while at < end:
        gap = _SEPARATOR.match(folded, at, end)
        if gap and gap.end() > at:
            at = gap.end()
            continue
        role = ROLE.match(folded, at, end)
        gap = _SEPARATOR.search(folded, at, end)
        stop = gap.start() if gap else end
        if made := MADE.match(folded, at, end):
            stop = made.end()
        elif (glued := GLUED.search(folded, at + 2, end)) and glued.start() <= stop:
            # 甲/文 乙文/图: there 文 is of the name.
            stop = stop if _ALONE.search(folded, start, at) else glued.start()
        # 王 一 校 对: the padded name ends before the padded role.
        waits = bool(tokens) and _is_lone_surname(folded[slice(*tokens[-1])])
        if role and role.end() > stop and not waits:
            stop = role.end()
        tokens.append((at, max(stop, at + 1)))
        at = tokens[-1][1]
    return tokens


def _is_lone_surname(text) -> bool:
    return len(text) == 1 and surname_at(text) == text


def _merged(folded, tokens):
    """Single characters in a row are names padded with spaces: 张 伟."""
    merged: list[tuple[int, int]] = []
    for start, end in tokens:
        if merged and end - start == 1:
            before = folded[slice(*merged[-1])]
            lone = len(before) == 1 or (len(before) == 2 and surname_at(before) == before)  # noqa: PLR2004
            if lone and not folded[merged[-1][1] : start].strip(" "):
                merged[-1] = (merged[-1][0], end)
                continue
        merged.append((start, end))
    return merged


def questions_of(bylines: list[Byline]) -> list[Question]:
    """What a person should look at: names that were cut apart, or have no role."""
    asked = []
    for byline in bylines:
        if not byline.role:
            asked.append(
                Question(
                    "byline-role", f"署名“{byline.name}”没有写身份,是记者还是通讯员?", byline.span
                )
            )
        elif byline.confidence < 0.8:  # noqa: PLR2004
            asked.append(Question("byline-name", f"“{byline.name}”是否一个人的名字?", byline.span))
    return asked
