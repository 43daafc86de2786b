"""Search: an index of all that is written, which finds what a plain search of the texts finds."""

from articles.search.query import BadQuery, Query, parse

__all__ = ["BadQuery", "Query", "parse"]
