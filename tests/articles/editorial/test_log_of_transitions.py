"""The log of transitions: the database lets no state past it, and nobody change it."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from articles.editorial import (
    adopt,
)
from articles.models import Article, SignOff, Transition, Version


def test_adopting_logs_what_came_in_live_once(bulletin):
    lines = Transition.objects.filter(name="adopt", person=None)
    assert lines.count() == 6
    assert {line.version.number for line in lines} == {1}
    assert adopt() == 0


@pytest.mark.parametrize(
    "change", [{"visibility": "withdrawn"}, {"stage": "draft"}, {"visibility": "unpublished"}]
)
def test_the_database_refuses_a_state_that_the_log_does_not_name(bulletin, change):
    story = Article.objects.get(position=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=story.pk).update(**change)
    for name, value in change.items():
        setattr(story, name, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        story.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.bulk_update([story], list(change))


@pytest.mark.parametrize("model", [Transition, SignOff, Version])
def test_the_log_is_never_changed(live, model):
    row = model.objects.order_by("pk").first()
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.filter(pk=row.pk).update(person=None)
    table = model._meta.db_table
    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"DELETE FROM {table} WHERE id = %s", [row.pk])  # noqa: S608  our own name


def test_a_draft_that_was_never_moved_goes_with_its_versions(draft):
    draft.delete()
    assert not Version.objects.exists()


def test_a_story_with_a_line_in_the_log_is_never_deleted(bulletin):
    with pytest.raises(ProtectedError):
        Article.objects.get(position=1).delete()
    with pytest.raises(ProtectedError):
        Article.objects.all().delete()
