"""Where a batch of stories comes together: rows of every table, not stored yet."""

import datetime
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from articles.devdata.randomness import Zipf
from articles.models import Bulletin


@dataclass(frozen=True)
class Slot:
    """Place of a story in the paper: its day, its issue, and the end of its slug."""

    day: datetime.date
    bulletin: Bulletin
    tail: str


@dataclass
class StoryPlan:
    """What a story tells, and what it records, before it is written."""

    section: str
    #: First paragraph.
    lead: str
    kicker: str = ""
    #: Undertakings that it links.
    projects: list = field(default_factory=list)
    meetings: list = field(default_factory=list)
    inspections: list = field(default_factory=list)
    #: People of its text beside those of its events: official or None, name, title.
    people: list = field(default_factory=list)


class Batch:
    """Chance, cast, sections by name, pictures, and the rows made so far."""

    def __init__(self, cast, *, sections, photos):
        """An empty batch; what the paper told before counts on from batch to batch."""
        self.rng, self.cast, self.sections, self.photos = cast.rng, cast, sections, photos
        self.staff = Zipf(cast.reporters, 0.7)
        self.correspondents = Zipf(cast.correspondents, 0.7)
        #: Status that was printed last, by undertaking.
        self.last_status = {}
        #: Stories so far, by day and page.
        self.on_page = Counter()
        self.clear()

    def clear(self):
        """Begin a new batch."""
        self.rows = defaultdict(list)

    def add(self, row):
        """Take ``row`` into the batch, and hand it back."""
        self.rows[type(row)].append(row)
        return row

    def add_in_order(self, rows):
        """Take ``rows``, the list of one thing, and number them from 1."""
        for order, row in enumerate(rows, start=1):
            row.order = order
            self.add(row)
