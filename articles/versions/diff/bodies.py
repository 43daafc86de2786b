"""Comparison of two bodies: of blocks first, then of the text inside each that changed.

A block is a paragraph, heading, item, cell, picture or rule.
"""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import chain
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.versions.diff.changes import BlockChange, Piece
from articles.versions.diff.sequence import (
    Budget,
    Matcher,
    Pairs,
    alike,
    in_order,
    likeness,
    moved,
    pair_equal,
    pair_free,
)
from articles.versions.diff.text import diff_text, parted, whole
from articles.versions.diff.tokenizer import Vocabulary

#: Likeness from which two blocks at different places are one that was moved and changed.
_MOVED = 0.6
#: Likeness from which a block was split into two or two were joined, if the whole block is more
#: alike than a single part by the margin.
_WHOLE, _MARGIN = 0.6, 0.1

_PART = re.compile(r'<(/?)(\w+)((?:[^>"]|"[^"]*")*)>|([^<]+|<)')
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
#: Tags around blocks; white space directly in them is not text.
_FRAMES = frozenset(("ul", "ol", "blockquote", "table", "tbody", "tr", "figure"))
_LINES, _VOID = frozenset(("p", "h2", "h3")), frozenset(("img", "hr"))
_BLOCKS = _FRAMES | _LINES | _VOID | {"li", "th", "td", "figcaption"}

#: Notes on changes of inline tags.
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
    """A block of text, or a picture or rule, whose text is empty.

    ``path`` are the tags around it, the outermost first; ``formats`` has for each character of the
    text the set of its inline tags, each as (tag, address).
    """

    path: tuple[str, ...]
    text: str = ""
    formats: tuple[frozenset, ...] = ()
    alt: str = ""
    source: str = ""

    @property
    def key(self) -> str | tuple[tuple[str, ...], str, str]:
        """By what blocks are equal: the text; without text path, alternative text and source."""
        return self.text or (self.path, self.alt, self.source)

    @property
    def tag(self) -> str:
        """Innermost tag in ``_WORDS``; of a list item the tag of the list."""
        return next((tag for tag in reversed(self.path) if tag in _WORDS and tag != "p"), "p")

    @property
    def links(self) -> list[str]:
        """Addresses of its links, in order, each once."""
        held = chain.from_iterable(dict.fromkeys(self.formats))
        found = (address for tag, address in held if tag == "a")
        return list(dict.fromkeys(found))

    def joined(self, *others: "Block") -> "Block":
        blocks = (self, *others)
        formats = chain.from_iterable(block.formats for block in blocks)
        return self._replace(text=_text(blocks), formats=tuple(formats))


def blocks_of(body: str) -> list[Block]:
    """Split a sanitised body into blocks."""
    blocks: list[Block] = []
    path: list[str] = []
    inline: list[tuple[str, str]] = []
    texts: list[str] = []
    formats: list[frozenset] = []
    began = 0
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
                # An empty paragraph is a blank line on the page.
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


def _text_block(path: list[str], texts: list[str], formats: list[frozenset]) -> list[Block]:
    text, is_framed = "".join(texts), not path or path[-1] in _FRAMES
    is_empty = not text or (is_framed and text.isspace())
    return [] if is_empty else [Block(tuple(path), text, tuple(formats))]


def diff_bodies(old: str, new: str, vocabulary: Vocabulary) -> tuple[BlockChange, ...]:
    """Compare two sanitised bodies; the blocks of both in the order of reading."""
    changes: list[BlockChange] = []
    budget = Budget()
    for was, now, elsewhere in _steps(blocks_of(old), blocks_of(new)):
        if was and now:
            changes += _changed(was, now, vocabulary, budget)
            continue
        (block,) = was or now
        if now and elsewhere:
            changes.append(_arrived(elsewhere, block, vocabulary, budget))
        else:
            pieces = whole("removed" if was else "added", block.text, vocabulary)
            kind = "moved_from" if elsewhere else "removed" if was else "added"
            notes = [] if elsewhere else _outward_notes(block)
            changes.append(_change(kind, block, pieces, notes))
    return tuple(changes)


def _steps(
    olds: list[Block], news: list[Block]
) -> list[tuple[list[Block], list[Block], Block | None]]:
    """Old and new blocks that belong together, in the order of reading: mostly one of each.

    A block without counterpart was removed or added; if it was moved, the third is the block at
    its other place.
    """
    pairs, away = _paired(olds, news)
    places = {pairs[new]: new for new in away}
    steps: list[tuple[list[Block], list[Block], Block | None]] = []
    stayed = {new: old for new, old in pairs.items() if new not in away}
    for old, new in in_order(stayed, len(olds), len(news)):
        was, now = ([] if at is None else [side[at]] for side, at in ((olds, old), (news, new)))
        elsewhere = (
            olds[pairs[new]] if new in away else news[places[old]] if old in places else None
        )
        if steps and not elsewhere and not steps[-1][2] and _is_one(steps[-1][:2], (was, now)):
            steps[-1] = (steps[-1][0] + was, steps[-1][1] + now, None)
        else:
            steps.append((was, now, elsewhere))
    return steps


