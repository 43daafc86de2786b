"""The wide drawing of an overview: columns are stops or whole walks, rows are people."""

import math
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.public.charts.overview_data import Walk
from articles.public.charts.svg import UPRIGHT, Drawing, balanced, wrap

WIDTH = 1224
#: Units left of the columns for names, and characters of a name on a line.
NAMES, NAME_ROOM = 96, 5
#: Most people in one drawing; more stand in several, in even numbers.
MOST_PEOPLE = 20
#: Characters of an upright label on a line, units of a line of it, of a character in it.
LABEL_ROOM, LABEL_LINE, LABEL_STEP = 17, 17, 14
#: Characters to try where columns are whole walks.
LABEL_ROOMS = (LABEL_ROOM, 22)
#: Units between the labels of stops, the widest that fits on one strip, and between those of walks.
MARGINS, CLOSE = (24, 20, 16, 13, 10), 6
#: Least width of a party, which its words have to fit, and of a character in them.
LEAST, HEAD_STEP = 66, 13
BETWEEN_DAYS, BETWEEN_PARTIES, LEFT_OPEN = 20, 10, 14
#: Height of the line of months, of days, of a line of words, of a row beside its words.
MONTHS, DAYS, LINE, ROW = 28, 30, 18, 12


@dataclass
class Column:
    """A stop, or a whole walk: what stands over the label, the lines of it, and its width."""

    number: str
    label: list[str]
    width: int


@dataclass
class Block:
    """Columns of one walk that stand in one drawing; ``last`` where the walk ends with them."""

    walk: Walk
    columns: list[Column]
    least: int
    last: bool = True

    def __post_init__(self):
        columns = sum(column.width for column in self.columns)
        self.width = max(columns + LEFT_OPEN * self.is_open, self.least)

    @property
    def is_open(self) -> bool:
        """Whether the printed list goes on beyond the last column."""
        return self.walk.open_ended and self.last


def by_stop(walks) -> list[list[Block]]:
    """Strips of blocks with a column for each stop; one strip where some margin allows it."""
    labels = [_labels(walk) for walk in walks]
    for margin in (*MARGINS, MARGINS[0]):
        blocks = [
            Block(walk, [_column(number, label, margin) for number, label in stops], LEAST)
            for walk, stops in zip(walks, labels, strict=True)
        ]
        strips = _strips(blocks)
        if len(strips) == 1:
            break
    return strips


def by_walk(walks) -> list[list[Block]]:
    """Strips of blocks with a column for each walk, and the number of its stops; few and low."""
    return min(
        (
            _strips([Block(walk, [_whole(walk, room)], least=0) for walk in walks])
            for room in LABEL_ROOMS
        ),
        key=len,
    )


def _whole(walk, room):
    label = balanced((str(walk.event) + walk.group).translate(UPRIGHT), room)
    return _column(str(len(walk.places) or ""), label, CLOSE)


def _labels(walk):
    if not walk.places:
        return [("", _label(str(walk.event)))]
    return [(str(number), _label(place)) for number, place in enumerate(walk.places, 1)]


def _label(words):
    return balanced(words.translate(UPRIGHT), LABEL_ROOM)


def _column(number, label, margin):
    return Column(number, label, margin + LABEL_LINE * len(label))


def _strips(blocks):
    """Blocks in strips as wide as the page; one that is wider is cut."""
    strips, room, day = [], 0, None
    for block in blocks:
        for piece in _cut(block):
            gap = BETWEEN_DAYS if piece.walk.day != day else BETWEEN_PARTIES
            room -= gap + piece.width
            if room < 0:
                strips.append([])
                room = WIDTH - NAMES - piece.width
            strips[-1].append(piece)
            day = piece.walk.day
    return strips


def _cut(block):
    room = WIDTH - NAMES - LEFT_OPEN
    if block.width <= room:
        return [block]
    runs, left = [], 0
    for column in block.columns:
        left -= column.width
        if left < 0:
            runs.append([])
            left = room - column.width
        runs[-1].append(column)
    pieces = [Block(block.walk, run, block.least, last=False) for run in runs[:-1]]
    return [*pieces, Block(block.walk, runs[-1], block.least)]


