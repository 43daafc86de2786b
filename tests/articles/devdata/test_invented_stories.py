"""Invented stories: whole, true to every rule, and as unequal as real ones."""

from collections import Counter
from itertools import pairwise
from random import Random

import pytest
from django.db import models
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from articles.devdata import prose, words
from articles.editorial import rebuild_appearances
from articles.models import (
    Article,
    Attendance,
    Bulletin,
    Inspection,
    Meeting,
    Mention,
    OfficialAppearance,
    Project,
    ProjectAppearance,
    Stop,
)
from articles.models.choices import Status
from articles.sanitise import clean_body
from people import names
from people.models import Official, Reporter
from tests.support.worlds import INVENTED, bring, invent


@pytest.fixture
def stories(db):
    """Two hundred stories; the files of their pictures are there for whoever made them first."""
    bring("200 stories", lambda: invent(200))


def test_rows_hold_what_the_models_ask(db):
    invent(200)  # with the files of the pictures, which are read
    for model in INVENTED:
        rows = list(model.objects.all())
        assert rows, model
        for row in rows[:: len(rows) // 60 + 1]:
            row.full_clean(exclude=[field.name for field in model._meta.pk_fields])


def test_texts_fit_their_columns(stories):
    long = [
        (model.__name__, field.name, text)
        for model in INVENTED
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField) and field.max_length
        for text in model.objects.values_list(field.name, flat=True)
        if len(str(text)) > field.max_length
    ]
    assert long == []


def test_nothing_that_save_would_fill_is_empty(stories):
    for model in (Official, Reporter):
        for person in model.objects.all():
            assert person.pinyin == names.pinyin(person.name)
            assert person.initials == names.initials(person.name)
    for model in (Official, Reporter, Project, Meeting, Inspection, Article, Bulletin):
        assert not model.objects.filter(slug="").exists()
    for event in [*Meeting.objects.all(), *Inspection.objects.all()]:
        assert {event.quarter} == {story.quarter for story in event.articles.all()[:1]}
    assert all(story.quarter == story.natural_quarter() for story in Article.objects.all())


def test_every_state_is_there(stories):
    now = timezone.now()
    live = Article.objects.filter(visibility="live")
    assert Article.objects.live().count() >= 0.95 * 200
    assert live.filter(published_at__gt=now).count() == 2
    assert live.filter(expires_at__lt=now).count() == 2
    assert Article.objects.filter(visibility="withdrawn").count() == 2
    drafts = Article.objects.filter(visibility="unpublished")
    assert drafts.count() == 4
    assert not drafts.filter(stage="signed").exists()
    assert live.filter(transitions__name="adopt").count() == live.count()


def test_derived_tables_equal_a_rebuild(stories):
    before = [set(model.objects.values_list()) for model in (OfficialAppearance, ProjectAppearance)]
    assert all(before)
    rebuild_appearances(Article.objects.all())
    assert [
        set(model.objects.values_list()) for model in (OfficialAppearance, ProjectAppearance)
    ] == before


def test_titles_are_those_of_the_day(stories):
    printed = Counter()
    rows = Attendance.objects.filter(official__isnull=False).exclude(printed_title="")
    for row in rows.select_related("official", "meeting", "inspection"):
        assert row.printed_title == row.official.title_on(row.event.held_on)
        printed[row.printed_title] += 1
    for row in Mention.objects.filter(official__isnull=False, article__issued_on__lt="2030-01-01"):
        assert row.printed_title == row.official.title_on(row.article.issued_on)
    assert len(printed) > 5


def test_terms_follow_one_another(stories):
    counts = Counter()
    for official in Official.objects.all():
        terms = list(official.appointments.order_by("starts"))
        counts[len(terms)] += 1
        assert all(a.ends == b.starts for a, b in pairwise(terms))
    assert set(counts) <= {1, 2, 3, 4}
    assert len(counts) > 1


def test_milestones_rise_with_time_and_name_their_story(stories):
    for project in Project.objects.all():
        steps = list(project.milestones.order_by("reached_on"))
        ranks = [Status.values.index(step.status) for step in steps]
        assert ranks == sorted(set(ranks))
        for step in steps:
            assert step.reached_on <= step.article.issued_on
            assert project in step.article.projects.all()


def test_inspections_and_meetings_have_the_shapes_of_real_ones(db):
    invent(400)
    groups = Counter(
        len(set(inspection.stops.values_list("group", flat=True)))
        for inspection in Inspection.objects.all()
    )
    assert set(groups) == {1, 2, 3}
    for model, relation, least, most in (
        (Inspection, "stops", 2, 10),
        (Meeting, "attendance", 2, 12),
    ):
        sizes = model.objects.annotate(size=Count(relation)).values_list("size", flat=True)
        assert least <= min(sizes)
        assert max(sizes) <= most
        assert {event.open_ended for event in model.objects.all()} == {True, False}
    assert Attendance.objects.exclude(remarks="").exists()
    assert Attendance.objects.filter(printed_name="").exists()
    assert Stop.objects.annotate(size=Count("projects")).filter(size=2).exists()
    assert Inspection.objects.filter(meeting__isnull=False).exists()


def test_bodies_are_as_the_editor_writes_them():
    for seed in range(200):
        body = prose.body(Random(seed), "开头。" * 50)  # noqa: S311  nothing secret
        assert clean_body(body) == body
        assert 300 <= len(strip_tags(body)) <= 1200


def test_words_are_as_unequal_as_in_real_texts(stories):
    text = "".join(Article.objects.values_list("body", flat=True))
    first, tenth, last = (text.count(words.NOUNS[place]) for place in (0, 9, -1))
    assert first > 3 * tenth > 3 * last > 0


def test_a_few_officials_are_everywhere_and_most_are_rare(stories):
    counts = Official.objects.annotate(shown=Count("appearances")).values_list("shown", flat=True)
    by_size = sorted(counts, reverse=True)
    assert by_size[0] > 2 * by_size[len(by_size) // 2] > 2 * by_size[-1]


def test_nobody_has_a_name_of_the_real_bulletin(bulletin):
    real = set()
    for model, column in ((Official, "name"), (Reporter, "name"), (Mention, "printed_name")):
        real |= set(model.objects.values_list(column, flat=True))
    assert real <= words.REAL_PEOPLE
    invent(200)
    for model in (Official, Reporter):
        assert model.objects.filter(name__in=real, slug__contains="-s7-").count() == 0


# On the public pages


def test_every_live_story_answers(stories, client):
    for story in Article.objects.live():
        assert client.get(story.get_absolute_url()).status_code == 200


def test_quarters_lists_and_the_busiest_official_answer(stories, client):
    busiest = Official.objects.annotate(shown=Count("appearances")).latest("shown")
    assert busiest.shown > 40
    quarters = Article.objects.live().quarters()
    assert len(quarters) == 4
    for address in (
        "/",
        busiest.get_absolute_url(),
        *[reverse("quarter", args=[quarter]) for quarter in quarters],
        *map(reverse, ("articles", "projects", "inspections", "meetings", "officials")),
        *(row.get_absolute_url() for row in Project.objects.public()),
    ):
        assert client.get(address).status_code == 200, address
