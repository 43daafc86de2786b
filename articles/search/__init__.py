"""Search: an index of all that is written, which finds what a plain search of the texts finds."""

from articles.search.checks import index_is_complete
from articles.search.folding import fold
from articles.search.index import SUBJECTS, drop_orphans, refresh, stale, things_of
from articles.search.passages import Passage, marked
from articles.search.query import BadQuery, Query, parse
from articles.search.results import Audience, Hit, Order, Results, Search

__all__ = [
    "SUBJECTS",
    "Audience",
    "BadQuery",
    "Hit",
    "Order",
    "Passage",
    "Query",
    "Results",
    "Search",
    "drop_orphans",
    "fold",
    "index_is_complete",
    "marked",
    "parse",
    "refresh",
    "stale",
    "things_of",
]
