"""The command make_stories: the same from the same seed, whole, and never twice."""

import pytest
from django.core import serializers
from django.core.management import CommandError, call_command
from django.db import transaction

from articles.devdata import make_stories, words, writer
from articles.models import (
    Article,
    Meeting,
    Project,
    Section,
)
from people.models import Organisation
from tests.support.worlds import INVENTED, invent


def amounts():
    """How many rows each table has."""
    return {model.__name__: model.objects.count() for model in INVENTED}


def content():
    """All rows as a fixture would have them: no key, links by natural keys."""
    natural = {"use_natural_foreign_keys": True, "use_natural_primary_keys": True}
    rows = (row for model in INVENTED for row in model.objects.order_by("pk"))
    return serializers.serialize("json", rows, **natural)


@pytest.fixture
def fresh(db, settings, tmp_path):
    """Run in a database, and with a picture folder, that nothing was in: gives the content."""
    folders = iter(tmp_path / f"media{number}" for number in range(10))

    def run(count, seed):
        settings.MEDIA_ROOT = next(folders)
        with transaction.atomic():
            invent(count, seed)
            made = content()
            transaction.set_rollback(True)
        assert not Article.objects.exists()
        return made

    return run


# The same from the same seed


def test_one_seed_gives_the_same_rows_in_two_databases(fresh):
    assert fresh(60, 7) == fresh(60, 7)


def test_another_seed_or_count_gives_other_rows(fresh):
    assert len({fresh(20, 7), fresh(20, 8), fresh(21, 7)}) == 3


def test_a_second_run_adds_nothing_and_says_so(db, capsys):
    invent(60)
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
    invent(60)
    assert Article.objects.count() == 60
    assert content() == whole


def test_a_batch_that_fails_leaves_nothing(db, monkeypatch):
    def fail(_stories):
        raise RuntimeError

    monkeypatch.setattr(writer, "rebuild_appearances", fail)
    with pytest.raises(RuntimeError):
        invent(20)
    assert not Article.objects.exists()
    assert not Meeting.objects.exists()


def test_another_count_of_a_known_seed_is_refused_before_anything_is_written(db):
    invent(60)
    before = amounts()
    with pytest.raises(CommandError, match=r"Seed 7.*not from a run of 80"):
        call_command("make_stories", "80", "--seed", "7")
    assert amounts() == before


def test_seeds_stand_beside_one_another_and_beside_the_bulletin(bulletin):
    before = amounts()
    for seed in range(3):
        invent(20, seed)
    assert Article.objects.count() == before["Article"] + 60
    assert Organisation.objects.filter(name=f"{words.DISTRICT}委").count() == 1
    filled = amounts()
    call_command("loaddata", "bulletin_2021q1", verbosity=0)
    assert amounts() == filled


def test_the_bulletin_loads_after_them(db):
    invent(20)
    call_command("loaddata", "bulletin_2021q1", verbosity=0)
    assert Article.objects.count() == 26
    assert Section.objects.count() == len(words.SECTIONS)


def test_a_project_is_renamed_where_another_has_its_name(db):
    with transaction.atomic():
        invent(20)
        name = Project.objects.earliest("pk").name
        transaction.set_rollback(True)
    Project.objects.create(name=name)
    invent(20)
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
    invent(count)
    assert Article.objects.count() == count


def test_the_last_line_counts(db, capsys):
    call_command("make_stories", "30")
    printed = capsys.readouterr()
    assert "30 article" in printed.out
    assert "stories a second" in printed.out
    assert printed.err == ""
