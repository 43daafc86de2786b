"""Numbers with their units."""

import re
from collections.abc import Iterator

from articles.importing.parser.findings import Figure
from articles.importing.parser.text import Flow
from articles.importing.parser.words import any_of

_UNIT = f"(?:万|亿|千|百)?(?:{any_of('measure')})|万|亿"
_FIGURE = re.compile(
    r"(?P<before>约|近|超|逾|达|共|达到|超过|不少于|至少)?"
    r"(?P<number>(?<![\d.A-Za-z])\d{1,12}(?:,\d{3})*(?:\.\d{1,6})?) ?"
    rf"(?P<about>余|多|几)?(?P<unit>{_UNIT})(?P<after>余|多)?"
)
_ABOUT = {"约", "近", "超", "逾", "超过", "不少于", "至少"}


def read_figures(flow: Flow) -> Iterator[Figure]:
    """Figures of a paragraph; dates, and numbers without a unit, are none."""
    for found in _FIGURE.finditer(flow.folded):
        about = found["about"] or found["after"] or ""
        if not about and found["before"] in _ABOUT:
            about = found["before"]
        yield Figure(flow.span(*found.span()), 0.9, found["number"], found["unit"], about)
