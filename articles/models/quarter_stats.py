"""How much is on record of a quarter: kept rows, written by ``recount`` beside the derived ones."""

from django.db import models, transaction
from django.db.models import Count, Exists, Min, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.appearances import OfficialAppearance
from articles.models.article import Article
from articles.models.choices import Visibility
from articles.models.events import Inspection, Meeting, Stop
from articles.quarter import Quarter, QuarterField

#: From a story to the quarters whose counts it may change.
PATHS = ("quarter", "inspections__quarter", "meetings__quarter")


class QuarterCounts(models.Model):
    """What the public may see of a quarter, counted; right until ``until``, if that is set.

    Kept, since counting takes ten times as long with ten times the stories. A quarter without a
    row, or whose moment has come, is counted when it is asked for: a row saves time, no more.
    """

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
        """The quarter."""
        return str(self.quarter)

    @property
    def on_record(self) -> bool:
        """Whether readers find anything."""
        return bool(self.stories or self.inspections or self.meetings)


def counts_of(quarter: Quarter) -> QuarterCounts:
    """How much is on record of ``quarter``; ``before`` and ``after`` tell of stories beside it.

    One query where the kept row is right, two where it is not.
    """
    stories = Article.objects.live()
    beside = {
        "before": Exists(stories.filter(quarter=quarter.previous)),
        "after": Exists(stories.filter(quarter=quarter.following)),
    }
    right = Q(until=None) | Q(until__gt=timezone.now())
    kept = QuarterCounts.objects.filter(right, quarter=quarter).annotate(**beside).first()
    return kept or _count(quarter)


@transaction.atomic(savepoint=False)
def recount(quarters) -> None:
    """Write the rows of ``quarters`` anew, each under its lock: two writers see each other's."""
    for quarter in sorted(quarters):
        QuarterCounts.objects.select_for_update().get_or_create(quarter=quarter)
        counts = _count(quarter)
        counts.until = _next_change(quarter)
        counts.save(force_update=True)


def recount_missing(stories) -> None:
    """Write the rows of the quarters of ``stories``, and of their events, that have none."""
    recount(quarters_of(stories) - set(QuarterCounts.objects.values_list("quarter", flat=True)))


def due_counts(at) -> list[Quarter]:
    """Quarters whose rows the clock has made wrong by ``at``: ``recount`` writes them anew."""
    due = QuarterCounts.objects.filter(until__lte=at)
    return list(due.order_by("quarter").values_list("quarter", flat=True))


def forget_counts(*, raw, using, **_signal) -> None:
    """When a fixture is loaded, drop all rows: it may say anything of any quarter."""
    if raw:
        QuarterCounts.objects.using(using).all().delete()


def quarters_of(stories) -> set[Quarter]:
    """Quarters that ``stories``, a queryset or ids, belong to, and those of their events."""
    rows = Article.objects.filter(pk__in=stories).order_by()
    first, *others = (rows.values_list(path, flat=True) for path in PATHS)
    return set(first.union(*others)) - {None}


def count_each(kinds) -> dict[str, int]:
    """Numbers by name in one query; ``kinds`` has a queryset and an aggregate for each name."""
    first, *others = [
        rows.order_by().values_list(Value(name)).annotate(number=number)
        for name, (rows, number) in kinds.items()
    ]
    # A queryset that cannot have rows has no part in the union.
    return dict.fromkeys(kinds, 0) | dict(first.union(*others, all=True))


def _count(quarter):
    """One query: each kind is a row of a union."""
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


def _next_change(quarter):
    """The next moment at which the clock alone shows or hides a story that counts here."""
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
