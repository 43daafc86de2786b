"""`reindex_search` makes what lacks, may be broken off, and a check says when it is needed."""

import pytest
from django.core.checks import Tags, registry
from django.core.management import call_command
from django.db import connections

from articles.editorial import reindex, reindexing, to_reindex
from articles.models import Article, SearchDocument
from articles.search import Audience, index, index_is_complete
from people.models import Official
from tests.support.searching import found, indexed, is_indexed, wanted
from tests.support.worlds import invent


def is_said():
    return [one.id for one in index_is_complete(databases=["default"])] == ["articles.W001"]


@pytest.fixture
def stories(db):
    """Some that are found."""
    invent(60)
    assert indexed() == wanted()


@pytest.mark.usefixtures("stories")
def test_a_check_says_when_texts_lack_or_are_of_another_release(monkeypatch):
    assert index_is_complete in registry.registry.get_checks(include_deployment_checks=False)
    assert Tags.database in index_is_complete.tags
    assert not is_said()
    SearchDocument.objects.exclude(official=None).first().delete()
    assert is_said()
    call_command("reindex_search", verbosity=0)
    assert not is_said()
    monkeypatch.setattr(index, "FORMAT", index.FORMAT + 1)
    assert is_said()
    monkeypatch.setattr(connections["default"].introspection, "table_names", list)
    assert not is_said()


@pytest.mark.usefixtures("stories")
def test_a_run_that_was_broken_off_is_taken_up_and_the_search_is_never_away(monkeypatch):
    monkeypatch.setattr(index, "FORMAT", index.FORMAT + 1)
    monkeypatch.setattr(reindexing, "BATCH", 20)
    story = Article.objects.live().first()
    run = reindex(to_reindex())
    while SearchDocument.objects.filter(format=index.FORMAT, article__isnull=False).count() < 30:
        next(run)
        assert found(Article.objects.live(), story.headline) >= {story.pk}
    run.close()
    left, total = (
        sum(rows.count() for rows in to_reindex(everything=every).values())
        for every in (False, True)
    )
    assert 0 < left < total
    assert sum(reindex(to_reindex())) == left
    assert not is_said()
    Article.objects.filter(pk=story.pk).update(headline="改过的题")
    assert not is_indexed()
    call_command("reindex_search", "--all", verbosity=0)
    assert indexed() == wanted()
    assert found(Article.objects.live(), "改过的题") == {story.pk}


@pytest.mark.usefixtures("stories")
def test_what_is_gone_leaves_the_index(capsys):
    story, person = Article.objects.live().first(), Official.objects.last()
    SearchDocument.objects.filter(article=story).update(article=story.pk + 100_000)
    SearchDocument.objects.filter(official=person).update(official=person.pk + 100_000)
    assert found(Article.objects.all(), story.headline, Audience.DESK).isdisjoint({story.pk})
    call_command("reindex_search")
    assert indexed() == wanted()
    assert "Indexed for the search: 2 texts." in capsys.readouterr().out
    call_command("reindex_search")
    assert capsys.readouterr().out == ""
