"""What is loaded is found: the index is the one that it would be if it were made anew."""

import pytest
from django.core.management import call_command

from articles.models import Article, Inspection, Project, SearchDocument
from people.models import Official
from tests.support.searching import found, indexed, is_indexed, wanted
from tests.support.worlds import invent

pytestmark = pytest.mark.django_db


def test_the_bulletin_is_found_as_it_was_loaded(bulletin):
    assert indexed() == wanted()
    assert found(Inspection.objects.public(), "普乐天地")
    assert found(Article.objects.live(), "普樂天地")
    assert found(Official.objects.public(), "苏建设")
    assert found(Project.objects.public(), "普乐")


def test_loading_again_brings_back_what_it_says_and_finds_it(bulletin):
    Article.objects.update(headline="改过的题")
    Project.objects.filter(name__contains="普乐").update(name="改过的名")
    call_command("loaddata", "bulletin_2021q1", verbosity=0)
    assert is_indexed()


def test_invented_stories_are_found_as_they_were_made():
    invent(60)
    assert indexed() == wanted()
    assert SearchDocument.objects.exclude(article=None).exists()
