"""Meetings and inspections as calendars (iCalendar, RFC 5545)."""

import datetime
from collections.abc import Iterator

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from articles.models import Inspection, Meeting
from articles.models.choices import PartOfDay
from articles.public.event_queries import EventRecord, load_events
from articles.public.feeds.entries import authority, changes_of
from articles.public.feeds.views import FollowedPage, named
from articles.public.filters import InspectionFilters, MeetingFilters
from articles.public.seo import CALENDAR, Site
from people.shared.characters import writable

#: Events of each kind in a calendar: unlike a feed, it has what is long past.
MOST = 500
#: From which hour to which a part of a day lasts. No report says when in it an event began.
HOURS = {
    PartOfDay.MORNING: (6, 12),
    PartOfDay.NOON: (11, 14),
    PartOfDay.AFTERNOON: (12, 18),
    PartOfDay.EVENING: (18, 24),
}
_ONE_DAY = datetime.timedelta(days=1)


class EventCalendar(FollowedPage):
    """The newest events of all, of an official, a project or a quarter."""

    filterset_class = InspectionFilters

    def rows(self) -> QuerySet:
        return Inspection.objects.public().with_meeting()

    def known_parameters(self) -> tuple[str, ...]:
        """None: other lists of events have no calendar."""
        return ()

    def respond(self, filterset, subscription) -> HttpResponse:
        site = Site.of(self.request)
        found = load_events(filterset.qs[:MOST], self._meetings(filterset))
        keys = [{record.event.pk for record in records} for records in found]
        changes = changes_of(*keys)
        calendar = Calendar.new(
            prodid=f"-//{authority()}//newsroom//ZH",
            uid=f"{self.request.path}@{authority()}",
            name=named(site, filterset),
            url=site.address(subscription.page),
        )
        for record in (*found[0], *found[1]):
            event = record.event
            changed = changes.get((event._meta.label_lower, event.pk))
            calendar.add_component(_component(record, changed, site))
        calendar.add_missing_timezones()
        media, _name = CALENDAR
        return HttpResponse(calendar.to_ical(), content_type=f"{media}; charset=utf-8")

    def _meetings(self, filterset):
        """Meetings that meet the same conditions; none where they know no such condition."""
        if not filterset.data.keys() <= MeetingFilters.base_filters.keys():
            return []
        rows = Meeting.objects.public()
        return MeetingFilters(filterset.data, queryset=rows, request=self.request).qs[:MOST]


def _component(record: EventRecord, changed, site) -> Event:
    event = record.event
    starts, ends = _span(event)
    kind = event._meta.model_name
    component = Event.new(
        uid=f"{kind}-{event.pk}@{authority()}",
        # Of no use but required, and a clock would make each answer another one.
        stamp=changed or _midnight(event.held_on),
        last_modified=changed,
        start=starts,
        end=ends,
        summary=writable(str(event)),
        location=writable(event.place if kind == "inspection" else event.venue) or None,
        description=writable("\n".join(_lines(record))),
        url=site.address(event),
    )
    component.add("transp", "TRANSPARENT")  # a reader's own day stays free
    return component


def _span(event) -> tuple[datetime.date, datetime.date]:
    """Start and end: of its part of the day, else of its days; the end is no part of it."""
    hours = HOURS.get(event.part_of_day)
    if hours is None or event.until:
        return event.held_on, (event.ends_on or event.held_on) + _ONE_DAY
    first, last = (_midnight(event.held_on) + datetime.timedelta(hours=hour) for hour in hours)
    return first, last


def _midnight(day: datetime.date) -> datetime.datetime:
    """Where a day begins."""
    return datetime.datetime.combine(day, datetime.time(), timezone.get_current_timezone())


def _lines(record: EventRecord) -> Iterator[str]:
    """What is on record of the event."""
    event = record.event
    if event.part_of_day:
        yield _("%(part)s，报道没有写钟点") % {"part": event.get_part_of_day_display()}
    for row in record.named:
        yield "，".join(filter(None, [row.printed_name, row.title, row.get_role_display()]))
    for row in record.unnamed:
        yield row.title + _("（未列名）")
    for party in record.parties:
        stops = "；".join(stop.place for stop in party.stops)
        yield "：".join(filter(None, [party.name, stops]))
    for row in record.asked:
        yield (row.printed_name or row.title) + _("提出：")
        yield from (f"· {demand}" for demand in row.demands)
