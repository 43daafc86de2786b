"""Lines of a page put together: which are headlines, which go on in the next column."""

import re
from dataclasses import dataclass, field

from articles.importing.parser.datelines import label_at
from articles.importing.parser.dates import DAY
from articles.importing.parser.lines import Line, closing_byline, lines_of, opening_byline
from articles.importing.parser.page_form import PageForm
from articles.importing.parser.text import Flow
from articles.importing.parser.words import any_of

#: Kinds of lines that end a paragraph, and those that may stand inside one.
_ENDING, _MARKS = ("byline", "staff", "caption"), ("jump", "head")
_SUBHEADING, _LONGEST_TAIL = 22, 160
#: Lines that may stand between a headline and its text: bylines, marks of the page.
_BETWEEN = 6
#: How the first sentence of a story begins.
_LEAD = re.compile(rf"[“ ]*(?:{DAY.pattern.replace('?P<', '?P<_')}|{any_of('lead')})")
_DATED = re.compile(rf"{_LEAD.pattern}.{{0,20}},")
#: A line that begins with these goes on.
_CLOSING = re.compile(r"[,。、;:!?)”]")


@dataclass
class Block:
    """A paragraph, or a line of another kind, of a story."""

    kind: str
    lines: list[Line]

    def flow(self) -> Flow:
        return Flow(self.lines[0].page, [line.span for line in self.lines])


@dataclass
class RawStory:
    """Lines of one story: headlines, and all that follows up to the next."""

    title: list[Line] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)

    @property
    def has_text(self) -> bool:
        return any(block.kind == "text" for block in self.blocks)


