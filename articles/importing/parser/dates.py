"""Days as pages print them: hardly ever with a year."""

import datetime
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from articles.importing.parser.findings import Day
from articles.importing.parser.text import Flow

PART = "凌晨|清晨|早晨|早上|上午|中午|下午|傍晚|晚上|晚间|当晚|深夜|夜间|晚"
#: A day with its month, or alone; or a word for one.
DAY = re.compile(
    r"(?:(?P<year>\d{4}) ?年)? ?(?P<month>\d{1,2}) ?月 ?(?P<day>\d{1,2}) ?[日号]"
    r"(?:(?:至|到|-|—|~) ?(?:\d{1,2} ?月)? ?\d{1,2} ?[日号])?"
    rf"(?P<part>{PART})?"
    rf"|(?<![\d.,月])(?P<only>\d{{1,2}})日(?P<part_only>{PART})?(?=[,在电讯,]|{PART})"
    rf"|(?P<word>昨日|昨天|今日|今天|前天|前日)(?P<part_word>{PART})?"
)
#: A day that the text does not name.
VAGUE = re.compile(r"近日|日前|近期|连日来")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年)")
_BACK = {"今": 0, "昨": 1, "前": 2}
#: A page tells of days before it is printed, and announces some soon after.
AHEAD = datetime.timedelta(days=14)


@dataclass(frozen=True)
class Calendar:
    """Where the year of a day comes from: the day of issue, or else the years in the text."""

    issued_on: datetime.date | None
    year: int | None

    @classmethod
    def of(cls, text: str, issued_on: datetime.date | None) -> "Calendar":
        years = Counter(map(int, _YEAR.findall(text)))
        most = max(years.values(), default=0)
        return cls(issued_on, max((year for year in years if years[year] == most), default=None))

    @property
    def confidence(self) -> float:
        return 0.95 if self.issued_on else 0.7

    def date(self, month: int, day: int, year: int | None = None) -> datetime.date | None:
        """The day of that month; of the nearest year that is not after the issue."""
        if year is None and self.issued_on:
            latest = self.issued_on + AHEAD
            years = (
                latest.year,
                latest.year - 1,
                latest.year - 2,
                latest.year - 3,
                latest.year - 4,
            )
            found = filter(None, (_date(year, month, day) for year in years))
            return next((date for date in found if date <= latest), None)
        year = year or self.year
        return _date(year, month, day) if year else None


def _date(year, month, day):
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def days(flow: Flow, calendar: Calendar, start: int = 0, end: int | None = None) -> Iterator[Day]:
    """Days named from ``start`` to ``end``; one without a month is of the month before it."""
    month = calendar.issued_on.month if calendar.issued_on else None
    for found in DAY.finditer(flow.folded, start, len(flow) if end is None else end):
        sure = calendar.confidence
        if found["month"]:
            month = int(found["month"])
            year = int(found["year"]) if found["year"] else None
            date = calendar.date(month, int(found["day"]), year)
            sure = 1.0 if year else sure
        elif found["only"]:
            date, sure = month and calendar.date(month, int(found["only"])), 0.6
        else:
            back = datetime.timedelta(days=_BACK[found["word"][0]])
            date, sure = calendar.issued_on and calendar.issued_on - back, 0.6
        part = found["part"] or found["part_only"] or found["part_word"] or ""
        printed = flow.text[found.start() : found.end()]
        yield Day(flow.span(*found.span()), sure if date else 0.3, printed, date or None, part)
