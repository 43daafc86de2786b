"""What pages share while readers see the same, kept in the memory of a process."""

from collections.abc import Callable
from typing import NamedTuple, TypeVar

from django.core.cache import caches

from articles.models import Page, Section

T = TypeVar("T")
#: Seconds for which parts of pages are kept at most: the state has the day in it.
A_DAY = 24 * 3600


class Link(NamedTuple):
    """What the frame of a page leads to."""

    name: str
    slug: str
    address: str


def frame() -> dict[str, list[Link]]:
    """Sections of the navigation and pages of the foot, which every page prints. Two queries."""
    return {
        "sections": [
            Link(one.name, one.slug, one.get_absolute_url()) for one in Section.objects.all()
        ],
        "pages_of_paper": [
            Link(one.title, one.slug, one.get_absolute_url())
            for one in Page.objects.public().defer("body")
        ],
    }


class SharesParts:
    """A view whose parts other pages of the same state have too (docs/decisions/0032)."""

    @property
    def public_state(self) -> str:
        """State of what readers see, if the request has read it in the snapshot of the page."""
        return getattr(self.request, "public_state", "")

    @property
    def kept_for(self) -> int:
        """Seconds for which a process may keep what pages of this state share."""
        return A_DAY if self.public_state else 0

    def shared(self, name: str, make: Callable[[], T]) -> T:
        """What ``make`` gives, kept under ``name`` for other pages of the same state."""
        return caches["shell"].get_or_set(f"{name}.{self.public_state}", make, self.kept_for)
