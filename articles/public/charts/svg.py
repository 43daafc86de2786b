"""SVG to draw on: lines, marks, and text that is wrapped to fit, in units of a viewBox."""

import math
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import mark_safe

from articles.line_breaks import CLOSING, words

#: Paths by class, the lowest first. A mark is the thick round or square end of hardly any line.
LAYERS = ("thin", "firm", "void", "bar", "way", "way-open", "stop", "dot", "box", "ring", "hole")
#: Layers of marks; the others are lines.
MARKS = ("stop", "dot", "box", "ring")
#: Width of a Latin letter or digit, in characters.
LATIN = 0.62
#: Outer quotation marks of upright setting.
UPRIGHT = str.maketrans("“”‘’", "『』「」")
# A figure tries several widths for a text.
_words = lru_cache(maxsize=1024)(words)


def wrap(text: str, room: float) -> list[str]:
    """Lines of ``text``, each ``room`` characters wide; a closing mark may stand one beyond.

    They break between words; only a word that is wider than a line breaks itself.
    """
    lines = [""]
    for piece in _pieces(text, room):
        if lines[-1] and _width(lines[-1] + piece.rstrip(CLOSING)) > room:
            lines.append("")
        lines[-1] += piece
    return [line.strip() for line in lines if line]


def _pieces(text, room):
    for word in _words(text):
        yield from [word] if _width(word.rstrip(CLOSING)) <= room else word


def _width(text):
    return sum(LATIN if character.isascii() else 1 for character in text)


def balanced(text: str, room: float) -> list[str]:
    """As many lines as ``wrap`` makes, of about equal length."""
    lines = wrap(text, room)
    narrower = range(math.ceil(len(text) / max(len(lines), 1)), math.floor(room))
    fitting = (tried for size in narrower if len(tried := wrap(text, size)) == len(lines))
    return next(fitting, lines)


class Drawing:
    """One picture: ``shape`` is its class, wide or narrow, ``height`` grows as it is drawn."""

    def __init__(self, shape: str, width: int, title: str, description: str = ""):
        """Empty sheet of ``width`` units."""
        self.shape, self.width, self.height = shape, width, 0
        self.title, self.description = title, description
        self._paths = defaultdict(list)
        self._texts = defaultdict(list)
        self._links = []

    def line(self, layer: str, path: str) -> None:
        """Draw along ``path``, in the syntax of SVG."""
        self._paths[layer].append(path)

    def mark(self, kind: str, x: int, y: int) -> None:
        """Draw a dot, a box or a ring around a point."""
        spot = f"M{x} {y}h.01"
        self._paths[kind].append(spot)
        if kind == "ring":
            self._paths["hole"].append(spot)

    def write(self, role: str, x: int, y: int, text: str) -> None:
        """Set ``text``, if any, on the base line ``y``; ``role`` says how it looks."""
        if text:
            self._texts[role].append((x, y, text))

    def write_lines(self, role: str, x: int, y: int, lines, leading: int) -> int:
        """Set ``lines`` below each other; the next base line."""
        for text in lines:
            self.write(role, x, y, text)
            y += leading
        return y

    def link(self, address: str, label: str, area: tuple[int, int, int, int]) -> None:
        """Let an area, left, top, width and height, lead to ``address``."""
        self._links.append((address, label, *area))

    @property
    def role(self) -> str:
        """ARIA role: one image, or a group of links with labels."""
        return "group" if self._links else "img"

    @property
    def markup(self) -> str:
        """What stands inside the ``<svg>``. A template would take six times as long."""
        unheard = ' aria-hidden="true"' if self._links else ""
        paths = [
            f'<path class="{layer}" d="{"".join(self._paths[layer])}"/>'
            for layer in LAYERS
            if layer in self._paths
        ]
        texts = [
            f'<g class="{role}"{unheard}>{"".join(map(_text, places))}</g>'
            for role, places in self._texts.items()
        ]
        return mark_safe("".join([*paths, *texts, *map(_link, self._links)]))  # noqa: S308  numbers, and words that are escaped


def _text(place):
    x, y, text = place
    return f'<text x="{x}" y="{y}">{escape(text)}</text>'


def _link(link):
    address, label, x, y, width, height = link
    area = f'<rect x="{x}" y="{y}" width="{width}" height="{height}"/>'
    return f'<a href="{escape(address)}" aria-label="{escape(label)}">{area}</a>'


@dataclass
class Figure:
    """What ``components/_figure.html`` prints: drawings, key to the marks, the same as a table.

    ``key`` has a class and its meaning for each mark; ``rows`` have a cell for each of ``columns``.
    Without columns the page says the same in its own words.
    """

    name: str
    title: str
    drawings: list[Drawing]
    key: list[tuple[str, str]]
    columns: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)

    def __post_init__(self):
        """Give each drawing an id that the page has once."""
        for number, drawing in enumerate(self.drawings, 1):
            drawing.id = f"{self.name}-{number}"

    @property
    def legend(self) -> list[tuple[str, str]]:
        """A small drawing of each mark of the key, and what it means."""
        return [(SAMPLES[layer], meaning) for layer, meaning in self.key]


def _sample(layer):
    sample = Drawing("sample", 24, "")
    if layer in MARKS:
        sample.mark(layer, 12, 7)
    else:
        sample.line(layer, "M0 7h24")
    return sample.markup


#: Drawing of each layer for a key, 24 by 14 units.
SAMPLES = {layer: _sample(layer) for layer in LAYERS}
