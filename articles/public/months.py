"""Days and months: those that an address names, and those of the rows of a long page."""

import datetime
from calendar import monthrange
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from articles.public.base import NoSuchPage
from articles.quarter import Quarter

#: Rows that a page shows unfolded, where it does not say another number.
UNFOLDED = 12


@dataclass
class Day:
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
        return sum(len(day.rows) for day in self.days)


def by_month(rows, day_of, few=None) -> list[Month]:
    """Months of ``rows``; one of all, without a heading, where there are ``few``."""
    days = [Day(day, list(some)) for day, some in groupby(rows, day_of)]
    if sum(len(day.rows) for day in days) <= (few or UNFOLDED):
        return [Month(None, days)] if days else []
    months = groupby(days, lambda day: day.day.replace(day=1))
    return [Month(first, list(some)) for first, some in months]


def count_by_month(days) -> dict[datetime.date, int]:
    """Numbers by first day of the month, of days with theirs, in the order of the days."""
    months = {}
    for day, number in days:
        month = day.replace(day=1)
        months[month] = months.get(month, 0) + number
    return months


def span(year, month=None, day=None) -> tuple[datetime.date, datetime.date]:
    """First and last day of the year, month or day of an address; 404 for what is no date."""
    try:
        if day:
            return (datetime.date(year, month, day),) * 2
        last_month = month or 12
        first = datetime.date(year, month or 1, 1)
        return first, datetime.date(year, last_month, monthrange(year, last_month)[1])
    except ValueError:
        raise NoSuchPage(_("没有这个日期。")) from None


def chosen_month(request, months) -> datetime.date:
    """Month of the address among ``months``, else the first of them."""
    wanted = request.GET.get("month")
    if not wanted:
        return next(iter(months))
    for month in months:
        if wanted == month.isoformat()[:7]:
            return month
    reason = _("这里没有“%(month)s”的记录。") % {"month": wanted[:20]}
    raise NoSuchPage(reason, (_("看最近的"), request.path))


def days_of(month: datetime.date) -> dict[str, datetime.date]:
    """First and last day of a month, by the filters of lists."""
    last = monthrange(month.year, month.month)[1]
    return {"date_after": month, "date_before": month.replace(day=last)}
