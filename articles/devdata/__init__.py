"""Invented stories in any number, for trials and benchmarks; the one door of this package."""

from articles.devdata.writer import OtherCountError, make_stories

__all__ = ["OtherCountError", "make_stories"]
