"""Name of the paper as a drawing, which looks the same on machines without a Song typeface."""

from functools import cache
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

SVG = "{http://www.w3.org/2000/svg}"


class Nameplate(NamedTuple):
    """Title, ``viewBox`` and path data of an SVG file."""

    name: str
    box: str
    outlines: str


def nameplate() -> Nameplate | None:
    """Return the drawing; None if its title is not SITE_NAME, which is then printed as text."""
    drawing = _read(settings.SITE_NAMEPLATE)
    return drawing if drawing.name == settings.SITE_NAME else None


@cache
def _read(path: str | Path) -> Nameplate:
    try:
        svg = ET.fromstring(Path(path).read_text("utf-8"))  # noqa: S314  the operator's own file
    except (ET.ParseError, UnicodeDecodeError):
        svg = ET.Element("")
    outlines = " ".join(path.get("d", "") for path in svg.iter(f"{SVG}path"))
    found = Nameplate(svg.findtext(f"{SVG}title"), svg.get("viewBox"), outlines)
    if not all(found):
        msg = f"SITE_NAMEPLATE={str(path)!r}: an SVG with a title, a viewBox and paths expected"
        raise ImproperlyConfigured(msg)
    return found
