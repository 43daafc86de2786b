"""What a page tells machines of itself: the facts that it prints, and no others."""

from articles.metadata.about import About, Metadata, Picture, Site
from articles.metadata.pages import (
    card_of_paper,
    of_bulletin,
    of_event,
    of_front,
    of_list,
    of_official,
    of_page,
    of_project,
    of_quarter,
    of_quarters,
    of_reporter,
    of_story,
)

__all__ = [
    "About",
    "Metadata",
    "Picture",
    "Site",
    "card_of_paper",
    "of_bulletin",
    "of_event",
    "of_front",
    "of_list",
    "of_official",
    "of_page",
    "of_project",
    "of_quarter",
    "of_quarters",
    "of_reporter",
    "of_story",
]
