"""Counts of what is public of each quarter, in a derived table that ``recount`` writes."""

import datetime
from collections.abc import Collection, Iterable

from django.db import models, transaction
from django.db.models import Count, Exists, Min, Q, Value
from django.forms import model_to_dict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.appearances import OfficialAppearance
from articles.models.article import Article
from articles.models.choices import Visibility
from articles.models.events import Inspection, Meeting, Stop
from articles.quarter import Quarter, QuarterField

#: Stories as a queryset or as their keys.
Stories = models.QuerySet | Collection[int]
#: Paths from a story to the quarters whose counts it may change.
PATHS = ("quarter", "inspections__quarter", "meetings__quarter")


class QuarterCounts(models.Model):
    """Counts of what the public may see of a quarter, valid until ``until``, or for ever if empty.

    The table only saves time: a quarter without a valid row is counted when a page needs it, which
    takes longer the more stories there are.
    """

    #: Whether the quarter before and the one after have live stories; set by ``counts_of``.
    before: bool
    after: bool

    quarter = QuarterField(_("季度"), primary_key=True)
    stories = models.PositiveIntegerField(default=0)
    inspections = models.PositiveIntegerField(default=0)
    meetings = models.PositiveIntegerField(default=0)
    stops = models.PositiveIntegerField(default=0)
    projects = models.PositiveIntegerField(default=0)
    officials = models.PositiveIntegerField(default=0)
    until = models.DateTimeField(
        null=True, help_text=_("此后有稿件到点发布或下线，须重新计数；空白表示没有。")
    )

    class Meta:
        default_permissions = ()

    def __str__(self):
        return str(self.quarter)

    @property
    def on_record(self) -> bool:
        """Whether anything of the quarter is public."""
        return bool(self.stories or self.inspections or self.meetings)


def counts_of(quarter: Quarter) -> QuarterCounts:
    """Counts of ``quarter``: one query if there is a valid row, else two."""
    stories = Article.objects.live()
    beside = {
        "before": Exists(stories.filter(quarter=quarter.previous)),
        "after": Exists(stories.filter(quarter=quarter.following)),
    }
    right = Q(until=None) | Q(until__gt=timezone.now())
    kept = QuarterCounts.objects.filter(right, quarter=quarter).annotate(**beside).first()
    return kept or _count(quarter)


@transaction.atomic(savepoint=False)
def recount(quarters: Iterable[Quarter]) -> None:
    """Rewrite the rows of ``quarters``, each under a lock, so that concurrent writers all count."""
    for quarter in sorted(quarters):
        kept, _is_new = QuarterCounts.objects.select_for_update().get_or_create(quarter=quarter)
        counts = _count(quarter)
        counts.until = _next_change(quarter)
        if model_to_dict(kept) != model_to_dict(counts):
            counts.save(force_update=True)


def recount_missing(stories: Stories) -> None:
    """Write rows for those quarters of ``stories`` and their events that have none."""
    recount(quarters_of(stories) - set(QuarterCounts.objects.values_list("quarter", flat=True)))


def due_counts(at: datetime.datetime) -> list[Quarter]:
    """Quarters whose rows are no longer valid at ``at``, and which have to be recounted."""
    due = QuarterCounts.objects.filter(until__lte=at)
    return list(due.order_by("quarter").values_list("quarter", flat=True))


def quarters_of(stories: Stories) -> set[Quarter]:
    """Quarters of stories and of their events."""
    rows = Article.objects.filter(pk__in=stories).order_by()
    first, *others = (rows.values_list(path, flat=True) for path in PATHS)
    return set(first.union(*others)) - {None}


def count_each(kinds: dict[str, tuple[models.QuerySet, models.Aggregate]]) -> dict[str, int]:
    """Numbers by name in one query; ``kinds`` has a queryset and an aggregate for each name."""
    first, *others = [
        rows.order_by().values_list(Value(name)).annotate(number=number)
        for name, (rows, number) in kinds.items()
    ]
    # Django leaves a queryset that cannot have rows out of the union.
    return dict.fromkeys(kinds, 0) | dict(first.union(*others, all=True))


def _count(quarter: Quarter) -> QuarterCounts:
    """Count in one query, a union with a row for each number."""
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
    numbers = count_each(kinds)
    before, after = numbers.pop("before"), numbers.pop("after")
    counts = QuarterCounts(quarter=quarter, **numbers)
    counts.before, counts.after = bool(before), bool(after)
    return counts


def _next_change(quarter: Quarter) -> datetime.datetime | None:
    """Next time at which a story that counts for the quarter is published or expires."""
    now = timezone.now()
    live = Article.objects.filter(visibility=Visibility.LIVE).order_by()
    shown = Min("published_at", filter=Q(published_at__gt=now))
    hidden = Min("expires_at", filter=Q(expires_at__gt=now))
    first, *others = (
        live.filter(**{path: quarter}).values_list(Value(path)).annotate(shown=shown, hidden=hidden)
        for path in PATHS
    )
    moments = (moment for _path, *both in first.union(*others, all=True) for moment in both)
    return min(filter(None, moments), default=None)
