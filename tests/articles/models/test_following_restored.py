"""What follows, when a version, a copy, a binned draft or the fixture comes back."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from articles.editorial import (
    bin_draft,
    execute,
    open_working_copy,
    restore,
    take_from_bin,
)
from articles.editorial.roles import CHIEF, EDITOR
from articles.models import (
    Article,
    Version,
)
from articles.versions import apply, newest_of_row, save_version
from tests.support.following import APRIL, FIRST, JULY, KINDS, MARCH, SECOND, THIRD, again, made
from tests.support.stories import edited, signed

pytestmark = pytest.mark.django_db


def test_a_version_that_comes_back_brings_what_was_set(draft, author):
    story = edited(draft, author, quarter=FIRST)
    number = newest_of_row(story).number
    edited(story, author, quarter=None, headline="李新桥")
    assert again(story).quarter_follows
    restore(story, Version.objects.of(story).get(number=number), author)
    story = again(story)
    assert (story.headline, story.quarter, story.quarter_follows) == ("桥通了", FIRST, False)
    assert story.slug == "qiao-tong-le"


def test_a_version_that_comes_back_still_follows(draft, author):
    edited(draft, author, headline="李新桥", issued_on=MARCH)
    restore(draft, Version.objects.of(draft).get(number=1), author)
    story = again(draft)
    assert (story.slug, story.issued_on) == ("qiao-tong-le", MARCH)
    assert again(story, headline="张新区").slug == "zhang-xin-qu"


def test_a_version_leaves_an_address_that_was_set(draft, author):
    edited(draft, author, headline="李新桥", slug="by-hand")
    restore(draft, Version.objects.of(draft).get(number=1), author)
    assert again(draft).slug == "by-hand"


def test_the_page_of_a_restore_says_what_becomes_of_the_address(draft, author, at_desk):
    edited(draft, author, headline="李新桥")
    page = at_desk(EDITOR).get(reverse("admin:articles_article_restore", args=[draft.pk, 1])).text
    assert "网址名随主题" in page
    assert "qiao-tong-le" in page


def test_a_record_that_comes_back_follows_its_day(event, author):
    save_version(event, person=author)
    changed = again(event, held_on=APRIL)
    save_version(changed, person=author)
    apply(Version.objects.of(event).get(number=1).content, changed)
    event = again(event)
    assert (event.quarter, event.slug, event.quarter_follows) == (FIRST, "20210306-kan-qiao", True)


def test_a_record_that_comes_back_keeps_what_was_set_though_it_is_the_same(event, author):
    set_by_hand = again(event, held_on=APRIL, quarter=FIRST, quarter_follows=False)
    save_version(set_by_hand, person=author)
    changed = again(event, held_on=MARCH, quarter=None)
    apply(Version.objects.of(event).get(number=1).content, changed)
    event = again(event)
    assert (event.held_on, event.quarter, event.quarter_follows) == (APRIL, FIRST, False)


def test_taking_a_copy_over_keeps_address_and_quarter(live, account, chief):
    before = (live.slug, live.quarter, live.issued_on)
    editor = account(EDITOR)
    copy = open_working_copy(live, editor)
    edited(copy, editor, headline="另一座桥")
    assert (copy.slug, copy.quarter, copy.issued_on) == before
    signed(copy, account, author=editor)
    execute("publish", copy, person=chief)
    story = Article.objects.get(pk=live.pk)
    assert (story.headline, story.slug, story.quarter, story.issued_on) == ("另一座桥", *before)


@pytest.mark.parametrize("by_hand", [False, True])
def test_what_comes_back_from_the_bin_gives_way(draft, account, by_hand):
    if by_hand:
        draft = again(draft, slug="by-hand")
    chief = account(CHIEF)
    bin_draft(draft, person=chief)
    made("article", "桥", slug=draft.slug)
    assert take_from_bin(Article.all_objects.get(pk=draft.pk), person=chief)
    back = again(draft)
    assert back.slug == ("qiao-tong-le" if by_hand else "qiao-tong-le-2")


def test_what_comes_back_from_the_bin_has_the_quarter_of_its_issue(draft, event, account):
    chief, issue = account(CHIEF), made("bulletin", quarter=FIRST)
    story = again(draft, bulletin=issue)
    event = again(event, held_on=JULY)
    getattr(story, event.in_stories).add(event)
    event = again(event)
    assert event.quarter == FIRST
    bin_draft(story, person=chief)
    assert again(event).quarter == THIRD
    again(issue, quarter=SECOND)
    assert not take_from_bin(Article.all_objects.get(pk=story.pk), person=chief)
    assert {again(one).quarter for one in (story, event)} == {SECOND}


def test_the_fixture_says_what_is_set(bulletin):
    models = [model for model, _named, _needs in KINDS.values()]

    def rows():
        return [list(model._base_manager.order_by("pk").values()) for model in models]

    before = rows()
    call_command("loaddata", "bulletin_2021q1", verbosity=0)
    assert rows() == before
    story = Article.objects.first()
    Article.objects.filter(pk=story.pk).update(quarter_follows=True, quarter=str(THIRD))
    call_command("loaddata", "bulletin_2021q1", verbosity=0)
    assert rows() == before
