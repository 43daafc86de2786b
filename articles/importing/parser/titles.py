"""Titles: words that end one, and where one begins."""

import re

from articles.importing.parser.text import AND
from articles.importing.parser.words import any_of
from people.shared.characters import HAN

#: Ends of posts.
POST = any_of("post")
#: A word for people of some doing: 讲解员, 护林员, 摄影师.
_DOING = rf"{HAN}(?:员|师|匠|侨|(?<![记笔作或再])者)"
CORE = re.compile(
    rf"(?P<office>{POST})|(?P<group>{any_of('group')})"
    rf"|(?P<lay>{any_of('layman')})|(?P<doing>{_DOING})"
)
#: A title that stands after a list of names: 甲、乙等县“四大家”领导.
AFTER = re.compile(
    rf"等?(?P<title>(?:{HAN}|[“”]){{0,14}}?(?:领导|负责人|负责同志|班子成员|领导干部))"
)

_MARKS = re.compile(r"[ 、,;:。!?…—(\[<《>》)\]|]")
#: Visits that are also part of the names of bodies and posts: 督导组组长, 调研员, 访问学者.
_ALSO_NAMES = "到 赴 访 指导 督导 督查 检查 调研 调度 考察"
#: Words before a title that are no part of it; each of the short ones has exceptions.
_BEFORE = re.compile(
    f"{any_of('before title')}|(?:{any_of('visiting', without=_ALSO_NAMES)})(?![组团办员署室科])"
    rf"|{AND}"
    r"|向(?![阳荣往前上东西南北])|(?<!自)由|在(?!线|职|校|建)|受(?!理|援)|(?<!数)据(?!点)|从(?!化|江|业)"
    r"|(?<![申宴])请|(?<![共合大胡])同(?=[市县区省乡镇州])|了(?!解)|有(?!限|色|关|机)|[\d]日|\d+名|及(?!第)"
    r"|对(?![外台口接])|为(?![民农])|经(?![济营开贸信理纪])|当(?=地)|到(?!站)|访(?!局)|着(?![力陆装眼])"
    r"|通知(?!书)|他(?!国)"
)
_BINDING = re.compile(
    rf"{HAN}{{1,10}}?(?:局|委员会|委|厅|部|办|院|中心|公司|协会|学院|支队|大队|会|处|科)"
)
_UNIT_END = re.compile(
    r"(?:局|委|厅|部|办|院|公司|中心|镇|乡|街道|人员|干部|群众|代表|领导|同志|单位|一行|人|名|记者|等)$"
)
LONGEST = 40


def title_start(folded: str, low: int, core: int, end: int) -> int:
    """Where the title begins whose last word stands from ``core`` to ``end``; after ``low``."""
    low = max(low, end - LONGEST)
    marks = [found.end() for found in _MARKS.finditer(folded, low, core)]
    start = max(marks, default=low)
    for found in _BEFORE.finditer(folded, start, core):
        if found.start() < start:
            continue
        if found[0] in ("和", "与") and _binds(folded, start, found.start(), end):
            continue
        start = found.end()
    opening = folded.rfind("”", start, core)
    if opening >= 0 and "“" not in folded[start:opening]:
        start = opening + 1
    return start


def _binds(folded, start, place, end) -> bool:
    """Whether 和 stands inside the name of a body: 发展和改革委员会."""
    left = folded[start:place]
    return (
        bool(left) and not _UNIT_END.search(left) and bool(_BINDING.match(folded, place + 1, end))
    )


def is_post(title: str) -> bool:
    """Whether a title is that of an office or of a leading body, not 志愿者 or 村民."""
    cores = list(CORE.finditer(title))
    return bool(cores) and cores[-1].lastgroup in ("office", "group")


def body_of(title: str) -> str:
    """The body that a title names: 市供电公司 of 市供电公司副总经理; empty where it names none."""
    first = re.split("、", title, maxsplit=1)[0]
    core = re.search(
        rf"(?:党委|党组|党工委|党支部|党总支)?(?:常务|第一)?(?:副|代|原|总)*(?:{POST})$", first
    )
    body = first[: core.start()] if core else ""
    return body if len(body) > 1 else ""
