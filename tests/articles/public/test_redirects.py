"""A renamed thing leaves a redirect; one that is not public is not betrayed by it."""

import pytest
from django.contrib.redirects.models import Redirect

from articles.models import Article, Meeting, Project
from people.models import Official
from tests.support.stories import put

pytestmark = pytest.mark.usefixtures("bulletin")


def rename(thing, slug):
    """Give a thing another address; its former one."""
    thing.refresh_from_db()
    former = thing.get_absolute_url()
    thing = type(thing).objects.get(pk=thing.pk)
    thing.slug = slug
    thing.save()
    return former, thing.get_absolute_url()


@pytest.mark.parametrize("model", [Official, Project, Meeting])
def test_a_former_address_leads_to_the_new_one(client, model):
    former, new = rename(model.objects.first(), "new-name")
    answer = client.get(former)
    assert (answer.status_code, answer["Location"]) == (301, new)
    assert client.get(new).status_code == 200


def test_a_chain_has_no_detour_and_a_way_back_no_loop(client):
    official = Official.objects.first()
    first, second = rename(official, "second")
    _second, third = rename(official, "third")
    assert client.get(first)["Location"] == third
    assert client.get(second)["Location"] == third
    rename(official, first.split("/")[-2])
    assert client.get(first).status_code == 200
    assert client.get(second)["Location"] == first
    assert client.get(third)["Location"] == first
    assert not Redirect.objects.filter(old_path=first).exists()


def test_the_redirect_of_what_is_not_public_is_silent(client):
    former, _new = rename(Official.objects.first(), "secret-name")
    put(Article.objects.all(), visibility="withdrawn")
    answer = client.get(former)
    assert answer.status_code == 404
    assert "secret-name" not in answer.text


def test_saving_without_a_new_name_leaves_none():
    Official.objects.first().save()
    assert not Redirect.objects.exists()
