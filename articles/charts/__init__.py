"""Figures, drawn by the server as SVG: what a page says in rows, seen at a glance.

Data in, :class:`~articles.charts.svg.Figure` out; ``components/_figure.html`` prints one. Each
figure comes with a table of the same facts, and with titles for whoever hears the page.
"""

from articles.charts.overview import overview
from articles.charts.page_thumbnail import page_thumbnail
from articles.charts.svg import Drawing, Figure
from articles.charts.tenure import tenure
from articles.charts.timeline import timeline
from articles.charts.timeline_data import Fact, entries_of

__all__ = [
    "Drawing",
    "Fact",
    "Figure",
    "entries_of",
    "overview",
    "page_thumbnail",
    "tenure",
    "timeline",
]
