"""Rows of a long page folded by month and day, in the order they come in."""

import datetime
from dataclasses import dataclass
from itertools import groupby

from articles.quarter import Quarter

#: Rows that a page shows unfolded.
UNFOLDED = 12


@dataclass
class Day:
    """Rows of one day."""

    day: datetime.date
    rows: list

    @property
    def quarter(self) -> Quarter:
        """Quarter in which it falls, which need not be the one that it is recorded in."""
        return Quarter.of(self.day)


@dataclass
class Month:
    """Days of one month, which ``first`` is the first of; None where few rows need no folding."""

    first: datetime.date | None
    days: list[Day]

    def __len__(self):
        """Number of rows."""
        return sum(len(day.rows) for day in self.days)


def by_month(rows, day_of) -> list[Month]:
    """Months of ``rows``; one of all, without a heading, where there are few."""
    days = [Day(day, list(some)) for day, some in groupby(rows, day_of)]
    if sum(len(day.rows) for day in days) <= UNFOLDED:
        return [Month(None, days)] if days else []
    months = groupby(days, lambda day: day.day.replace(day=1))
    return [Month(first, list(some)) for first, some in months]
