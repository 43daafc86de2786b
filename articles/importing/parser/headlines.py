"""Lines above a story: kicker, headline, subhead, and how else they may be split."""

import re

from articles.importing.parser.findings import Question, Title
from articles.importing.parser.layout import Line
from articles.importing.parser.text import Span
from articles.importing.parser.words import any_of

#: What follows refers to what stood before, so it cannot stand alone.
_REFERRING = re.compile(r"(?:这|那|该|此|其|他|她|它|答案|来看|看看|原来)")
_ASKING = re.compile(r"(?:咋|怎么|怎样|如何|为何|为啥|为什么|哪些|哪儿|几何|何以|吗|呢)|[?？]$")
#: A kicker that reads on into the headline.
_READS_ON = re.compile(r"(?:强调|指出|要求|表示|提出|寄语|时|说|[:：])$")
#: A subhead that says who came: 某某出席并讲话 某某主持.
_WHO_CAME = re.compile(r"(?:出席|讲话|主持|参加|致辞|列席|宣读|作报告)(?: |$)")
_DASH = re.compile(r"^ ?(?:——|—|--)")
#: A subhead that says what the story is.
_REVIEW = re.compile(r"(?:纪实|综述|侧记|掠影|见闻|速写|探访|素描)$")
_COLUMN = re.compile(r"^(?:([^|,。 ]{2,14}) ?\| ?(?=\S)|\[ ?([^\[\]]{2,14}) ?\] ?)")
#: What states a fact, so that it may be a kicker: 某区召开….
_FACT = re.compile(any_of("fact"))


def read_title(lines: list[Line]) -> tuple[Title | None, list[Question]]:
    """Fields of the lines, each split by lines first, then by spaces."""
    if not lines:
        return None, []
    span = Span(lines[0].span.start, lines[-1].span.end)
    texts = [lines[0].page[line.span.start : line.span.end] for line in lines]
    column = _COLUMN.match(lines[0].folded)
    if column:
        texts[0] = texts[0][column.end() :]
        texts = list(filter(None, texts)) or texts
    subhead = [text for text in texts if _DASH.match(text)]
    rest = [text for text in texts if not _DASH.match(text)]
    if not rest:
        rest, subhead = subhead, []
    fields, other, sure = _two(rest) if len(rest) > 1 else _one(rest[0])
    kicker, headline, below = fields
    title = Title(
        span,
        sure,
        kicker,
        headline,
        " ".join(filter(None, [below, *subhead])),
        (column[1] or column[2]) if column else "",
        other,
    )
    return title, _questions(title)


def _two(texts):
    """Several lines: kicker, headline, subhead in this order."""
    kicker, headline, *below = texts
    if (_WHO_CAME.search(headline) or _REVIEW.search(headline)) and not _READS_ON.search(kicker):
        return ("", kicker, " ".join([headline, *below])), None, 0.85
    fields = (kicker, headline, " ".join(below))
    if _READS_ON.search(kicker) or " " in headline.strip() or _FACT.search(kicker):
        return fields, None, 0.9 if not below else 0.8
    return fields, ("", kicker, " ".join([headline, *below])), 0.75


def _one(text):
    """One line: the first space parts kicker and headline, unless that could not stand alone."""
    parts = re.split(r"[ \u3000\xa0]+", text.strip())
    whole = ("", text.strip(), "")
    if len(parts) == 1 or max(map(len, parts)) == 1:  # 公 告
        return whole, None, 0.95
    if _REVIEW.search(parts[-1]) and len(parts) > 2:  # noqa: PLR2004
        return ("", " ".join(parts[:-1]), parts[-1]), ("", text.strip(), ""), 0.7
    kicker, headline = parts[0], text.strip()[len(parts[0]) :].strip()
    divided = (kicker, headline, "")
    if _REFERRING.match(headline) or _ASKING.search(kicker):
        return whole, divided, 0.5
    if _READS_ON.search(kicker) or (_FACT.search(kicker) and len(kicker) >= 6):  # noqa: PLR2004
        return divided, whole, 0.85
    # Two halves of one call: 推进…… 提升……
    return whole, divided, 0.6


_SURE = 0.8


def _questions(title):
    """A title that may be split in another way is asked about."""
    if not title.other or title.confidence >= _SURE:
        return []
    options = tuple(
        " / ".join(filter(None, each))
        for each in ((title.kicker, title.headline, title.subhead), title.other)
    )
    return [Question("title", f"标题怎样分:{options[0]},还是{options[1]}?", title.span, options)]
