"""What is derived from the record of stories: one function writes it."""

from django.db import transaction

from articles.models import (
    Article,
    Attendance,
    Mention,
    OfficialStory,
    ProjectStory,
    Stop,
    quarters_of,
    recount,
)


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


@transaction.atomic(savepoint=False)
def rebuild_appearances(stories, *, left=()) -> None:
    """Rewrite what is derived from ``stories``, an iterable of Article or of their ids.

    That is who and what shows in them, and the counts of their quarters and of the quarters that
    they or their events ``left``. Working copies and stories without a day show nobody. Called at
    the end of ``writing()``, after a bulk load, and for repair.
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
        model.objects.filter(article__in=ids).delete()
        model.objects.bulk_create(rows, batch_size=2000)
    recount(quarters_of(ids) | set(filter(None, left)))
