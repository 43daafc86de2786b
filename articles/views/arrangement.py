"""How the wide page of a story places its record, demands and related stories beside the text.

Two columns of one height leave no hole. The server can tell how high they come out, roughly: in
pixels of a page 1280 wide.
"""

import math
from dataclasses import dataclass, field
from itertools import chain

from django.utils.html import strip_tags

from articles.models import Article, Attendance, Inspection, Meeting, Mention, Project

#: Places of the demands and of the related stories, the usual first.
PLACES = (
    ("below", "beside"),
    ("beside", "below"),
    ("beside", "beside"),
    ("below", "below"),
    ("below", "under"),
    ("under", "below"),
    ("under", "under"),
)
#: Difference of two columns that nobody sees.
UNSEEN = 60
#: Stops of a group that the page shows unfolded.
MOST_STOPS = 12
LINE, PHOTO, OPENING = 31, 480, 370


@dataclass
class Contents:
    """What a story's page has beside its text."""

    inspections: list[Inspection] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)
    related: list[Article] = field(default_factory=list)

    @property
    def events(self) -> list[Inspection | Meeting]:
        """Inspections, then meetings."""
        return [*self.inspections, *self.meetings]

    @property
    def asked(self) -> list[Attendance]:
        """Who asked something at any of its events."""
        return list(chain.from_iterable(event.asked for event in self.events))

    @property
    def counts(self) -> dict[str, int]:
        """How many people, stops and demands the page lists, for its contents line."""
        parties = [party for event in self.inspections for party in event.parties]
        return {
            "present": sum(len(event.named) for event in self.events),
            "stops": sum(len(party.stops) for party in parties),
            "is_route": any(party.name for party in parties),
            "demands": sum(len(row.demands) for row in self.asked),
        }


def arrangement(body: str, photos: int, contents: Contents) -> dict[str, str]:
    """Where ``asked`` and ``related`` stand: ``beside`` or ``under`` the text, or ``below`` all."""
    text, record = _text(body, photos), _record(contents)

    def gap(places):
        sides = {"under": text, "beside": record, "below": 0}
        for place, height in zip(places, (_asked, _related), strict=True):
            sides[place] += height(contents, place)
        return max(UNSEEN, abs(sides["under"] - sides["beside"]))

    return dict(zip(("asked", "related"), min(PLACES, key=gap), strict=True))


def _lines(text, characters, height):
    return math.ceil(len(text) / characters) * height


def _text(body, photos):
    paragraphs = strip_tags(body.replace("</", "\n</")).split("\n")
    text = sum(
        _lines(f"　　{paragraph}", 35, LINE) for paragraph in paragraphs if paragraph.strip()
    )
    return text + 60 + (OPENING + (photos - 1) * PHOTO if photos else 0)


def _record(contents):
    height = 70
    for event in contents.events:
        height += 60 + _lines(str(event), 20, 26) + 44
        height += 38 * len(event.named) + 27 * len(event.unnamed)
    for event in contents.inspections:
        for party in event.parties:
            stops = party.stops[:MOST_STOPS]
            height += 80 + sum(_lines(stop.place, 20, 24) + 4 for stop in stops)
    height += sum(_lines(mention.title, 14, 24) + 10 for mention in contents.mentions)
    return height + 32 * len(contents.projects)


def _asked(contents, place):
    demands = [demand for row in contents.asked for demand in row.demands]
    characters = 22 if place == "beside" else 36
    return 50 * len(contents.asked) + sum(_lines(one, characters, 25) + 8 for one in demands)


def _related(contents, place):
    characters = 16 if place == "beside" else 26
    heads = (_lines(story.headline, characters, 34) + 74 for story in contents.related)
    return 70 + sum(heads) if contents.related else 0
