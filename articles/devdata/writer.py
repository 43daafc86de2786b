"""Storing a run: the cast first, then batch after batch, each whole or not at all."""

import random
from collections import Counter
from collections.abc import Iterator

from django.db import connection, reset_queries, transaction

from articles.devdata import words
from articles.devdata.batch import Batch
from articles.devdata.people import Cast
from articles.devdata.pictures import library
from articles.devdata.stories import batches
from articles.editorial import adopt, rebuild_appearances, refresh_next_review, writing
from articles.models import (
    Article,
    ArticlePhoto,
    Attendance,
    Byline,
    Inspection,
    Meeting,
    Mention,
    Milestone,
    Project,
    Section,
    Stop,
)
from articles.search import refresh
from people.models import Appointment, Official, Reporter

#: Stories of a batch, and of a statement.
BATCH, ROWS = 2000, 1000

#: What a batch writes, parents before children.
ORDER = (
    Meeting,
    Meeting.organisers.through,
    Inspection,
    Stop,
    Stop.projects.through,
    Attendance,
    Article,
    Article.projects.through,
    Article.meetings.through,
    Article.inspections.through,
    Mention,
    Byline,
    Milestone,
    ArticlePhoto,
)


class OtherCountError(ValueError):
    """Stories of the seed are there, from a run with another count."""


def make_stories(count: int, seed: int) -> Iterator[tuple[int, Counter]]:
    """Store ``count`` synthetic stories and what they record; a batch at each step.

    Gives the stories of the batch, and how many rows of each table it added: none where they are
    there already, so that a run which was broken off is taken up and a finished one adds nothing.
    Chance comes from ``seed`` and ``count`` alone. Raises OtherCountError before anything is
    written.
    """
    rng = random.Random(f"{seed}/{count}")  # noqa: S311  (nothing secret)
    mark = f"-s{seed}-"
    cast = Cast(rng, count, mark)
    _refuse_another_run(cast)
    for rows in batches(_set_up(cast), count, BATCH):
        stories = rows[Article]
        there = Article.objects.filter(slug=stories[0].slug).exists()
        yield len(stories), Counter() if there else _store(rows)
        # With DEBUG on, Django keeps the text of every query.
        reset_queries()
    # Until then either database plans as if the tables were small, SQLite for good.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _refuse_another_run(cast):
    there = set(Official.objects.filter(slug__contains=cast.mark).values_list("slug", flat=True))
    if there and there != {career.official.slug for career in cast.careers}:
        msg = f"stories of this seed are here, but not from a run of {cast.scale.count}"
        raise OtherCountError(msg)


@transaction.atomic
def _set_up(cast):
    """Batch of the run: the cast is stored, or its rows are found where they are there."""
    _rename(cast)
    _settle(cast.organisations.values(), "name")
    new = {official.pk for official in _settle([one.official for one in cast.careers], "slug")}
    terms = [term for career in cast.careers for term in career.terms if career.official.pk in new]
    Appointment.objects.bulk_create(terms)
    _settle([*cast.reporters, *cast.correspondents], "slug")
    _settle([one.project for one in cast.undertakings], "slug")
    _settle(cast.bulletins, "slug")
    _index(
        {
            Official: [one.official for one in cast.careers],
            Reporter: [*cast.reporters, *cast.correspondents],
            Project: [one.project for one in cast.undertakings],
        }
    )
    photos = library()
    _settle(photos, "digest")
    return Batch(cast, sections=_sections(), photos=photos)


def _sections():
    """Sections by name: those that every paper has, and some more."""
    return {
        name: Section.objects.get_or_create(name=name, defaults={"order": order})[0]
        for order, name in enumerate(words.SECTIONS, start=1)
    }


def _rename(cast):
    """Call a project 二期 as long as another has its name."""
    taken = dict(Project.objects.values_list("name", "slug"))
    for project in (one.project for one in cast.undertakings):
        while taken.setdefault(project.name, project.slug) != project.slug:
            project.name += "二期"


def _settle(rows, field):
    """Give each row the key of the stored one with the same ``field``; the others are stored."""
    rows = list(rows)
    model = type(rows[0])
    stored = model._base_manager.in_bulk([getattr(row, field) for row in rows], field_name=field)
    for row in rows:
        there = stored.get(getattr(row, field))
        row.pk = there and there.pk
    new = [row for row in rows if row.pk is None]
    model._base_manager.bulk_create(new, ROWS)
    return new


@transaction.atomic
def _store(rows):
    """Write a batch, its derived rows, and its lines in the log; how many rows of each."""
    for model in ORDER:
        model._base_manager.bulk_create(rows[model], ROWS)
    ids = [story.pk for story in rows[Article]]
    rebuild_appearances(ids)
    adopt(Article.objects.filter(pk__in=ids))
    with writing():
        refresh_next_review(ids)
    _index({model: rows[model] for model in (Meeting, Inspection, Article)})
    return Counter({model._meta.model_name: len(rows[model]) for model in ORDER})


def _index(things):
    refresh({model: {row.pk for row in rows} for model, rows in things.items()})
