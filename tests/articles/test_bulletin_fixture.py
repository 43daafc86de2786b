"""The bulletin loads, loads again, and comes back from a dump the same."""

import datetime

import pytest
from django.core.management import call_command

from articles.editorial import execute, rebuild_appearances
from articles.editorial.roles import CHIEF
from articles.models import (
    Article,
    Attendance,
    Bulletin,
    Byline,
    Inspection,
    Meeting,
    Mention,
    OfficialAppearance,
    Project,
    ProjectAppearance,
    Section,
    Stop,
)
from articles.quarter import Quarter
from people.models import Appointment, Official, Organisation, Reporter
from tests.support.every_page import as_read

MODELS = (
    Appointment,
    Article,
    Attendance,
    Bulletin,
    Byline,
    Inspection,
    Meeting,
    Mention,
    Official,
    OfficialAppearance,
    Organisation,
    Project,
    ProjectAppearance,
    Reporter,
    Section,
    Stop,
)


def rows(model):
    """All rows as plain tuples, in a stable order."""
    fields = [field.attname for field in model._meta.concrete_fields if field.column]
    return sorted(model.objects.values_list(*fields), key=repr)


def links():
    """All many-to-many links as natural keys."""
    return {
        (relation.name, str(row.natural_key()), str(other.natural_key()))
        for model in MODELS
        for relation in model._meta.many_to_many
        for row in model.objects.all()
        for other in getattr(row, relation.name).all()
    }


def everything():
    """The state of all tables of the record."""
    return {model.__name__: rows(model) for model in MODELS}, links()


@pytest.mark.usefixtures("bulletin")
def test_it_holds_what_the_bulletin_records():
    counts = {model.__name__: model.objects.count() for model in MODELS}
    assert counts["Article"] == 6
    assert counts["Official"] == 7
    assert counts["Appointment"] == 5
    assert counts["Project"] == 15
    assert counts["Inspection"] == 4
    assert counts["Meeting"] == 4
    assert counts["Reporter"] == 4
    assert Bulletin.objects.get().issued_on == datetime.date(2021, 4, 6)
    assert Article.objects.live().count() == 6
    quarter = Quarter(2021, 1)
    for model in (Article, Bulletin, Inspection, Meeting):
        assert {row.quarter for row in model.objects.all()} == {quarter}


@pytest.mark.usefixtures("bulletin")
def test_undated_posts_and_none_for_generic_phrases():
    assert not Appointment.objects.exclude(starts=None, ends=None).exists()
    untitled = Official.objects.filter(appointments=None).values_list("name", flat=True)
    assert set(untitled) == {"唐莉军", "兰海", "武永祥"}


@pytest.mark.usefixtures("bulletin")
def test_first_of_april_is_two_groups_of_eight_and_five_open_stops():
    visit = Inspection.objects.get(held_on=datetime.date(2021, 4, 1))
    groups = [stop.group for stop in visit.stops.all()]
    assert groups == ["南部城区组"] * 8 + ["中心城区观摩组"] * 5
    assert visit.open_ended
    leaders = visit.attendance.filter(role=Attendance.Role.LEAD)
    assert [(row.group, row.printed_name) for row in leaders] == [
        ("南部城区组", "陈红民"),
        ("中心城区观摩组", "苏建设"),
    ]
    shared = visit.stops.get(place="亚星南岸大厦和南岸商务中心")
    assert {project.name for project in shared.projects.all()} == {"亚星南岸大厦", "南岸商务中心"}
    doubtful = visit.stops.get(organisation__isnull=False)
    assert doubtful.projects.get().note


@pytest.mark.usefixtures("bulletin")
def test_loading_twice_changes_nothing():
    before = everything()
    call_command("loaddata", "bulletin_2021q1", verbosity=0)
    assert everything() == before


@pytest.mark.usefixtures("bulletin")
def test_saving_every_row_changes_nothing():
    before = everything()
    for model in MODELS:
        for row in model.objects.all():
            row.save()
    assert everything() == before


@pytest.mark.usefixtures("bulletin")
def test_rebuilding_the_derived_rows_changes_nothing():
    before = everything()
    OfficialAppearance.objects.all().delete()
    ProjectAppearance.objects.all().delete()
    rebuild_appearances(Article.objects.all())
    assert everything() == before


@pytest.mark.usefixtures("bulletin")
def test_loading_after_an_editor_reordered_and_added_rows_doubles_nothing():
    story = Article.objects.get(position=1)
    first, second = story.bylines.all()
    first.order, second.order = 2, 3
    first.save()
    second.save()
    Byline.objects.create(article=story, printed_name="王某某", role="photographer", order=1)
    stop = Stop.objects.get(place="普乐天地项目")
    stop.order = 1
    stop.save()

    call_command("loaddata", "bulletin_2021q1", verbosity=0)

    names = sorted(byline.printed_name for byline in story.bylines.all())
    assert names == sorted(["张改华", "郭佳星", "王某某"])
    assert Stop.objects.count() == 25


@pytest.mark.usefixtures("bulletin")
def test_loading_again_does_not_bring_a_withdrawn_story_back(account):
    story = Article.objects.get(position=3)
    execute("withdraw", story, person=account(CHIEF), reason="核实中")
    published_at = story.published_at

    call_command("loaddata", "bulletin_2021q1", verbosity=0)

    story.refresh_from_db()
    assert story.visibility == Article.Visibility.WITHDRAWN
    assert story.published_at == published_at


@pytest.mark.usefixtures("bulletin")
def test_texts_fit_their_columns():
    for model in MODELS:
        for field in model._meta.concrete_fields:
            if field.max_length and field.get_internal_type() != "TextField":
                for value in model.objects.values_list(field.attname, flat=True):
                    assert len(str(value or "")) <= field.max_length, (model, field.name, value)


@pytest.mark.django_db(transaction=True)
def test_a_dump_loaded_into_an_empty_database_gives_the_same_pages(tmp_path, crawl):
    call_command("loaddata", "bulletin_2021q1", verbosity=0)
    before = as_read(crawl())
    assert len(before) > 60
    dump = tmp_path / "dump.json"
    call_command(
        "dumpdata", "people", "articles", natural_foreign=True, natural_primary=True, output=dump
    )
    call_command("flush", interactive=False, verbosity=0)
    assert not Article.objects.exists()
    call_command("loaddata", dump, verbosity=0)
    assert as_read(crawl()) == before
