"""Synthetic stories: the same from the same seed, whole, true to every rule, and never twice."""

from collections import Counter
from itertools import pairwise
from random import Random

import pytest
from django.core import serializers
from django.core.management import CommandError, call_command
from django.db import models, transaction
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from articles.devdata import make_stories, prose, words, writer
from articles.editorial import rebuild_appearances
from articles.models import (
    Article,
    ArticlePhoto,
    Attendance,
    Bulletin,
    Byline,
    Inspection,
    Meeting,
    Mention,
    Milestone,
    OfficialAppearance,
    Photo,
    Project,
    ProjectAppearance,
    Section,
    Stop,
)
from articles.models.choices import Status
from articles.sanitise import clean_body
from people import names
from people.models import Appointment, Official, Organisation, Reporter
from tests.support.worlds import bring

PEOPLE = (Organisation, Official, Appointment, Reporter)
STORIES = (
    *(Section, Bulletin, Photo, Project, Meeting, Inspection, Stop, Attendance),
    *(Article, Mention, Byline, Milestone, ArticlePhoto, OfficialAppearance, ProjectAppearance),
)
EVERYTHING = (*PEOPLE, *STORIES)


def make(count, seed=7):
    """Stories in the database."""
    for _batch in make_stories(count, seed):
        pass


def amounts():
    """How many rows each table has."""
    return {model.__name__: model.objects.count() for model in EVERYTHING}


def content():
    """All rows as a fixture would have them: no key, links by natural keys."""
    natural = {"use_natural_foreign_keys": True, "use_natural_primary_keys": True}
    rows = (row for model in EVERYTHING for row in model.objects.order_by("pk"))
    return serializers.serialize("json", rows, **natural)


@pytest.fixture
def fresh(db, settings, tmp_path):
    """Run in a database, and with a picture folder, that nothing was in: gives the content."""
    folders = iter(tmp_path / f"media{number}" for number in range(10))

    def run(count, seed):
        settings.MEDIA_ROOT = next(folders)
        with transaction.atomic():
            make(count, seed)
            made = content()
            transaction.set_rollback(True)
        assert not Article.objects.exists()
        return made

    return run


@pytest.fixture
def stories(db):
    """Two hundred stories; the files of their pictures are there for whoever made them first."""
    bring("200 stories", lambda: make(200))


# The same from the same seed


def test_one_seed_gives_the_same_rows_in_two_databases(fresh):
    assert fresh(60, 7) == fresh(60, 7)


def test_another_seed_or_count_gives_other_rows(fresh):
    assert len({fresh(20, 7), fresh(20, 8), fresh(21, 7)}) == 3


def test_a_second_run_adds_nothing_and_says_so(db, capsys):
    make(60)
    before = amounts()
    call_command("make_stories", "60", "--seed", "7")
    assert amounts() == before
    assert "all 60 stories are here already" in capsys.readouterr().out


def test_a_run_that_was_broken_off_is_taken_up(fresh, monkeypatch, settings, tmp_path):
    monkeypatch.setattr(writer, "BATCH", 20)
    whole = fresh(60, 7)
    settings.MEDIA_ROOT = tmp_path / "afterwards"
    halves = make_stories(60, 7)
    next(halves)
    halves.close()
    assert Article.objects.count() == 20
    make(60)
    assert Article.objects.count() == 60
    assert content() == whole


def test_a_batch_that_fails_leaves_nothing(db, monkeypatch):
    def fail(_stories):
        raise RuntimeError

    monkeypatch.setattr(writer, "rebuild_appearances", fail)
    with pytest.raises(RuntimeError):
        make(20)
    assert not Article.objects.exists()
    assert not Meeting.objects.exists()


def test_another_count_of_a_known_seed_is_refused_before_anything_is_written(db):
    make(60)
    before = amounts()
    with pytest.raises(CommandError, match=r"Seed 7.*not from a run of 80"):
        call_command("make_stories", "80", "--seed", "7")
    assert amounts() == before


def test_seeds_stand_beside_one_another_and_beside_the_bulletin(bulletin):
    before = amounts()
    for seed in range(3):
        make(20, seed)
    assert Article.objects.count() == before["Article"] + 60
    assert Organisation.objects.filter(name=f"{words.DISTRICT}委").count() == 1
    filled = amounts()
    call_command("loaddata", "bulletin_2021q1", verbosity=0)
    assert amounts() == filled


def test_the_bulletin_loads_after_them(db):
    make(20)
    call_command("loaddata", "bulletin_2021q1", verbosity=0)
    assert Article.objects.count() == 26
    assert Section.objects.count() == len(words.SECTIONS)


def test_a_project_is_renamed_where_another_has_its_name(db):
    with transaction.atomic():
        make(20)
        name = Project.objects.earliest("pk").name
        transaction.set_rollback(True)
    Project.objects.create(name=name)
    make(20)
    assert Project.objects.get(name=f"{name}二期").slug.endswith("-s7-1")


# Input


@pytest.mark.parametrize("count", ["0", "-5", "abc", "1.5", "", "二十", "2000001"])
def test_a_count_that_is_none_is_named(db, count):
    with pytest.raises(CommandError, match=f"from 1 to 2,000,000: '{count}'"):
        call_command("make_stories", count)


@pytest.mark.parametrize("seed", ["-1", "x", "1000000000"])
def test_a_seed_that_is_none_is_named(db, seed):
    with pytest.raises(CommandError, match=f"from 0 to 999,999,999: '{seed}'"):
        call_command("make_stories", "5", f"--seed={seed}")


@pytest.mark.parametrize("count", [1, 2, 5])
def test_few_stories_can_be_made(db, count):
    make(count)
    assert Article.objects.count() == count


def test_the_last_line_counts(db, capsys):
    call_command("make_stories", "30")
    printed = capsys.readouterr()
    assert "30 article" in printed.out
    assert "stories a second" in printed.out
    assert printed.err == ""


# True to the rules


def test_rows_hold_what_the_models_ask(db):
    make(200)  # with the files of the pictures, which are read
    for model in EVERYTHING:
        rows = list(model.objects.all())
        assert rows, model
        for row in rows[:: len(rows) // 60 + 1]:
            row.full_clean(exclude=[field.name for field in model._meta.pk_fields])


def test_texts_fit_their_columns(stories):
    long = [
        (model.__name__, field.name, text)
        for model in EVERYTHING
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
    make(400)
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
    make(200)
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
