"""What is derived from the record: one function writes it, ``retrace``."""

from django.db import transaction

from articles.models.article import Article
from articles.models.attendance import Attendance
from articles.models.byline import Mention
from articles.models.record import Stop
from articles.models.tally import quarters_of, recount
from articles.models.trace import OfficialStory, ProjectStory
from people.models import Official

#: Relations of a story to its events.
EVENTS = ("meetings", "inspections")


def _officials(stories):
    """Pairs (official id, story id) that the record of ``stories`` holds."""
    yield from (
        Mention.objects.filter(article__in=stories, official__isnull=False)
        .values_list("official_id", "article_id")
        .order_by()
    )
    for event in ("meeting", "inspection"):
        yield from (
            Attendance.objects.filter(official__isnull=False)
            .filter(**{f"{event}__articles__in": stories})
            .values_list("official_id", f"{event}__articles__id")
            .order_by()
        )


def _projects(stories):
    """Pairs (project id, story id) that the record of ``stories`` holds."""
    yield from (
        Article.projects.through.objects.filter(article__in=stories)
        .values_list("project_id", "article_id")
        .order_by()
    )
    yield from (
        Stop.objects.filter(projects__isnull=False, inspection__articles__in=stories)
        .values_list("projects__id", "inspection__articles__id")
        .order_by()
    )


def retrace_merged(sender, kept, **_signal) -> None:
    """After two officials or projects became one: rewrite the rows of its stories."""
    links = (
        ("mentions__official", *(f"{event}__attendance__official" for event in EVENTS))
        if sender is Official
        else ("projects", "inspections__stops__projects")
    )
    ids = set()
    for link in links:
        ids |= set(Article.objects.filter(**{link: kept}).order_by().values_list("pk", flat=True))
    retrace(ids)


def retrace(stories, *, left=()) -> None:
    """Rewrite what is derived from ``stories``, an iterable of Article or of their ids.

    That is who and what shows in them, and the counts of their quarters and of the quarters that
    they or their events ``left``. Working copies and stories without a day show nobody. Called by
    whatever writes a story's record: the desk's forms, publication, imports, and for repair.
    """
    ids = [getattr(story, "pk", story) for story in stories]
    dated = (
        Article.objects.originals()
        .filter(pk__in=ids, issued_on__isnull=False)
        .only("issued_on", "quarter")
        .in_bulk()
    )
    for model, pairs in ((OfficialStory, _officials), (ProjectStory, _projects)):
        wanted = {pair for pair in pairs(list(dated)) if pair[1] in dated}
        rows = [
            model(
                **{f"{model.subject}_id": who},
                article_id=story,
                issued_on=dated[story].issued_on,
                quarter=dated[story].quarter,
            )
            for who, story in sorted(wanted)
        ]
        with transaction.atomic():
            model.objects.filter(article__in=ids).delete()
            model.objects.bulk_create(rows, batch_size=2000)
    recount(quarters_of(ids) | set(filter(None, left)))
