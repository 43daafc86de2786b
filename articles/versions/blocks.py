"""The body of a story as its blocks: paragraphs, headings, items, cells, pictures."""

from dataclasses import dataclass
from html.parser import HTMLParser

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

#: What a block may stand in; the innermost names it.
_BLOCKS = frozenset(
    "p h2 h3 ul ol li blockquote table tbody tr th td figure figcaption".split()  # noqa: SIM905
)
#: White space in these is none of the text.
_FRAMES = frozenset(("ul", "ol", "blockquote", "table", "tbody", "tr", "figure"))
#: Without text there is still something to be seen: a blank line.
_LINES = frozenset(("p", "h2", "h3"))
_SAME_AS = {"b": "strong", "i": "em"}

#: What may be said of a stretch of text within a block, and how a change of it is told.
_MARKS = {
    "strong": gettext_lazy("加粗有改动"),
    "em": gettext_lazy("斜体有改动"),
    "s": gettext_lazy("删除线有改动"),
    "sup": gettext_lazy("上标有改动"),
    "sub": gettext_lazy("下标有改动"),
}
_INLINE = frozenset((*_MARKS, "a"))

WORDS = {
    "p": gettext_lazy("正文"),
    "h2": gettext_lazy("小标题"),
    "h3": gettext_lazy("次级小标题"),
    "ul": gettext_lazy("列表项"),
    "ol": gettext_lazy("编号项"),
    "blockquote": gettext_lazy("引文"),
    "th": gettext_lazy("表头"),
    "td": gettext_lazy("表格单元"),
    "figcaption": gettext_lazy("图说"),
    "hr": gettext_lazy("分隔线"),
    "img": gettext_lazy("图片"),
}


@dataclass(frozen=True)
class Block:
    """A stretch of text that stands by itself, or a picture or rule, which has none.

    ``path`` holds the tags around it, ``formats`` for each character the set of (tag, address).
    """

    path: tuple[str, ...]
    text: str = ""
    formats: tuple[frozenset, ...] = ()
    alt: str = ""
    source: str = ""

    @property
    def key(self):
        """What makes it the same as another: its text; where there is none, what it is."""
        return self.text or (self.path, self.alt, self.source)

    @property
    def tag(self) -> str:
        """The innermost tag that names it; an item is named by its list."""
        return next((tag for tag in reversed(self.path) if tag in WORDS and tag != "p"), "p")

    @property
    def links(self) -> list[str]:
        """Addresses that it links to, in order, each once."""
        found = (address for held in self.formats for tag, address in held if tag == "a")
        return list(dict.fromkeys(found))

    def __add__(self, other: "Block") -> "Block":
        """Both as one text."""
        return Block(self.path, self.text + other.text, self.formats + other.formats)


class _Reader(HTMLParser):
    """Collects blocks; expects what articles.sanitise lets pass, and bears anything."""

    def __init__(self):
        super().__init__()
        self.blocks, self.path, self.inline = [], [], []
        self.text, self.formats = [], []

    def flush(self):
        text = "".join(self.text)
        framed = not self.path or self.path[-1] in _FRAMES
        if text and not (framed and text.isspace()):
            self.blocks.append(Block(tuple(self.path), text, tuple(self.formats)))
        self.text, self.formats = [], []

    def handle_starttag(self, tag, attrs):
        tag, given = _SAME_AS.get(tag, tag), dict(attrs)
        if tag in _BLOCKS:
            self.flush()
            self.path.append(tag)
            self.began = len(self.blocks)
        elif tag in ("img", "hr"):
            self.flush()
            alt, source = given.get("alt") or "", given.get("src") or ""
            self.blocks.append(Block((*self.path, tag), alt=alt, source=source))
        elif tag == "br":
            self.handle_data("\n")
        elif tag in _INLINE:
            self.inline.append((tag, given.get("href") or ""))

    def handle_endtag(self, tag):
        tag = _SAME_AS.get(tag, tag)
        if tag in self.path:
            self.flush()
            if tag in _LINES and len(self.blocks) == self.began:
                self.blocks.append(Block(tuple(self.path)))
            while self.path.pop() != tag:
                pass
        elif tag in _INLINE:
            held = [at for at, (inline, _address) in enumerate(self.inline) if inline == tag]
            if held:
                del self.inline[held[-1]]

    def handle_data(self, data):
        self.text.append(data)
        self.formats += [frozenset(self.inline)] * len(data)


def blocks_of(html: str) -> list[Block]:
    """Blocks of a sanitised body, in order."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.flush()
    return reader.blocks


def format_notes(old: Block, new: Block, pieces) -> tuple[str, ...]:
    """In words, how ``new`` looks other than ``old``; ``pieces`` tell where the text stayed."""
    notes = []
    if old.path != new.path:
        before, after = WORDS[old.tag], WORDS[new.tag]
        changed = _("由%(before)s改为%(after)s") % {"before": before, "after": after}
        notes.append(changed if before != after else _("格式有改动"))
    at, other, tags = 0, 0, set()
    for piece in pieces:
        size = len(piece.text)
        if piece.kind == "same":
            both = zip(old.formats[at : at + size], new.formats[other : other + size], strict=True)
            tags |= {tag for before, after in both for tag, _address in before ^ after}
        at += size * (piece.kind != "added")
        other += size * (piece.kind != "removed")
    notes += [note for tag, note in _MARKS.items() if tag in tags]
    if old.links != new.links:
        notes.append(_link_note(old.links, new.links))
    elif "a" in tags:
        notes.append(_("链接所在的文字有改动"))
    return tuple(notes)


def outward_notes(block: Block) -> tuple[str, ...]:
    """Where a block that went or came points to: its text does not tell."""
    notes = [_("链接：%(links)s") % {"links": "、".join(block.links)}] if block.links else []
    if block.source:
        notes.append(_("文件：%(name)s") % {"name": block.source.rsplit("/", 1)[-1]})
    return tuple(notes)


def _link_note(old, new):
    gone = "、".join(link for link in old if link not in new)
    come = "、".join(link for link in new if link not in old)
    if gone and come:
        return _("链接由%(gone)s改为%(come)s") % {"gone": gone, "come": come}
    if come:
        return _("新加链接：%(come)s") % {"come": come}
    return _("删去链接：%(gone)s") % {"gone": gone} if gone else _("链接次序有改动")
