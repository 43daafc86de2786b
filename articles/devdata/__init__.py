"""What is invented: stories to try the paper with, and samples of its components."""

from articles.devdata.components import component_library
from articles.devdata.writer import OtherCountError, make_stories

__all__ = ["OtherCountError", "component_library", "make_stories"]
