"""Figures, drawn by the server as SVG: what a page says in rows, seen at a glance.

Data in, :class:`~articles.drawing.sheet.Figure` out; ``components/_figure.html`` prints one. Each
figure comes with a table of the same facts, and with titles for whoever hears the page.
"""

from articles.drawing.chronicle import Fact, entries_of
from articles.drawing.overview import overview
from articles.drawing.page_view import page_view
from articles.drawing.sheet import Drawing, Figure
from articles.drawing.terms import terms
from articles.drawing.timeline import timeline

__all__ = [
    "Drawing",
    "Fact",
    "Figure",
    "entries_of",
    "overview",
    "page_view",
    "terms",
    "timeline",
]
