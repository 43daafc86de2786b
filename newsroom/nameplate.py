"""The name of the paper as a drawing, which looks the same on machines without a Song face."""

from functools import cache
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

SVG = "{http://www.w3.org/2000/svg}"


class Nameplate(NamedTuple):
    """What a page takes of an SVG file: the name that it draws, its box and its outlines."""

    name: str
    box: str
    outlines: str


def nameplate() -> Nameplate | None:
    """The drawing; None where it draws another paper's name, and a page prints its own as text."""
    drawing = _read(settings.SITE_NAMEPLATE)
    return drawing if drawing.name == settings.SITE_NAME else None


@cache
def _read(path):
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
