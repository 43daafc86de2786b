"""Figures, drawn by the server as SVG: what a page says in rows, seen at a glance.

Data in, a Figure out, which ``components/_figure.html`` prints. Each comes with a table of the same
facts, and with titles for whoever hears the page.
"""

from articles.public.charts.overview import overview
from articles.public.charts.page_thumbnail import page_thumbnail
from articles.public.charts.svg import Drawing, Figure
from articles.public.charts.tenure import tenure
from articles.public.charts.timeline import Fact, entries_of, timeline

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
