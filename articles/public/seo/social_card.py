"""The picture that others show of a story without a photo: set in type, as the paper is."""

import functools
import io
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from articles.line_breaks import CLOSING, OPENING_WIDE
from people.shared.text import one_line

WIDTH, HEIGHT = 1200, 630
#: Pixels left free at each side.
EDGE = 72
PAPER, INK, SOFT, ACCENT = "#faf7f0", "#1a1815", "#5c554a", "#bf2c15"
#: Sizes of a headline, largest first; and its line height as a share of that.
SIZES, LEADING = (104, 92, 82, 72, 64, 56, 50, 44, 38), 1.32
#: Sizes of the paper's name, and from the third on of a kicker: the first that takes one line.
ONE_LINE = (52, 44, 36, 32, 28, 24, 20)
#: Where the headline ends at the latest, and what it keeps from the line above.
BOTTOM, LEAST_GAP = 540, 16
#: Where systems keep faces with Chinese, from their root; those of print first.
PLACES = (
    "usr/share/fonts/**/NotoSerifCJK-Bold.*",
    "usr/share/fonts/**/NotoSerifSC-Bold.*",
    "usr/share/fonts/**/SourceHanSerif*Bold.*",
    "usr/share/fonts/**/NotoSansCJK-Bold.*",
    "usr/share/fonts/**/NotoSansSC-Bold.*",
    "usr/share/fonts/**/wqy-*.ttc",
    "System/Library/Fonts/**/Songti.ttc",
)
_KEPT = 64


@dataclass(frozen=True)
class Card:
    """What the picture says. ``phrases`` are the parts of the headline, which break between."""

    paper: str
    kicker: str
    phrases: tuple[str, ...]
    day: str


@functools.cache
def face(chosen: str) -> tuple[str, int] | None:
    """Path and index of a font with Chinese: ``chosen``, else one that the system has, if any."""
    for path, index in [(chosen, 0)] if chosen else _candidates():
        if _has_chinese(path, index):
            return path, index
    return None


def can_draw() -> bool:
    """Whether there is a font with Chinese."""
    return face(settings.SITE_FONT_FILE) is not None


@functools.lru_cache(maxsize=_KEPT)
def draw_card(card: Card) -> bytes:
    """The picture as PNG, ``WIDTH`` by ``HEIGHT``; kept for the cards asked for last."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(image)
    right = WIDTH - EDGE
    _print(draw, _fitting((card.paper,), ONE_LINE, 0), 44, ACCENT)
    draw.rectangle((EDGE, 124, right, 129), INK)
    draw.rectangle((EDGE, 134, right, 135), INK)
    top = _print(draw, _fitting((card.kicker,), ONE_LINE[2:], 0), 158, ACCENT) + LEAST_GAP
    headline = _fitting(card.phrases, SIZES, BOTTOM - top)
    # Set in the middle of its room, a little above: as the eye has it.
    spare = max(0, BOTTOM - top - headline.height)
    _print(draw, headline, top + spare * 2 // 5, INK)
    draw.rectangle((EDGE, 556, right, 556), SOFT)
    draw.text((EDGE, 568), card.day, SOFT, font_of(28))
    file = io.BytesIO()
    image.quantize(32).save(file, "PNG", optimize=True)
    return file.getvalue()


@dataclass(frozen=True)
class Set:
    """Lines of a text at a size in pixels."""

    size: int
    lines: list[str]

    @property
    def step(self) -> int:
        """Pixels from one line to the next."""
        return round(self.size * LEADING)

    @property
    def height(self) -> int:
        """Pixels that the lines take."""
        return self.step * len(self.lines)


def _print(draw, text, top, colour):
    """Print the lines from ``top`` on; where they end."""
    for number, line in enumerate(text.lines):
        # A mark whose left half is white stands with its ink at the margin.
        hung = text.size // 2 if line.startswith(tuple(OPENING_WIDE)) else 0
        draw.text((EDGE - hung, top + text.step * number), line, colour, font_of(text.size))
    return top + text.height


def _fitting(phrases, sizes, room):
    """The text at the largest size at which its lines have room, in pixels; else at the least."""
    for size in sizes:
        text = Set(size, lines_of(phrases, font_of(size)))
        if len(text.lines) < 2 or text.height <= room:  # noqa: PLR2004  a line is always taken
            break
    return text


def lines_of(phrases, font) -> list[str]:
    """Lines that break between phrases; a phrase that is too long for one breaks inside."""
    room, lines = WIDTH - 2 * EDGE, [""] if any(phrases) else []
    # Text from before columns were folded may hold what fonts fail at.
    for phrase in filter(None, map(one_line, phrases)):
        joined = f"{lines[-1]}　{phrase}" if lines[-1] else phrase
        if font.getlength(joined) <= room:
            lines[-1] = joined
            continue
        lines += [""] if lines[-1] else []
        for sign in phrase:
            if font.getlength(lines[-1] + sign) > room and sign not in CLOSING:
                lines.append("")
            lines[-1] += sign
    return lines


@functools.cache
def font_of(size) -> ImageFont.FreeTypeFont:
    """The face at a size in pixels."""
    path, index = face(settings.SITE_FONT_FILE)
    return ImageFont.truetype(path, size, index=index)


def _candidates():
    """Files and indexes that may do: what fontconfig says, then what lies in known places."""
    program = shutil.which("fc-match")
    if program:
        asked = [program, "--format=%{file}\n%{index}", "serif:lang=zh-cn:weight=bold"]
        answer = subprocess.run(asked, capture_output=True, text=True, timeout=10, check=False)  # noqa: S603  fixed
        path, _, index = answer.stdout.partition("\n")
        yield path, int(index or 0)
    for place in PLACES:
        for path in map(str, sorted(Path("/").glob(place))):
            yield path, _simplified(path)


def _simplified(path):
    """Index of the simplified Chinese face of a collection; of its first where it has none."""
    for index in range(8):
        try:
            family, _style = ImageFont.truetype(path, 16, index=index).getname()
        except OSError:
            break
        if family.endswith(" SC"):
            return index
    return 0


def _has_chinese(path, index):
    try:
        font = ImageFont.truetype(path, 16, index=index)
    except OSError:
        return False
    return bytes(font.getmask("二")) != bytes(font.getmask("\U0010fffd"))
