"""Characters that stand for others, and characters that leave no mark on the page."""

import re
import unicodedata

# Text copied from a PDF file may have radicals in place of the characters they look like. Unicode
# maps the Kangxi radicals by NFKC; those of the supplement are mapped here, after Unicode's
# EquivalentUnifiedIdeograph.txt.
_SUPPLEMENT = (
    "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧"
    "⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍"
    "⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳"
)
_IDEOGRAPHS = (
    "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛"
    "犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶"
    "辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
_RADICALS: dict[int, int | str] = {
    **str.maketrans(_SUPPLEMENT, _IDEOGRAPHS),
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)},
}

#: Characters that people type for the middle dot of a transcribed name. The first is the right one.
DOTS = "·\u0387•‧∙⋅⸱⸳・･"
#: Pattern of one Chinese character.
HAN = "[\u3400-\u9fff\U00020000-\U0003ffff]"
# One of those dots, or a full stop between two Chinese characters.
_DOT = re.compile(rf"[{DOTS}]|(?<={HAN})[.．﹒](?={HAN})")
#: Blank characters that Unicode does not count as spaces: Hangul fillers, the empty Braille cell.
FILLERS = "\u115f\u1160\u2800\u3164\uffa0"
#: General categories of characters that show nothing alone: spaces, controls, combining marks.
_UNSEEN = ("Z", "Cc", "Cf", "Cs", "Mn", "Me")
# What XML 1.0 has no way to write.
_UNWRITABLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def ideographs(text: str) -> str:
    """``text`` in NFC, with radicals replaced by the characters they stand for."""
    return unicodedata.normalize("NFC", text).translate(_RADICALS)


def is_seen(text: str) -> bool:
    """Whether ``text`` has at least one visible character."""
    return any(
        sign not in FILLERS and not unicodedata.category(sign).startswith(_UNSEEN) for sign in text
    )


def searchable(text: str) -> str:
    """``text`` as it is compared: in NFKC, without invisible characters other than spaces."""
    text = unicodedata.normalize("NFKC", ideographs(text))
    return "".join(sign for sign in text if sign.isspace() or is_seen(sign))


def with_dots(name: str) -> str:
    """``name`` with the middle dot in place of every other dot."""
    return _DOT.sub(DOTS[0], name)


def writable(text: str) -> str:
    """``text`` without the characters that XML cannot hold."""
    return _UNWRITABLE.sub("", text)
