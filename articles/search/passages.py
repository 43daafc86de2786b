"""Passages: where words stand in a text, in the characters that are printed."""

from dataclasses import dataclass

from articles.search.folding import BREAK, composed, spans

#: Characters of a passage at most, and of those before its first word.
LONGEST, BEFORE = 90, 20


@dataclass(frozen=True)
class Passage:
    """A line, or a part of one; ``marks`` are first character and end of each place of a word."""

    text: str = ""
    marks: tuple[tuple[int, int], ...] = ()
    #: Whether the line goes on before and behind.
    is_cut_before: bool = False
    is_cut_behind: bool = False

    def __bool__(self) -> bool:
        return bool(self.text)

    @property
    def pieces(self) -> list[tuple[str, bool]]:
        """The text in pieces, each with whether it is marked."""
        found, at = [], 0
        for first, end in self.marks:
            found += [(self.text[at:first], False), (self.text[first:end], True)]
            at = end
        return [
            (piece, is_marked) for piece, is_marked in [*found, (self.text[at:], False)] if piece
        ]


def marked(text: str, words: tuple[str, ...]) -> Passage:
    """All of a text, such as a headline, with the folded ``words`` marked."""
    text = composed(text)
    return Passage(text, tuple(spans(text, words)))


def passage_of(original: str, text: str, skipped: int, words: tuple[str, ...]) -> Passage:
    """The first line with most of the folded ``words`` of a document, as it is printed.

    Lines within the first ``skipped`` characters of the folded ``text`` are printed otherwise.
    """
    best, most, at = -1, 0, 0
    for number, line in enumerate(text.split(BREAK)):
        count = sum(word in line for word in words) if at >= skipped else 0
        if count > most:
            best, most = number, count
        at += len(line) + 1
    return _cut(marked(original.split(BREAK)[best], words)) if most else Passage()


def _cut(line: Passage) -> Passage:
    start = max(0, line.marks[0][0] - BEFORE) if len(line.text) > LONGEST else 0
    end = max(start + LONGEST, line.marks[0][1])
    marks = tuple(
        (first - start, min(last, end) - start) for first, last in line.marks if first < end
    )
    return Passage(line.text[start:end], marks, start > 0, end < len(line.text))
