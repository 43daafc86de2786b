"""How the wide page of a story places its record, demands and related stories beside the text.

Two columns of one height leave no hole. The server can tell how high they come out, roughly: in
pixels of a page 1280 wide.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import chain

from django.utils.html import strip_tags

from articles.public.story_queries import RelatedStory, StoryRecord

#: Where the demands may stand, the usual first, and where the related stories may: beside the text
#: under the record, under the text, there in pairs, or below both.
ASKED, RELATED = ("below", "beside", "under"), ("beside", "below", "under", "pairs")
#: Difference of two columns that nobody sees; up to which the ground of the record fills it; what a
#: related story less is worth.
UNSEEN, FILLED, A_STORY = 60, 180, 20
#: What it costs to set the text in columns of its own, how high it may be for that, and up to which
#: height a reader sees a whole column at once.
ACROSS, ACROSS_MOST, SHORT = 140, 2200, 900
#: Related stories that always show.
FEWEST = 2
#: Stops of a group that the page shows unfolded.
MOST_STOPS = 12
LINE, PHOTO, OPENING = 31, 480, 370


@dataclass(frozen=True)
class StoryLayout:
    """Where the parts stand, and how many related stories do."""

    asked: str = "below"
    related: str = "below"
    shown: int = 0
    #: Whether the text goes across the page in columns of its own, all else below it.
    is_across: bool = False
    #: Whether the record is drawn as high as the text.
    is_filled: bool = False
    #: Whether the text goes on for screens, so that what stands beside it stays in sight.
    is_long: bool = False

    @property
    def classes(self) -> str:
        """Classes of story.css that set the page so."""
        if self.is_across:
            return "text-across"
        marks = {"filled": self.is_filled, "long": self.is_long}
        return " ".join(
            [
                f"asked-{self.asked}",
                f"related-{self.related}",
                *(name for name, holds in marks.items() if holds),
            ]
        )


def choose_layout(body: str, record: StoryRecord, related: list[RelatedStory]) -> StoryLayout:
    """The layout that leaves the smallest hole."""
    text, beside = _text(body, len(record.photos)), _record(record)
    demands = {place: _asked(record, place) for place in ASKED}
    stories = cache(partial(_related, related))

    def gap(places):
        left, right = text, beside
        for place, height in (
            (places.asked, demands[places.asked]),
            (places.related, stories(places.related, places.shown)),
        ):
            if place == "beside":
                right += height
            elif place != "below":
                left += height
        return left - right

    def cost(places):
        # Under the text nothing has a ground that could fill the hole.
        if places.is_across:
            hole = ACROSS + max(0, text - SHORT) / 5
        else:
            hole = max(gap(places), -1.5 * gap(places), UNSEEN)
        return hole + A_STORY * (len(related) - places.shown)

    candidates = _candidates(len(related), has_demands=bool(record.asked))
    if text <= ACROSS_MOST:
        candidates = chain(candidates, [StoryLayout(shown=len(related), is_across=True)])
    best = min(candidates, key=cost)
    is_filled = not best.is_across and 0 < gap(best) < FILLED
    return replace(best, is_filled=is_filled, is_long=text > ACROSS_MOST)


def _candidates(stories, *, has_demands) -> Iterator[StoryLayout]:
    for asked in ASKED if has_demands else ASKED[:1]:
        for related in RELATED if stories else ("below",):
            # Only one of the two columns can be of several parts: the rows are common to both.
            if "below" not in (asked, related) and (asked == "beside") != (related == "beside"):
                continue
            fewest = stories if related == "below" else min(FEWEST, stories)
            for shown in range(stories, fewest - 1, -2 if related == "pairs" else -1):
                yield StoryLayout(asked, related, shown)


def _lines(text, characters, height):
    return math.ceil(len(text) / characters) * height


def _text(body, photos):
    paragraphs = strip_tags(body.replace("</", "\n</")).split("\n")
    text = sum(
        _lines(f"　　{paragraph}", 35, LINE) for paragraph in paragraphs if paragraph.strip()
    )
    return text + 30 + (OPENING + (photos - 1) * PHOTO if photos else 0)


def _record(record):
    height = 70
    for event in record.events:
        height += 60 + _lines(str(event.event), 20, 26) + 44
        height += sum(6 + _lines(row.title or "职务", 15, 25) for row in event.named)
        height += sum(4 + _lines(f"{row.title}（未列名）", 19, 25) for row in event.unnamed)
        for party in event.parties:
            stops = party.stops[:MOST_STOPS]
            height += 60 + sum(_lines(_words(stop), 20, 24) + 4 for stop in stops)
    height += sum(6 + _lines(row.title or "职务", 18, 25) for row in record.mentions)
    height += sum(10 + _lines(project.name, 22, 25) for project in record.projects)
    return height + 50 * (bool(record.mentions) + bool(record.projects))


def _words(stop):
    """What a route prints of a stop: the place, and the projects where there are several."""
    names = [project.name for project in stop.projects]
    return stop.place + ("2个项目：" + "、".join(names) if len(names) > 1 else "")


def _asked(record, place):
    demands = [demand for row in record.asked for demand in row.demands]
    characters = 22 if place == "beside" else 36
    return 50 * len(record.asked) + sum(_lines(one, characters, 25) + 8 for one in demands)


def _related(related, place, shown):
    characters, a_row = {"beside": (16, 1), "under": (26, 1)}.get(place, (12, 2))
    heads = [_lines(one.story.headline, characters, 34) + 74 for one in related[:shown]]
    rows = (max(heads[first : first + a_row]) for first in range(0, len(heads), a_row))
    return 70 + sum(rows) if heads else 0
