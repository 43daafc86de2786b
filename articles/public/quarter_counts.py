"""How much of a quarter the public may see."""

from dataclasses import dataclass

from django.db.models import Count
from django.utils import timezone

from articles.models import Article, Inspection, Meeting, OfficialAppearance, Stop, count_each
from articles.quarter import Quarter


@dataclass(frozen=True)
class QuarterCounts:
    """Numbers of a quarter, and of stories of the quarters ``before`` and ``after`` it."""

    before: int
    stories: int
    after: int
    inspections: int
    meetings: int
    stops: int
    projects: int
    officials: int

    @property
    def on_record(self) -> bool:
        """Whether anything of the quarter is public."""
        return bool(self.stories or self.inspections or self.meetings)


def counts_of(quarter: Quarter) -> QuarterCounts:
    """Counts of ``quarter`` in one query, a union with a row for each number."""
    now = timezone.now()
    stories = Article.objects.live(now)
    inspections = Inspection.objects.public(now).filter(quarter=quarter)
    at_stops = Stop.projects.through.objects.filter(stop__inspection__in=inspections)
    named = OfficialAppearance.objects.live(now).filter(quarter=quarter)
    kinds = {
        "before": (stories.filter(quarter=quarter.previous), Count("pk")),
        "stories": (stories.filter(quarter=quarter), Count("pk")),
        "after": (stories.filter(quarter=quarter.following), Count("pk")),
        "inspections": (inspections, Count("pk")),
        "meetings": (Meeting.objects.public(now).filter(quarter=quarter), Count("pk")),
        "stops": (Stop.objects.filter(inspection__in=inspections), Count("pk")),
        "projects": (at_stops, Count("project", distinct=True)),
        "officials": (named, Count("official", distinct=True)),
    }
    return QuarterCounts(**count_each(kinds))
