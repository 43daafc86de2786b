"""Plain data of stories and records: there and back changes nothing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Inspection, Meeting, Project, Version
from articles.versions import SPECS, apply, digest, make_copy, save_version, snapshot, take_over
from people.models import Official

#: Columns that no version holds: keys, what workflow, clock and layout decide, what is derived
#: and whether it is.
APART = {
    Article: {
        "id", "stage", "visibility", "published_at", "expires_at", "updated_at", "scheduled_for",
        "failure", "record_changed_at", "copy_of", "page", "position",
        "binned_at", "binned_by", "slug_follows", "quarter_follows", "next_review",
    },
    Inspection: {"id", "slug", "slug_follows", "quarter_follows"},
    Meeting: {"id", "slug", "slug_follows", "quarter_follows"},
    Project: {"id", "slug", "slug_follows"},
    Official: {"id", "slug", "slug_follows", "pinyin", "initials"},
}  # fmt: skip


@pytest.mark.parametrize("model", SPECS, ids=lambda model: model.__name__)
def test_a_version_holds_every_column(model):
    shape = SPECS[model]
    held = {*shape.fields, *shape.links, *shape.lists}
    columns = {field.name for field in [*model._meta.fields, *model._meta.many_to_many]}
    assert held == columns - APART[model]
    for name, below in shape.children.items():
        row = model._meta.get_field(name).related_model
        held = {*below.fields, *below.links, *below.lists}
        columns = {field.name for field in [*row._meta.fields, *row._meta.many_to_many]}
        parents = {"article", "inspection", "meeting", "project", "official"} - held
        assert columns - held <= {"id", "order", *parents}


def rows_below(thing):
    """Keys of all child rows of a thing."""
    names = SPECS[type(thing)].children
    return {name: [row.pk for row in getattr(thing, name).all()] for name in names}


@pytest.mark.usefixtures("bulletin")
@pytest.mark.parametrize("model", SPECS, ids=lambda model: model.__name__)
def test_there_and_back_changes_nothing_and_keeps_the_rows(model):
    for thing in model.objects.all():
        content, below = snapshot(thing), rows_below(thing)
        assert apply(content, thing) == []
        assert snapshot(thing) == content
        assert rows_below(thing) == below


@pytest.mark.usefixtures("bulletin")
def test_a_content_costs_as_many_queries_for_a_long_record():
    numbers = set()
    for story in Article.objects.exclude(inspections=None).exclude(meetings=None):
        with CaptureQueriesContext(connection) as queries:
            snapshot(story)
        numbers.add(len(queries))
    assert max(numbers) <= 30


@pytest.mark.usefixtures("bulletin")
def test_a_digest_names_the_content_and_not_its_labels_or_ids():
    story = Article.objects.get(position=2)
    content = snapshot(story)
    relabelled = {**content, "label": "另一个叫法"}
    assert digest(relabelled) == digest(content)
    changed = {**content, "fields": {**content["fields"], "headline": "另一题"}}
    assert digest(changed) != digest(content)
    meeting = story.meetings.get()
    meeting.summary = "改过"
    meeting.save()
    assert digest(snapshot(story)) != digest(content)


@pytest.mark.usefixtures("bulletin")
def test_a_copy_has_the_content_of_its_story_and_gives_it_back():
    story = Article.objects.get(position=1)
    content = snapshot(story)
    copy, _content = make_copy(story)
    assert digest(snapshot(copy)) == digest(content)
    copy.headline = "另一题"
    copy.save()
    copy.bylines.first().delete()
    taken = take_over(copy, story)
    story.refresh_from_db()
    assert digest(taken) == digest(snapshot(story))
    assert story.headline == "另一题"
    assert story.bylines.count() == len(content["children"]["bylines"]) - 1
    assert not Article.objects.filter(copy_of=story).exists()


@pytest.mark.usefixtures("bulletin")
def test_a_version_is_made_only_of_a_change():
    meeting = Meeting.objects.first()
    first = save_version(meeting)
    assert first.number == 1
    assert save_version(meeting) is None
    meeting.summary = "改过"
    meeting.save()
    assert save_version(meeting).number == 2
    assert Version.objects.of(meeting).newest_number() == 2
