"""Two bodies laid over one another: blocks first, then the text of each that changed.

A block is a paragraph, heading, item, cell, picture or rule.
"""

import re
from html import unescape
from itertools import chain
from operator import getitem
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.versions.diff.changes import BlockChange
from articles.versions.diff.sequence import (
    Budget,
    Matcher,
    alike,
    in_order,
    likeness,
    moved,
    pair_equal,
    pair_free,
)
from articles.versions.diff.text import diff_text, parted, whole
from articles.versions.diff.tokenizer import Vocabulary

#: Likeness from which a block far from its place was moved, and changed as well; and from which
#: two are the parts of one, if that is likelier by a margin.
_MOVED, _WHOLE, _MARGIN = 0.6, 0.6, 0.1

_PART = re.compile(r'<(/?)(\w+)((?:[^>"]|"[^"]*")*)>|([^<]+|<)')
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
#: White space in these is none of the text.
_FRAMES = frozenset(("ul", "ol", "blockquote", "table", "tbody", "tr", "figure"))
_LINES, _VOID = frozenset(("p", "h2", "h3")), frozenset(("img", "hr"))
_BLOCKS = _FRAMES | _LINES | _VOID | {"li", "th", "td", "figcaption"}

#: How a change of what is said of a stretch of text is told.
_MARKS = {
    "strong": gettext_lazy("加粗有改动"),
    "em": gettext_lazy("斜体有改动"),
    "s": gettext_lazy("删除线有改动"),
    "sup": gettext_lazy("上标有改动"),
    "sub": gettext_lazy("下标有改动"),
}
_WORDS = {
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


class Block(NamedTuple):
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
        return next((tag for tag in reversed(self.path) if tag in _WORDS and tag != "p"), "p")

    @property
    def links(self) -> list[str]:
        """Addresses that it links to, in order, each once."""
        held = chain.from_iterable(dict.fromkeys(self.formats))
        found = (address for tag, address in held if tag == "a")
        return list(dict.fromkeys(found))

    def joined(self, *others: "Block") -> "Block":
        blocks = (self, *others)
        formats = chain.from_iterable(block.formats for block in blocks)
        return self._replace(text=_text(blocks), formats=tuple(formats))


def blocks_of(body: str) -> list[Block]:
    """Blocks of a sanitised body, in order."""
    blocks, path, inline, texts, formats, began = [], [], [], [], [], 0
    for end, tag, attributes, data in [*_PART.findall(body), ("", "p", "", "")]:
        given = {name: unescape(value) for name, value in _ATTRIBUTE.findall(attributes)}
        if tag in _BLOCKS:
            blocks += _text_block(path, texts, formats)
            texts, formats = [], []
            if tag in _VOID:
                alt, source = given.get("alt", ""), given.get("src", "")
                blocks.append(Block((*path, tag), alt=alt, source=source))
            elif not end:
                path.append(tag)
                began = len(blocks)
            elif tag in path:
                # Without text there is still something to be seen: a blank line.
                blocks += [Block(tuple(path))] * (tag in _LINES and len(blocks) == began)
                while path.pop() != tag:
                    pass
        elif end:
            inline = [one for one in inline if one[0] != tag]
        elif tag and tag != "br":
            inline.append((tag, given.get("href", "")))
        else:
            texts.append(unescape(data) or "\n")
            formats += [frozenset(inline)] * len(texts[-1])
    return blocks


def _text_block(path, texts, formats):
    text, is_framed = "".join(texts), not path or path[-1] in _FRAMES
    is_empty = not text or (is_framed and text.isspace())
    return [] if is_empty else [Block(tuple(path), text, tuple(formats))]


def diff_bodies(old: str, new: str, vocabulary: Vocabulary) -> tuple[BlockChange, ...]:
    """Blocks of two sanitised bodies over one another, in the order of reading."""
    changes, budget = [], Budget()
    for was, now, elsewhere in _steps(blocks_of(old), blocks_of(new)):
        if was and now:
            changes += _changed(was, now, vocabulary, budget)
        elif now and elsewhere:
            changes.append(_arrived(elsewhere, *now, vocabulary, budget))
        else:
            (block,) = was or now
            pieces = whole("removed" if was else "added", block.text, vocabulary)
            kind = "moved_from" if elsewhere else "removed" if was else "added"
            notes = [] if elsewhere else _outward_notes(block)
            changes.append(_told(kind, block, pieces, notes))
    return tuple(changes)


def _steps(olds, news):
    """Blocks that belong together, old and new, in the order of reading: mostly one and one.

    One alone went or came; or it was moved, and comes with its like at the other place.
    """
    pairs, away = _paired(olds, news)
    places, steps = {pairs[new]: new for new in away}, []
    stayed = {new: old for new, old in pairs.items() if new not in away}
    for old, new in in_order(stayed, len(olds), len(news)):
        was, now = ([] if at is None else [side[at]] for side, at in ((olds, old), (news, new)))
        elsewhere = (
            olds[pairs[new]] if new in away else news[places[old]] if old in places else None
        )
        if steps and not elsewhere and not steps[-1][2] and _is_one(steps[-1][:2], (was, now)):
            steps[-1] = (steps[-1][0] + was, steps[-1][1] + now, ())
        else:
            steps.append((was, now, elsewhere))
    return steps


def _paired(olds, news):
    """Old places by new ones, and which of the new ones were moved to."""
    keys = [[block.key for block in side] for side in (olds, news)]
    texts = [[block.text for block in side] for side in (olds, news)]
    pairs, beside, mine, other = {}, [], 0, 0
    for a, b, size in Matcher(*keys, Budget(500_000)).get_matching_blocks():
        beside += zip(range(mine, a), range(other, b), strict=False)
        mine, other = a + size, b + size
        pairs |= zip(range(b, other), range(a, mine), strict=True)
    pair_equal(pairs, *keys)
    # Most of what changed stands where it stood, which spares the long way.
    pair_free(pairs, (at for at in beside if likeness(*map(getitem, texts, at)) >= _MOVED))
    found = alike(pairs, *texts)
    pair_free(pairs, (at for like, *at in found if like >= _MOVED))
    away = moved(pairs)

    def crosses_nothing(old, new):
        stayed = (at for at in pairs.items() if at[0] not in away)
        return all((there < new) == (here < old) for there, here in stayed)

    pair_free(pairs, (at for _like, *at in found), crosses_nothing)
    return pairs, away


def _is_one(last, step):
    """Whether neighbours are the parts of one block that was parted, or two that were joined."""
    both = [one + other for one, other in zip(last, step, strict=True)]
    alone = list(map(_text, last if all(last) else step))
    if sorted(map(len, both)) != [1, 2] or alone[0] == alone[1]:
        return False
    return likeness(*map(_text, both)) >= max(_WHOLE, likeness(*alone) + _MARGIN)


def _text(blocks):
    return "".join(block.text for block in blocks)


def _told(kind, block, pieces, notes, edits=()):
    word = "" if block.tag == "p" else _WORDS[block.tag]
    return BlockChange(kind, block.tag, word, pieces, tuple(notes), block.alt, edits)


def _arrived(old, new, vocabulary, budget):
    edits = diff_text(old.text, new.text, vocabulary, budget)
    pieces, notes = whole("added", new.text, vocabulary), _format_notes(old, new, edits)
    return _told("moved_to", new, pieces, notes, edits if old.text != new.text else ())


def _changed(was, now, vocabulary, budget):
    """One block that stayed, or two that were joined, or one that was parted in two."""
    old, new = was[0].joined(*was[1:]), now[0].joined(*now[1:])
    pieces = diff_text(old.text, new.text, vocabulary, budget)
    notes = _format_notes(old, new, pieces)
    if was[1:]:
        notes = [_("由前后两段合并"), *notes]
    if now[1:]:
        first, second = parted(pieces, len(now[0].text))
        yield _told("changed", now[0], first, notes)
        yield _told("changed", now[1], second, [_("由上一段分出")])
    else:
        yield _told("same" if old.text == new.text and not notes else "changed", new, pieces, notes)


def _format_notes(old, new, pieces):
    """In words, how ``new`` looks other than ``old``; ``pieces`` tell where the text stayed."""
    notes, at, other, tags = [], 0, 0, set()
    if old.path != new.path:
        before, after = _WORDS[old.tag], _WORDS[new.tag]
        changed = _("由%(before)s改为%(after)s") % {"before": before, "after": after}
        notes.append(changed if before != after else _("格式有改动"))
    for kind, text, _mark in pieces:
        was, now = old.formats[at : at + len(text)], new.formats[other : other + len(text)]
        if kind == "same" and was != now:
            tags |= {tag for both in zip(was, now, strict=True) for tag, _to in both[0] ^ both[1]}
        at += len(text) * (kind != "added")
        other += len(text) * (kind != "removed")
    notes += [note for tag, note in _MARKS.items() if tag in tags]
    if old.links != new.links:
        notes.append(_link_note(old.links, new.links))
    elif "a" in tags:
        notes.append(_("链接所在的文字有改动"))
    return notes


def _link_note(old, new):
    gone = "、".join(link for link in old if link not in new)
    come = "、".join(link for link in new if link not in old)
    if gone and come:
        return _("链接由%(gone)s改为%(come)s") % {"gone": gone, "come": come}
    if come:
        return _("新加链接：%(come)s") % {"come": come}
    return _("删去链接：%(gone)s") % {"gone": gone} if gone else _("链接次序有改动")


def _outward_notes(block):
    """Where a block that went or came points to: its text does not tell."""
    notes = [_("链接：%(links)s") % {"links": "、".join(block.links)}] if block.links else []
    if block.source:
        notes.append(_("文件：%(name)s") % {"name": block.source.rsplit("/", 1)[-1]})
    return notes
