"""The title that a page prints of whom a text names without one is part of what is signed."""

import datetime
import importlib
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from articles.editorial import current_review_state
from articles.editorial.triggers import set_up, take_down
from articles.models import Mention, SignOff, Version
from articles.versions import digest, save_version, snapshot
from articles.versions.describe import describe
from people.models import Appointment, Official, Organisation
from tests.support.stories import signed

format_3 = importlib.import_module("articles.migrations.0019_contents_format_3")
format_4 = importlib.import_module("articles.migrations.0022_contents_format_4")
DAY = datetime.date(2021, 3, 20)


@pytest.fixture
def post():
    """A post that covers the day."""
    body = Organisation.objects.create(name="区政府")
    official = Official.objects.create(name="王某某")
    return Appointment.objects.create(official=official, organisation=body, title="区长")


@pytest.fixture
def naming(draft, author, post):
    """Maker of the draft with a mention of the official, printed so."""

    def make(title="", day=DAY, official=post.official):
        draft.issued_on = day
        draft.save()
        Mention.objects.create(
            article=draft, official=official, printed_name="王某某", printed_title=title
        )
        save_version(draft, person=author)
        return draft

    return make


def test_a_title_of_the_register_is_signed_and_another_voids(naming, post, account):
    story = naming()
    signed(story, account)
    assert "区长" in str(describe(snapshot(story)))
    assert current_review_state(story).missing_sign_offs() == []
    Appointment.objects.filter(pk=post.pk).update(ends=DAY)
    assert len(current_review_state(story).missing_sign_offs()) == 3


@pytest.mark.parametrize("said", [{"title": "代区长"}, {"day": None}, {"official": None}])
def test_what_the_register_does_not_say_is_not_signed(naming, post, account, said):
    story = naming(**said)
    signed(story, account)
    Appointment.objects.filter(pk=post.pk).update(title="书记")
    assert current_review_state(story).missing_sign_offs() == []


@pytest.mark.parametrize(
    ("said", "gets"),
    [({}, True), ({"title": "代区长"}, False), ({"day": None}, False), ({"official": None}, False)],
)
def test_signatures_of_before_count_after_the_migration(naming, account, said, gets):
    """As stored before there were such titles: without one, and the digest without it."""
    story = naming(**said)
    signed(story, account)
    before = SignOff.objects.filter(version__story=story).count()
    editor = SimpleNamespace(connection=connection)
    take_down(connection.alias)
    format_4.lower_format(apps, editor)
    for version in Version.objects.filter(story=story):
        for row in version.content["children"]["mentions"]:
            row.pop("shown", None)
        version.digest = digest(version.content)
        version.save()
    named = set(Version.objects.filter(story=story).values_list("digest", flat=True))
    format_3.raise_format(apps, editor)
    renamed = set(Version.objects.filter(story=story).values_list("digest", flat=True)) != named
    assert renamed == gets
    format_4.raise_format(apps, editor)
    set_up(connection.alias)
    assert current_review_state(story).missing_sign_offs() == []
    assert SignOff.objects.filter(version__story=story).count() == before
    for version in Version.objects.filter(story=story):
        assert digest(version.content) == version.digest


@pytest.mark.django_db
@pytest.mark.parametrize(
    "term", [{}, {"starts": DAY}, {"ends": DAY}, {"starts": timezone.localdate()}]
)
def test_the_migration_chooses_posts_as_the_pages_do(naming, post, term):
    Appointment.objects.create(
        official=post.official, organisation=post.organisation, title="代区长", rank=1, **term
    )
    story = naming()
    content = format_4.rekeyed(snapshot(story), lambda _name, _key: [post.official.slug])
    shown = [row.pop("shown") for row in content["children"]["mentions"]]
    format_3.add_titles(content, format_3.posts_by_official(Appointment.objects))
    assert [row["shown"] for row in content["children"]["mentions"]] == shown