def draw(strip, people, title, description, *, whole_days) -> list[Drawing]:
    """Drawings of a strip, of even numbers of its ``people``, who stand by key in their order.

    ``whole_days``: the days are written with their month, and each party has a head.
    """
    there = [key for key in people if any(key in block.walk.roles for block in strip)]
    drawings = []
    count = max(math.ceil(len(there) / MOST_PEOPLE), 1)
    size = max(math.ceil(len(there) / count), 1)
    for start in range(0, max(len(there), 1), size):
        keys = there[start : start + size]
        blocks = strip
        if start:
            blocks = [block for block in strip if any(key in block.walk.roles for key in keys)]
        drawing = Drawing("wide", WIDTH, title, description)
        names = {key: people[key].name for key in keys}
        _Matrix(drawing, blocks, whole_days=whole_days).draw(names)
        drawings.append(drawing)
    return drawings


class _Matrix:
    """One drawing in the making: where its rows and its labels stand."""

    def __init__(self, drawing, blocks, *, whole_days):
        self.drawing, self.blocks, self.whole_days = drawing, blocks, whole_days
        self.heads = [_head(block) if whole_days else [] for block in blocks]
        #: Where the line of days is: below that of months, where there is one.
        self.days = 0 if whole_days else MONTHS
        self.top = self.days + DAYS + LINE * max(map(len, self.heads)) + 8
        self.rows = {}

    def draw(self, names):
        self.labels = self._draw_names(names) + 20
        x, day, depth, places = NAMES, None, 0, []
        for block, head in zip(self.blocks, self.heads, strict=True):
            if day:
                x += BETWEEN_PARTIES if block.walk.day == day else BETWEEN_DAYS
            if block.walk.day != day:
                self._draw_day(block.walk.day, day, x)
                day = block.walk.day
            self.drawing.write_lines("faint", x, DAYS + 14, head, LINE)
            depth = max(depth, self._draw_columns(block, x))
            places.append((x, block))
            x += block.width
        self.drawing.height = self.labels + 10 + LABEL_STEP * (depth + 1)
        for x, block in places:
            event = block.walk.event
            area = (x, self.days, block.width, self.drawing.height - self.days)
            words = [
                date_format(block.walk.day, "MONTH_DAY_FORMAT"),
                block.walk.kind,
                str(event),
                block.walk.group,
            ]
            self.drawing.link(event.get_absolute_url(), " ".join(filter(None, words)), area)

    def _draw_names(self, names):
        y = self.top
        for key, name in names.items():
            lines = wrap(name, NAME_ROOM)
            self.drawing.write_lines("name", 0, y + 20, lines, LINE)
            self.rows[key] = y + 15
            y += ROW + LINE * len(lines)
            self.drawing.line("thin", f"M0 {y}H{WIDTH}")
        return y

    def _draw_day(self, day, before, x):
        widths = [block.width for block in self.blocks if block.walk.day == day]
        width = sum(widths) + BETWEEN_PARTIES * (len(widths) - 1)
        self.drawing.line("firm", f"M{x} {self.days + 1}h{width}")
        words = date_format(day, "MONTH_DAY_FORMAT") if self.whole_days else str(day.day)
        self.drawing.write("day", x, self.days + 20, words)
        if not self.whole_days and not (before and before.month == day.month):
            self.drawing.write("day", x, 18, _("%(month)d月") % {"month": day.month})

    def _draw_columns(self, block, x):
        """Rule, marks and labels of a block from ``x``; characters of its longest label."""
        drawing, centres, left = self.drawing, [], x
        for column in block.columns:
            centre = left + column.width // 2
            centres.append(centre)
            left += column.width
            drawing.write("count", centre, self.labels, column.number)
            line = centre + LABEL_LINE * (len(column.label) - 1) // 2
            for words in column.label:
                drawing.write("upright", line, self.labels + 10, words)
                line -= LABEL_LINE
        end = x + block.width - LEFT_OPEN * block.is_open
        drawing.line("firm", f"M{x} {self.top - 6}H{end}")
        if block.is_open:
            drawing.line("void", f"M{end} {self.top - 6}h{LEFT_OPEN}")
        for key, y in self.rows.items():
            self._draw_marks(block, key, centres, y)
        return max(len(words) for column in block.columns for words in column.label)

    def _draw_marks(self, block, key, centres, y):
        mark = block.walk.mark_of(key)
        if not mark:
            return
        for centre in centres:
            self.drawing.mark(mark, centre, y)
        if mark == "dot" and not block.walk.is_meeting:
            self.drawing.line("way", f"M{centres[0]} {y}H{centres[-1]}")
            if block.is_open:
                self.drawing.line("way-open", f"M{centres[-1]} {y}h{LEFT_OPEN + 10}")


def _head(block):
    """What stands over a party: its kind, its name, and whether nobody is named."""
    walk = block.walk
    lines = [walk.kind, walk.group, "" if walk.roles else _("未列名")]
    return [line for words in lines for line in balanced(words, block.width / HEAD_STEP)]
