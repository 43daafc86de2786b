"""How a page is set, as its lines tell: narrow columns, indents, broken paragraphs."""

import re
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from articles.importing.parser.lines import Line

#: Columns are narrower than this many characters.
_WIDEST = 36


@dataclass(frozen=True)
class PageForm:
    #: Each line of a column is a line of the text, of about this many characters.
    narrow: bool
    width: int
    #: Paragraphs are broken by columns.
    broken: bool
    #: An indent tells where a paragraph begins.
    indents: bool
    #: Breaks between two lines.
    gap: float

    @classmethod
    def of(cls, lines: list[Line]) -> "PageForm":
        texts = [line for line in lines if line.kind in ("text", "label", "name")]
        unclosed = [line for line in texts if not line.is_closed]
        sizes = sorted(len(line.folded) for line in texts)
        narrow = bool(texts) and len(unclosed) > len(texts) / 2 and median(sizes) < _WIDEST
        return cls(
            narrow,
            int(median(sizes[len(sizes) // 2 :])) if texts else 0,
            any(re.search("[,、]", line.folded) for line in unclosed if not line.label),
            _tells_by_indent(texts),
            median(line.gap for line in lines[1:]) if len(lines) > 1 else 1,
        )


def _tells_by_indent(texts: list[Line]) -> bool:
    """Whether some lines are indented, and not all."""
    after = [second for first, second in pairwise(texts) if first.is_closed]
    indented = sum(line.indented for line in texts)
    often = sum(line.indented for line in after) > len(after) * 0.3
    return often and 1 < indented < len(texts) * 0.95
