"""What can be followed, and at which addresses: stories in three formats, events as a calendar."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

#: Formats of a feed: ending of the address, media type, name.
FORMATS = {
    "atom": ("application/atom+xml", "Atom"),
    "rss": ("application/rss+xml", "RSS"),
    "json": ("application/feed+json", "JSON Feed"),
}
CALENDAR = ("text/calendar", "iCalendar")
#: Things with feeds of their own, by the first part of their address: the condition of the list of
#: stories that stands for them, which is also the name of their page's address.
SUBJECTS = {
    "sections": "section",
    "officials": "official",
    "reporters": "reporter",
    "projects": "project",
    "quarters": "quarter",
}
#: Those of them that have a calendar.
WITH_CALENDAR = ("officials", "projects", "quarters")


@dataclass(frozen=True)
class Subscription:
    """The newest stories that meet ``conditions``, parameters of the list of stories."""

    conditions: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Path of the page that explains how to follow it."""
        return _with(reverse("feeds"), self.conditions)

    @property
    def subject(self) -> tuple[str, str]:
        """Kind and slug of the one thing that the stories have in common, or two empty words."""
        for kind, condition in SUBJECTS.items():
            if self.conditions.keys() == {condition}:
                return kind, str(self.conditions[condition])
        return "", ""

    @property
    def page(self) -> str:
        """Path of the page that lists the same."""
        kind, slug = self.subject
        if kind:
            return reverse(SUBJECTS[kind], args=[slug])
        return _with(reverse("articles"), self.conditions) if self.conditions else reverse("front")

    def feed(self, ending: str) -> str:
        """Path of the feed in one of ``FORMATS``."""
        kind, slug = self.subject
        if kind:
            return reverse("feed-of", args=[kind, slug, ending])
        return _with(reverse("feed", args=[ending]), self.conditions)

    @property
    def calendar(self) -> str:
        """Path of the calendar; empty where there is none."""
        kind, slug = self.subject
        if kind in WITH_CALENDAR:
            return reverse("calendar-of", args=[kind, slug])
        return "" if self.conditions else reverse("calendar")

    @property
    def alternates(self) -> list[tuple[str, str, str]]:
        """Media type, path and name of each feed, then of the calendar."""
        feeds = [(media, self.feed(ending), name) for ending, (media, name) in FORMATS.items()]
        media, name = CALENDAR
        return [*feeds, (media, self.calendar, name)] if self.calendar else feeds

    def head_tags(self, site) -> SafeString:
        """Link elements by which a reader's program finds them."""
        return format_html_join(
            "\n",
            '<link rel="alternate" type="{}" href="{}" title="{}">',
            ((media, site.address(path), name) for media, path, name in self.alternates),
        )


def _with(path, conditions):
    return f"{path}?{urlencode(conditions)}" if conditions else path