def _paired(olds: list[Block], news: list[Block]) -> tuple[Pairs, set[int]]:
    """Matched blocks, and the new indexes of those that were moved."""
    old_keys, new_keys = ([block.key for block in side] for side in (olds, news))
    old_texts, new_texts = ([block.text for block in side] for side in (olds, news))
    pairs: Pairs = {}
    beside: list[tuple[int, int]] = []
    mine, other = 0, 0
    for a, b, size in Matcher(old_keys, new_keys, Budget(500_000)).get_matching_blocks():
        beside += zip(range(mine, a), range(other, b), strict=False)
        mine, other = a + size, b + size
        pairs |= zip(range(b, other), range(a, mine), strict=True)
    pair_equal(pairs, old_keys, new_keys)
    # Most changed blocks were not moved, and are found here at less cost than below.
    pair_free(pairs, beside, lambda a, b: likeness(old_texts[a], new_texts[b]) >= _MOVED)
    found = alike(pairs, old_texts, new_texts)
    pair_free(pairs, ((old, new) for like, old, new in found if like >= _MOVED))
    away = moved(pairs)

    def crosses_nothing(old: int, new: int) -> bool:
        stayed = (at for at in pairs.items() if at[0] not in away)
        return all((there < new) == (here < old) for there, here in stayed)

    pair_free(pairs, ((old, new) for _like, old, new in found), crosses_nothing)
    return pairs, away


def _is_one(last: tuple[list[Block], list[Block]], step: tuple[list[Block], list[Block]]) -> bool:
    """Whether two neighbouring steps are one block that was split, or two that were joined."""
    both = [one + other for one, other in zip(last, step, strict=True)]
    old, new = map(_text, last if all(last) else step)
    if sorted(map(len, both)) != [1, 2] or old == new:
        return False
    old_whole, new_whole = map(_text, both)
    return likeness(old_whole, new_whole) >= max(_WHOLE, likeness(old, new) + _MARGIN)


def _text(blocks: Iterable[Block]) -> str:
    return "".join(block.text for block in blocks)


def _change(
    kind: str,
    block: Block,
    pieces: tuple[Piece, ...],
    notes: Iterable[str],
    edits: tuple[Piece, ...] = (),
) -> BlockChange:
    word = "" if block.tag == "p" else str(_WORDS[block.tag])
    return BlockChange(kind, block.tag, word, pieces, tuple(notes), block.alt, edits)


def _arrived(old: Block, new: Block, vocabulary: Vocabulary, budget: Budget) -> BlockChange:
    edits = diff_text(old.text, new.text, vocabulary, budget)
    pieces, notes = whole("added", new.text, vocabulary), _format_notes(old, new, edits)
    return _change("moved_to", new, pieces, notes, edits if old.text != new.text else ())


def _changed(
    was: list[Block], now: list[Block], vocabulary: Vocabulary, budget: Budget
) -> Iterator[BlockChange]:
    """Changes of a block that stayed, of two that were joined, or of one that was split."""
    old, new = was[0].joined(*was[1:]), now[0].joined(*now[1:])
    pieces = diff_text(old.text, new.text, vocabulary, budget)
    notes = _format_notes(old, new, pieces)
    if was[1:]:
        notes = [_("由前后两段合并"), *notes]
    if now[1:]:
        first, second = parted(pieces, len(now[0].text))
        yield _change("changed", now[0], first, notes)
        yield _change("changed", now[1], second, [_("由上一段分出")])
    else:
        yield _change(
            "same" if old.text == new.text and not notes else "changed", new, pieces, notes
        )


def _format_notes(old: Block, new: Block, pieces: tuple[Piece, ...]) -> list[str]:
    """Notes on changes of tags and links; ``pieces`` say which text is in both blocks."""
    notes: list[str] = []
    tags: set[str] = set()
    at, other = 0, 0
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
    notes += [str(note) for tag, note in _MARKS.items() if tag in tags]
    if old.links != new.links:
        notes.append(_link_note(old.links, new.links))
    elif "a" in tags:
        notes.append(_("链接所在的文字有改动"))
    return notes


def _link_note(old: list[str], new: list[str]) -> str:
    gone = "、".join(link for link in old if link not in new)
    come = "、".join(link for link in new if link not in old)
    if gone and come:
        return _("链接由%(gone)s改为%(come)s") % {"gone": gone, "come": come}
    if come:
        return _("新加链接：%(come)s") % {"come": come}
    return _("删去链接：%(gone)s") % {"gone": gone} if gone else _("链接次序有改动")


def _outward_notes(block: Block) -> list[str]:
    """Notes on links and file of a removed or added block, which its text does not show."""
    notes = [_("链接：%(links)s") % {"links": "、".join(block.links)}] if block.links else []
    if block.source:
        notes.append(_("文件：%(name)s") % {"name": block.source.rsplit("/", 1)[-1]})
    return notes
