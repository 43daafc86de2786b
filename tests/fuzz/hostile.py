"""Texts that no form offers: in fields, addresses and headers of the fuzz.

Each function takes the ``random.Random`` that it draws with.
"""

import string
from urllib.parse import quote_from_bytes

#: An element that nothing allows: raw in a page, a text was not escaped or a body not cleaned.
CANARY = "<fuzz>"
SEPARATORS = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u2028\u2029\u3000"
LETTERS = (
    string.printable
    + SEPARATORS
    + "\x00\x01\x08\x7f\x80\xad\xff\ufeff\ufffe\uffff\ud800\udfff\u200b\u200d\u202e\u0301"
    + "二七区新桥项目，。、；《》〔〕（）单曾〇𠮷﹏İıßſǆﬁΩ٣๓１²½🏗🏳\U0010ffff"
)
#: Numbers at the edges of what a column, a date and Python's own parser take, in every spelling.
NUMBERS = [
    *map(str, (0, 1, -1, 2, 12, 13, 99, 9999, 10000, *(2**bits for bits in (15, 31, 32, 63, 64)))),
    *("9" * length for length in (19, 20, 400, 4000, 4301, 5000)),
    *"1.5 -0 +1 1e9 1e400 0x10 00001 1_000 1,2 1;2 NaN inf -inf True None null".split(),
    *"１２ ٣ ² ½ Ⅷ".split(),
    " 1 ",
]
DATES = """
0000-00-00 0001-01-01 9999-12-31 10000-01-01 -1-01-01 2021-02-30 2021-13-01 2021-04-06 20210406
0001-01-01T00:00 9999-12-31T23:59 2021-04-06T25:61 2021-04-06T08:00+99:99 2021年4月6日 24:00 08:00
2021q1 2021Q1 2021q5 0000q1 9999q4 2021 0000 9999 today
""".split()
TEXTS = [
    *SEPARATORS,
    *("", " ", "\x00", "中\x00文", "\ud800", "e" + "\u0301" * 500, "桥 " * 300, "a b " * 150),
    *(CANARY, f'">{CANARY}', f"'{CANARY}", f"</script>{CANARY}", f"</textarea>{CANARY}"),
    *r"""
    {{7*7}} {%load%} %s %(x)s %00 %zz %2e%2e%2f ${x} \ ' " ` -- * ? [ ] ( ) {} [] , . : ; | & ../..
    ../../etc/passwd .. / // //evil.example \\evil.example https:evil.example javascript:alert(1)
    data:text/html,x file:///etc/passwd http://[ mailto: tel:1 (.|.)*%01 (a+)+$ 1'OR'1'='1 1);--
    __class__ __proto__ constructor password
    """.split(),
]
TAGS = """
p ul ol li table tbody tr td th blockquote figure figcaption h2 h3 a b i strong em br hr img svg
math style script template select textarea title iframe noscript form input details fuzz
""".split()
SCRAPS = [
    *(f"<{tag}>" for tag in TAGS),
    *(f"</{tag}>" for tag in TAGS),
    *("<", ">", "&", "&#0;", "&#x110000;", "&nbsp;", "<!--", "-->", "<![CDATA[", "]]>", "<?", "</"),
    *('<a href="javascript:x">', '<a href="//evil">', "<img src=/media/photos/x.jpg onerror=x>"),
    *('<p style="x" class="y" onclick="z">', "<td colspan=99999999>", "文", " ", "\n", "\x00"),
]
#: How often one letter or scrap is repeated: where a step is square in its input, the last is long.
LENGTHS = (0, 1, 10, 300, 5_000, 200_000)


def text(rng, *, longest=1_000_000):
    """A value of a field: of a list, of any letters, one thing many times, or markup."""
    kind = rng.random()
    if kind < 0.5:
        found = rng.choice(rng.choice((TEXTS, TEXTS, NUMBERS, DATES)))
    elif kind < 0.75:
        found = "".join(rng.choices(LETTERS, k=int(rng.expovariate(1 / 20))))
    elif kind < 0.85:
        found = rng.choice(LETTERS + "中a ") * rng.choice(LENGTHS)
    else:
        found = markup(rng)
    return found[:longest]


def markup(rng):
    """Scraps in any order, or a few of them over and over."""
    if rng.random() < 0.5:
        return "".join(rng.choices(SCRAPS, k=rng.choice(LENGTHS[:4])))
    return "".join(rng.choices(SCRAPS, k=rng.randint(1, 3))) * rng.choice(LENGTHS[1:])


def as_bytes(value):
    """Text on the wire; half a character is three bytes that are no UTF-8."""
    return value.encode("utf-8", "surrogatepass")


def quoted(rng, value):
    """Text in an address: quoted as it should be, twice, or hardly."""
    once = quote_from_bytes(as_bytes(value), safe="")
    kind = rng.random()
    if kind < 0.1:
        return once.replace("%", "%25")
    if kind < 0.2:
        return quote_from_bytes(as_bytes(value), safe=string.punctuation.replace("#", ""))
    return once
