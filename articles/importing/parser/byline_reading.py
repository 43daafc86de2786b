"""One byline, read token by token."""

import re
from dataclasses import dataclass, field

from articles.importing.parser.names import is_name
from articles.importing.parser.predicates import FOLLOWING, NO_NAME
from articles.importing.parser.roles import INNER, ROLE, UNIT, WORK
from articles.importing.parser.words import listed
from people.names import surname_at
from people.shared.characters import HAN

#: What stands in such lines and is no name.
_WORDS = frozenset(listed("not signing"))
_BEFORE_NAME = re.compile(rf"[ 、]+{HAN}")
_NAME = re.compile(rf"{HAN}{{2,4}}|{HAN}{{1,6}}(?:·{HAN}{{1,8}})+")
#: Words between the parts of a byline that are neither role nor name.
_FILLER = re.compile(r"(?:本报|本网|本台|作者|署名|发自.{2,8})$")
#: Names of two parts, each a surname, have four characters: both parents'.
_BOTH_PARENTS = 4


@dataclass
class Reading:
    """What was read of a byline so far."""

    folded: str
    rows: list[dict] = field(default_factory=list)
    role: str = ""
    duty: str = ""
    outlet: str = ""
    #: Whether anything but bare names was read.
    worded: bool = False
    #: Where the names of the current role begin.
    since: int = 0

    @property
    def is_dangling(self) -> bool:
        """Whether a role still waits for its names."""
        return bool(self.duty) and self.since == len(self.rows)

    def start_role(self, printed, duty, outlet):
        self.role, self.duty, self.outlet = printed, duty, outlet
        self.worded, self.since = True, len(self.rows)

    def add(self, start, end, name, sure) -> bool:
        self.rows.append(
            {"at": (start, end), "name": name, "role": self.role, "duty": self.duty}
            | {"outlet": self.outlet, "work": "", "sure": sure}
        )
        return True

    def made(self, work) -> bool:
        """Note what those named last have made; it is their role where they have no other."""
        if not self.rows:
            return False
        first = self.since if self.role else self._unsigned()
        for row in self.rows[first:]:
            row["work"] = work
            if not row["role"]:
                row["role"] = row["duty"] = work
        self.worded = True
        return True

    def _unsigned(self):
        first = len(self.rows)
        while first and not self.rows[first - 1]["role"]:
            first -= 1
        return first

    def read(self, start, end) -> bool:
        """Read one token; False if it belongs to no byline."""
        work = WORK.fullmatch(self.folded, start, end)
        if work and self._stands_after(start, end):
            return self.made(work[0])
        text = self.folded[start:end]
        if text in _WORDS or (work and "/" in text):
            return True  # (文/视频 记者 …): said of all that follow
        role = ROLE.match(self.folded, start, end)
        if role:
            printed, duty, outlet = (
                part.replace(" ", "") for part in (role[0], role["duty"], role["prefix"])
            )
            self.start_role(printed, duty, outlet)
            return role.end() == end or self._names(role.end(), end)
        return bool(work or _FILLER.match(text)) or self._names(start, end)

    def _stands_after(self, start, end) -> bool:
        """Whether a word such as 摄 speaks of the names before it: 甲/文, 甲 摄; not 摄影 甲."""
        if not self.rows or self.folded[end : end + 1] in ("/", ":"):
            return False
        if end - start == 1 or self.folded[start - 1] == "/":
            return True
        return not _BEFORE_NAME.match(self.folded, end)

    def _names(self, start, end) -> bool:
        """Names, perhaps glued to each other, to the next role or to what they made."""
        folded = self.folded
        if folded[start - 1 : start] == "/" and is_name(folded[start + 1 : end]) and self.rows:
            if not WORK.fullmatch(folded, start, start + 1) or not self.made(folded[start]):
                return False
            start += 1  # 甲/文乙/摄
        inner = INNER.search(folded, start, end)
        if inner:
            before = inner.start() == start or self._names(start, inner.start())
            self.start_role(inner[0], inner["duty"], "")
            return before and (inner.end() == end or self._names(inner.end(), end))
        token = folded[start:end].replace(" ", "")
        sure = _likely(token, self.worded)
        if sure:
            return self.add(start, end, token, sure)
        return (
            self._name_of_unit(end, token)
            or self._name_and_work(start, end, token)
            or self._unit(token)
            or (self.worded and self._glued(start, token))
        )

    def _name_of_unit(self, end, token) -> bool:
        """通讯员区委宣传部李二平: the unit before the name."""
        for size in (3, 2):
            if self.worded and is_name(token[-size:]) and UNIT.fullmatch(token[:-size]):
                self.outlet += token[:-size]
                return self.add(end - size, end, token[-size:], 0.8)
        return False

    def _name_and_work(self, start, end, token) -> bool:
        """王一凡摄: the name with what was made."""
        for size in (4, 3, 2, 1):
            name, work = token[:-size], token[-size:]
            if WORK.fullmatch(work) and _likely(name, self.worded):
                self.add(start, end - size, name, 0.9)
                if size > 1 and _BEFORE_NAME.match(self.folded, end):
                    self.start_role(work, work, "")
                    return True
                return self.made(work)
        return False

    def _unit(self, token) -> bool:
        """A unit after a role (通讯员 区委宣传部 李二平), or an outlet in the place of one."""
        if not UNIT.fullmatch(token) or len(token) <= 2:  # noqa: PLR2004
            return False
        if self.role and len(self.rows) == self.since:
            self.outlet += token
        else:
            self.start_role(token, "", token)
        return True

    def _glued(self, start, token) -> bool:
        """Several names without a mark between them: cut where surnames stand."""
        if not re.fullmatch(rf"{HAN}{{4,15}}", token):
            return False
        best: list[tuple[int, tuple] | None] = [None] * (len(token) + 1)
        best[0] = (0, ())
        for at in range(len(token)):
            if best[at] is None:
                continue
            for size in (3, 2, 4):
                name = token[at : at + size]
                if len(name) == size and is_name(name):
                    cost = best[at][0] + (size != 3)  # noqa: PLR2004
                    if best[at + size] is None or cost < best[at + size][0]:
                        best[at + size] = (cost, (*best[at][1], (at, at + size)))
        for first, last in best[-1][1] if best[-1] else ():
            self.add(start + first, start + last, token[first:last], 0.7)
        return best[-1] is not None


def _likely(token, worded) -> float:
    """How surely ``token`` is one name; after a role other surnames than known ones may come."""
    if is_name(token):
        return 0.98
    if worded and token in NO_NAME and surname_at(token) and token not in _WORDS:
        return 0.7
    if not worded or not _NAME.fullmatch(token) or _is_word(token):
        return 0.0
    if len(token) == _BOTH_PARENTS:
        surname = surname_at(token)
        return 0.8 if len(surname) > 1 or (surname and surname_at(token, 1)) else 0.0
    return 0.0 if UNIT.fullmatch(token) else 0.6


def _is_word(token) -> bool:
    return token in _WORDS or token in NO_NAME or bool(FOLLOWING.fullmatch(token))
