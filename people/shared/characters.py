"""Characters that stand for others, and those that nobody sees."""

import re
import unicodedata

# Radicals, which a PDF file gives for the characters they look like: those of the Kangxi
# dictionary, which Unicode holds for compatible, and those of the supplement, by its
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
_RADICALS = {
    **str.maketrans(_SUPPLEMENT, _IDEOGRAPHS),
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)},
}

#: What is written for the dot of a transcribed name, which is the first; a full stop only between
#: Chinese characters.
DOTS = "·\u0387•‧∙⋅⸱⸳・･"
#: One Chinese character, in a pattern.
HAN = "[\u3400-\u9fff\U00020000-\U0003ffff]"
# Such a dot, or between Chinese characters a full stop in its place.
_DOT = re.compile(rf"[{DOTS}]|(?<={HAN})[.．﹒](?={HAN})")
#: Blanks that are no spaces: fillers of Korean syllables, the empty cell of Braille.
FILLERS = "\u115f\u1160\u2800\u3164\uffa0"
#: General categories of what nobody sees, standing alone: spaces, controls, marks on a letter.
_UNSEEN = ("Z", "Cc", "Cf", "Cs", "Mn", "Me")


def ideographs(text: str) -> str:
    """Text with the characters that its radicals and compatible forms stand for."""
    return unicodedata.normalize("NFC", text).translate(_RADICALS)


def is_seen(text: str) -> bool:
    """Whether a reader sees anything of it."""
    return any(
        sign not in FILLERS and not unicodedata.category(sign).startswith(_UNSEEN) for sign in text
    )


def searchable(text: str) -> str:
    """Text as it is compared: NFKC, of which nothing is unseen but spaces."""
    text = unicodedata.normalize("NFKC", ideographs(text))
    return "".join(sign for sign in text if sign.isspace() or is_seen(sign))


def with_dots(name: str) -> str:
    """Name as it is printed, each of its dots the middle dot."""
    return _DOT.sub(DOTS[0], name)
