"""The picture that others show of a story without a photo: set in type, as the paper is."""

import functools
import io
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1200, 630
#: Pixels left free at each side.
EDGE = 72
PAPER, INK, SOFT, ACCENT = "#faf7f0", "#1a1815", "#5c554a", "#bf2c15"
#: Sizes of a headline, largest first; and its line height as a share of that.
SIZES, LEADING = (104, 92, 82, 72, 64, 56, 50, 44, 38), 1.32
#: Top of the headline, and bottom.
TOP, BOTTOM = 190, 530
#: Marks that no line begins with.
NO_START = "，。、；：？！”’』」）》〉…—·,.;:?!)"
#: Marks that open something.
OPENING = tuple("“‘『「《〈（")
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
    """File and index of a face with Chinese: the ``chosen`` one, else what the system has."""
    for path, index in [(chosen, 0)] if chosen else _candidates():
        if _has_chinese(path, index):
            return path, index
    return None


def can_draw() -> bool:
    """Whether there is a face to set Chinese in."""
    return face(settings.SITE_FONT_FILE) is not None


@functools.lru_cache(maxsize=_KEPT)
def drawn(card: Card) -> bytes:
    """The picture as PNG, ``WIDTH`` by ``HEIGHT``; kept for the cards asked for last."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(image)
    right = WIDTH - EDGE
    draw.text((EDGE, 44), card.paper, ACCENT, font_of(52))
    draw.rectangle((EDGE, 124, right, 129), INK)
    draw.rectangle((EDGE, 134, right, 135), INK)
    top = TOP
    if card.kicker:
        kicker = _fitting((card.kicker,), (36, 32, 28, 24, 20), 1)
        draw.text((EDGE, 158), card.kicker, ACCENT, font_of(kicker.size))
        top += 40
    headline = _fitting(card.phrases, SIZES, BOTTOM - top)
    step = round(headline.size * LEADING)
    # Set in the middle of its room, a little above: as the eye has it.
    top += (BOTTOM - top - step * len(headline.lines)) * 2 // 5
    for number, line in enumerate(headline.lines):
        # A mark whose left half is white stands with its ink at the margin.
        hung = headline.size // 2 if line.startswith(OPENING) else 0
        draw.text((EDGE - hung, top + step * number), line, INK, font_of(headline.size))
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


def _fitting(phrases, sizes, room):
    """The text at the largest size at which its lines have room, in pixels; else at the least."""
    for size in sizes:
        lines = lines_of(phrases, font_of(size))
        if len(lines) == 1 or len(lines) * size * LEADING <= room:
            break
    return Set(size, lines)


def lines_of(phrases, font):
    """Lines that break between phrases; a phrase that is too long for one breaks inside."""
    room, lines = WIDTH - 2 * EDGE, [""]
    for phrase in phrases:
        joined = f"{lines[-1]}　{phrase}" if lines[-1] else phrase
        if font.getlength(joined) <= room:
            lines[-1] = joined
            continue
        lines += [""] if lines[-1] else []
        for sign in phrase:
            if font.getlength(lines[-1] + sign) > room and sign not in NO_START:
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
