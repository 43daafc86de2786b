"""Marks of a page that are no story: page heads, jump lines, captions of pictures."""

import re

from articles.importing.parser.text import Span
from people.shared.characters import HAN

_NUMBER = r"[0-9一二三四五六七八九十零〇]{1,3}"
_PAGE = rf"(?:第? ?[A-Z]{{0,2}} ?{_NUMBER} ?版|[A-Z]{{1,2}}\d{{1,3}})"
#: (下转第2版), ▶▶下转二版, (上接第1版), (接A1版).
JUMP = re.compile(
    rf"[(\[ ▶►→>※●]*(?:紧?[上下]?[转接]|(?:更多|相关)?(?:报道)?(?:详?见)){HAN}{{0,4}}?"
    rf"{_PAGE}{HAN}{{0,6}}[)\] ◀◄←<]*"
)
_HEAD_WORD = re.compile(
    rf"{_PAGE}|\d{{4}} ?年 ?\d{{1,2}} ?月 ?\d{{1,2}} ?日|(?:星期|周)[一二三四五六日天]"
    rf"|农历{HAN}{{2,12}}|总?第? ?\d+ ?期|国内统一(?:连续出版物|刊)号|CN ?\d\d|邮发代号|今日\d+版"
    r"|本版(?:责编|编辑)|新闻热线|热线电话|投稿邮箱|E-?mail|网址"
)
_NUMBER_FIRST = re.compile(rf"[●\[ ]*{_PAGE}|.*\d{{4}} ?年")
_CAPTION = re.compile(
    r"[(\[ ▲△▼◀►▶]*(?:[上下左右本题主小组]?图(?:[一二三四五六①②③④⑤⑥\d]{1,2}|片)?(?:[:为]|片说明)"
    r"|图片(?:由|来源|说明))"
)
_POINTERS = "▲△▼◀►▶"
_CREDIT = re.compile(
    r"[(\[ 。)](?P<who>(?:[^。()\[\]]{0,30}?)[ /]?(?:摄影报道|摄影|供图|摄))[)\]]?$"
)
#: Characters of a page's name and of its staff that may stand beside its number.
_MOST, _MOST_WITHOUT_NUMBER, _LONGEST_WORD = 24, 8, 8


def is_page_head(folded: str) -> bool:
    """Whether hardly anything is left of a line when the marks of a page are taken out."""
    if not _HEAD_WORD.search(folded) or re.search(r"[。!?,;“”]", folded):
        return False
    words = re.findall(rf"{HAN}+|[A-Za-z]+", _HEAD_WORD.sub(" ", folded))
    most = _MOST if _NUMBER_FIRST.match(folded) else _MOST_WITHOUT_NUMBER
    return sum(map(len, words)) <= most and all(len(word) <= _LONGEST_WORD for word in words)


def is_caption(folded: str) -> bool:
    """Whether a line tells of a picture: 图为…, or ▲… with who took it."""
    marked = folded[:1] in _POINTERS and len(folded) > 1 and credit_in(folded) is not None
    return marked or bool(_CAPTION.match(folded))


def credit_in(folded: str) -> Span | None:
    """Who took a picture, at the end of its caption."""
    found = _CREDIT.search(folded, max(0, len(folded) - 50))
    return Span(*found.span("who")) if found else None
