"""HTML as people paste it, told in the tags of a body: in one pass, whatever was sent.

The parser behind the allow-list needs time that grows with the square of what stands open at once.
So it is handed what this writes, where no more than DEPTH elements can be open:

- Every tag is written anew, from a few known ones, and what reads as no tag is escaped: so both see
  the same tags.
- An element counts as open until its end tag comes while nothing but inline elements stands open
  above it: no parser of HTML keeps it open then. One that never ends so counts to the last.
"""

import html
import re
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

#: Most elements that are open at once. A list in a list in a list has seven.
DEPTH = 60

# Each alternative consumes all that it looked at, also of what never ends: time stays linear.
# Groups are not possessive: before 3.11.5, Python matches those wrongly (gh-106052).
_TOKEN = re.compile(
    r"""
    <!--(?:.*?-->|.*)
  | <(?P<raw>script|style)(?=[\s/>])[^>]*+>?.*?(?:</(?P=raw)\b[^>]*+>?|\Z)
  | <(?P<end>/?)(?P<name>[a-z][^\s/>]*+)
    (?P<attributes>(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?)*)>?
  | <[!?/][^>]*+>?
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"""([^\s=/]++)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|\S*+))?""")

_OURS = frozenset(
    "p h2 h3 ul ol li blockquote figure figcaption table thead tbody tr th td".split()  # noqa: SIM905
)
#: What stands by itself like a paragraph and is none of ours; the allow-list takes it off again.
_FLOW = frozenset(
    "address article aside center dd details dialog dir div dl dt fieldset footer form h1 h4 h5 h6"  # noqa: SIM905
    " header hgroup main menu nav pre section summary".split()
)
_BLOCKS = _OURS | _FLOW
_VOID = frozenset(
    "area base br col embed frame hr img input link meta param source track wbr".split()  # noqa: SIM905
)
_WRITTEN = _OURS | {"a", "br", "hr", "img"}

#: End tags that people leave out: a start tag ends these, where they are the nearest block.
_ENDS = {
    "p": ("p",),
    "li": ("p", "li"),
    **dict.fromkeys(("td", "th"), ("p", "td", "th")),
    "tr": ("p", "td", "th", "tr"),
    **dict.fromkeys(("thead", "tbody"), ("p", "td", "th", "tr", "thead", "tbody")),
}
_MARKS = {
    "b": "strong",
    "strong": "strong",
    "i": "em",
    "em": "em",
    "sup": "sup",
    "sub": "sub",
    **dict.fromkeys(("s", "strike", "del"), "s"),
}
#: How a style turns a mark on or off: by which properties, the earlier weighing more, and words.
_STYLES = {
    "strong": (
        ("font-weight", "font"),
        re.compile(r"bold|[6-9]\d\d\b|1000"),
        re.compile(r"normal|lighter|[1-5]\d\d\b"),
    ),
    "em": (("font-style", "font"), re.compile("italic|oblique"), re.compile("normal")),
    "s": (
        ("text-decoration", "text-decoration-line"),
        re.compile("line-through"),
        re.compile(r"(?!)"),
    ),
    "sup": (("vertical-align",), re.compile("super"), re.compile("baseline")),
    "sub": (("vertical-align",), re.compile("sub"), re.compile("baseline")),
}


class _Element(NamedTuple):
    """An open element: its name in the source, and what ends it; ``marks`` it turned on or off."""

    name: str
    ending: str = ""
    is_block: bool = False
    marks: dict[str, bool] = {}


def rewritten(source: str, attributes: dict[str, set[str]]) -> str:
    """``source`` with known tags alone, of which each keeps ``attributes`` by tag.

    ValidationError where more than DEPTH elements are open at once.
    """
    writer, at = _Writer(attributes), 0
    for token in _TOKEN.finditer(source):
        writer.text(source[at : token.start()])
        at = token.end()
        if token["name"] is None or not token[0].endswith(">"):
            continue
        name = token["name"].lower()
        if token["end"]:
            writer.end(name)
        else:
            writer.start(name, token["attributes"])
    writer.text(source[at:])
    return "".join(writer.written)


class _Writer:
    """What has been written, and what is open in it."""

    def __init__(self, attributes):
        self.attributes, self.written, self.open = attributes, [], []

    def text(self, text):
        self.written.append(text.replace("<", "&lt;"))

    def start(self, name, given):
        ends = _ENDS.get(name, _ENDS["p"] if name in _BLOCKS or name == "hr" else ())
        while (at := self._nearest_block()) >= 0 and self.open[at].name in ends:
            self._close(at)
        opening, element = self._opened(name, _read(given))
        self.written.append(opening)
        if name in _VOID:
            return
        self.open.append(element)
        if len(self.open) > DEPTH:
            raise ValidationError(
                _("正文的格式套得太深，最多%(most)d层。请去掉多余的列表、表格或引文，再保存。"),
                params={"most": DEPTH},
            )

    def end(self, name):
        at = next((at for at in reversed(range(len(self.open))) if self.open[at].name == name), -1)
        if at < 0:
            self.written.append("</p>" if name == "p" else "")
            return
        element = self.open[at]
        if element.is_block:
            while (top := self._nearest_block()) > at and self.open[top].name in _ENDS:
                self._close(top)
            is_free = top == at
        else:
            is_free = self._nearest_block() < at
        if is_free:
            self._close(at)
        else:  # the parser settles it; here it stays, since it may do so there
            self.written.append(element.ending)
            self.open[at] = element._replace(name="", ending="", marks={})

    def _nearest_block(self):
        return next((at for at in reversed(range(len(self.open))) if self.open[at].is_block), -1)

    def _close(self, at):
        self.written.append(self.open.pop(at).ending)

    def _opened(self, name, given):
        """What is written for a start tag, and the element that it opens."""
        opening = ending = ""
        is_block = name in _BLOCKS
        if name in _WRITTEN:
            kept = self.attributes.get(name, ())
            said = (f' {one}="{value}"' for one, value in given.items() if one in kept)
            opening, ending = f"<{name}{''.join(said)}>", f"</{name}>"
        elif name in _FLOW:
            opening, ending = "<div>", "</div>"
        marks = {}
        if name == "p" or not is_block:
            for mark, is_on in _marks_of(name, given.get("style", "")).items():
                if is_on != (not is_block and self._has(mark)):
                    marks[mark] = is_on
                    opening += f"<{'' if is_on else '/'}{mark}>"
                    ending = f"<{'/' if is_on else ''}{mark}>{ending}"
        return opening, _Element(name, ending, is_block, marks)

    def _has(self, mark):
        """Whether what is written next bears it already, within its block."""
        for element in reversed(self.open):
            if mark in element.marks:
                return element.marks[mark]
            if element.is_block:
                break
        return False


def _read(given):
    """Attributes by name, as they can be written between quotation marks."""
    read = {}
    for name, value in _ATTRIBUTE.findall(given):
        bare = value[1:-1] if value[:1] in ("'", '"') and value[-1:] == value[0] else value
        read.setdefault(name.lower(), bare.replace('"', "&quot;"))
    return read


def _marks_of(name, style):
    """Which of our marks an element means to turn on or off."""
    marks = {_MARKS[name]: True} if name in _MARKS else {}
    told = {}
    for rule in html.unescape(style).lower().split(";"):
        what, _colon, value = rule.partition(":")
        told[what.strip()] = value.strip()
    for mark, (properties, on, off) in _STYLES.items():
        value = next((told[one] for one in properties if one in told), "")
        if on.search(value):
            marks[mark] = True
        elif off.search(value):
            marks[mark] = False
    return marks