class Layout:
    """Reads a page line by line."""

    def __init__(self, page: str):
        self.lines = lines_of(page)
        self.stories: list[RawStory] = []
        self._opening: dict[int, bool] = {}
        #: Marks of the page that belong to no story.
        self.marks: list[Block] = []
        #: The paragraph that may go on.
        self.paragraph: Block | None = None
        self.form = PageForm.of(self.lines)

    def read(self) -> "Layout":
        index = 0
        while index < len(self.lines):
            index = self._read_at(index)
        return self

    def _read_at(self, index) -> int:
        """Take the line at ``index``, or the headlines that begin there; says which is next."""
        line = self.lines[index]
        if line.kind in _MARKS:
            self._mark(line)
        elif self._ends_with_byline(line):
            self.paragraph.lines.append(line)
        elif self._is_lone_name(index) or self._is_outlet(index):
            self._end(line)
        elif count := self._headlines_at(index):
            self._close()
            self.stories.append(RawStory(title=self.lines[index : index + count]))
            return index + count
        elif line.kind in _ENDING:
            self._end(line)
        elif self._goes_on(index):
            self.paragraph.lines.append(line)
        else:
            self._begin(index)
        return index + 1

    def _mark(self, line):
        home = self.stories[-1].blocks if line.kind == "jump" and self.stories else self.marks
        home.append(Block(line.kind, [line]))

    def _end(self, line):
        kind = "byline" if line.kind in ("name", "outlet") else line.kind
        self._close()
        if self.stories:
            self.stories[-1].blocks.append(Block(kind, [line]))
        else:
            self.marks.append(Block(kind, [line]))

    def _close(self):
        self.paragraph = None

    def _begin(self, index):
        """A paragraph begins; a label begins a story too, though it may have no headline."""
        line = self.lines[index]
        fresh = not self.stories or (self.opens(index) and self.stories[-1].has_text)
        if fresh:
            self.stories.append(RawStory())
        self.paragraph = Block("text", [line])
        self.stories[-1].blocks.append(self.paragraph)

    def _tail(self, line) -> str:
        """End of the open paragraph, with ``line`` if it went on in it."""
        before = "".join(each.folded[-_LONGEST_TAIL:] for each in self.paragraph.lines[-4:])
        return before[-_LONGEST_TAIL:] + line.folded

    def _ends_with_byline(self, line) -> bool:
        """Whether ``line`` is the rest of a byline that the open paragraph begins."""
        if (
            not self.paragraph
            or self.paragraph.lines[-1].is_closed
            or len(line.folded) > _LONGEST_TAIL
        ):
            return False
        tail = self._tail(line)
        before = tail[: -len(line.folded)]
        finished = line.kind in _ENDING or before.endswith((")", "]"))
        if finished and closing_byline(before) is not None:
            return False
        start = closing_byline(tail)
        return start is not None and start < len(before)

    def _is_signed(self) -> bool:
        """Whether the open paragraph ends with a byline."""
        last = self.paragraph.lines[-1]
        text = (
            last.folded
            if len(last.folded) > _LONGEST_TAIL
            else self._tail(last)[: -len(last.folded)]
        )
        start = closing_byline(text)
        if start is None or len(self.paragraph.lines) > 3:  # noqa: PLR2004
            return start is not None
        label = label_at(self.paragraph.lines[0].folded)
        return start > (label.end if label else 0)

    def _is_lone_name(self, index) -> bool:
        """A name alone on its line signs, where a story ends or has not begun."""
        line = self.lines[index]
        if line.kind != "name" or not self.stories:
            return False
        story = self.stories[-1]
        if story.title and not story.has_text:
            return True
        closed = not self.paragraph or self.paragraph.lines[-1].is_closed
        rest = self.lines[index + 1 : index + 2]
        return (
            story.has_text
            and closed
            and (not rest or rest[0].may_be_headline or rest[0].kind != "text")
        )

    def _is_outlet(self, index) -> bool:
        """A name behind an outlet's, where the line before is a byline."""
        return (
            index > 0
            and self.lines[index].kind == "outlet"
            and self.lines[index - 1].kind == "byline"
        )

    def _goes_on(self, index) -> bool:
        """Whether the open paragraph goes on with the line at ``index``."""
        if not self.paragraph:
            return False
        line, last = self.lines[index], self.paragraph.lines[-1]
        label_alone = last.label is not None and last.label.end >= len(last.folded)
        if label_alone or _CLOSING.match(line.folded):
            return True
        if self.opens(index) or self._is_signed():
            return False
        if (self.form.indents and line.indented) or (last.ends_item and line.opens_item):
            return False
        if last.is_closed:
            return (
                self.form.narrow and self.form.indents and len(last.folded) >= self.form.width - 2
            )
        return not (len(self.paragraph.lines) == 1 and self._is_subheading(last, line))

    def _is_subheading(self, line, following) -> bool:
        numbered = line.opens_item and len(line.folded) <= _SUBHEADING
        return (
            not self.form.narrow
            and (numbered or not self.form.broken)
            and len(line.folded) <= _SUBHEADING
            and not re.search(r"[,;:、]|\d$", line.folded)
            and line.kind == "text"
            and len(following.folded) > _SUBHEADING
        )

    def opens(self, index) -> bool:
        """Whether the text of a story begins here: a label, or a byline in brackets."""
        if index not in self._opening:
            self._opening[index] = self._opens(index)
        return self._opening[index]

    def _opens(self, index) -> bool:
        line = self.lines[index]
        folded = line.folded
        if line.kind not in ("text", "label"):
            return False
        if len(folded) < 60 and index + 1 < len(self.lines):  # noqa: PLR2004
            following = self.lines[index + 1]
            if not following.opens_story:
                folded += following.folded[:80]
        return label_at(folded) is not None or opening_byline(folded) is not None

    def _headlines_at(self, index) -> int:
        """How many lines from ``index`` on are the headlines of a story."""
        run = self._run(index)
        if not run:
            return 0
        after = index + run
        last = min(len(self.lines), after + _BETWEEN)
        while after < last and self.lines[after].kind in (
            "byline",
            "name",
            "head",
            "jump",
        ):
            after += 1
        if after >= len(self.lines) or self.lines[after].kind not in ("text", "label"):
            return 0
        if self.opens(after) or self.lines[index + run].kind == "byline":
            return run
        if self.stories and not self.stories[-1].blocks:
            return 0  # the text of the headline above, though its first line may look like one
        return run if self._starts_unlabelled(index, run, after) else 0

    def _run(self, index) -> int:
        """Lines from ``index`` on that have the form of headlines; at most five."""
        count = 0
        while (
            count < 5  # noqa: PLR2004
            and index + count < len(self.lines)
            and self.lines[index + count].may_be_headline
            and not self.opens(index + count)
            and not (self.form.indents and self.lines[index + count].indented)
            and not (count and self._is_column_line(self.lines[index + count]))
            and not _CLOSING.match(self.lines[index + count].folded)
            and not _DATED.match(self.lines[index + count].folded)
        ):
            count += 1
        return count

    def _is_column_line(self, line) -> bool:
        """Whether a line below a headline is none: a lone name, or as wide as a column."""
        full = self.form.narrow and abs(len(line.folded) - self.form.width) <= 1
        return line.kind == "name" or (full and not self.form.indents)

    def _starts_unlabelled(self, index, run, after) -> bool:
        """Whether headlines stand above a text that has no label."""
        first, text = self.lines[index], self.lines[after]
        if (self.form.narrow and self.form.indents and not text.indented) or _CLOSING.match(
            text.folded
        ):
            return False
        if self.paragraph and not (self.paragraph.lines[-1].is_closed or self._is_signed()):
            return False
        titles = [line.folded for line in self.lines[index : index + run]]
        if self.paragraph is None or self._is_signed():
            # At the top, or behind a byline: nothing but a headline may stand here.
            return not any(re.search(r",", title) and len(title) > 30 for title in titles)  # noqa: PLR2004
        if any(re.search("[,、]", title) for title in titles):
            return False
        long = max(map(len, titles)) >= 8  # noqa: PLR2004
        if self.form.indents and text.indented and not first.indented:
            return True
        parts = titles[0].split(" ")
        divided = (run > 1 and not self.form.broken) or (
            len(parts) > 1 and min(map(len, parts)) >= 4  # noqa: PLR2004
        )
        return first.gap > self.form.gap or (long and (divided or bool(_LEAD.match(text.folded))))
