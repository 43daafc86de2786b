"""A deleted draft lies in a bin, seen by nobody, and comes back with its versions."""

import datetime
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from articles.editorial import (
    Refused,
    bin_draft,
    counts,
    empty_bin,
    execute,
    set_layout,
    take_from_bin,
    writing,
)
from articles.editorial.roles import CHIEF, EDITOR, HEAD, REPORTER
from articles.models import Article, Version
from articles.versions import row_at_work, snapshot
from tests.support.desk import change, filled
from tests.support.scenes import DAY

BIN = "admin:articles_article_bin"
STORIES = "admin:articles_article_changelist"


@pytest.fixture
def editor(account):
    """Someone who may delete drafts."""
    return account(EDITOR, "editor")


def test_a_deleted_draft_comes_back_as_it_was(scenes, at_desk):
    story = scenes.draft(headline="旧桥")
    content, versions = snapshot(story), Version.objects.of(story).count()
    client = at_desk(EDITOR)
    delete = reverse("admin:articles_article_delete", args=[story.pk])
    assert "30天内可以连同历史放回" in client.get(delete).text
    assert client.post(delete, {"post": "yes"}).status_code == 302
    assert "旧桥" in client.get(reverse(BIN)).text
    answer = client.post(reverse(BIN), {"story": story.pk}, follow=True)
    assert answer.redirect_chain == [(change(story), 302)]
    assert snapshot(Article.objects.get(pk=story.pk)) == content
    assert Version.objects.of(story).count() == versions
    assert "旧桥" not in client.get(reverse(BIN)).text


def test_many_are_deleted_at_once(scenes, at_desk):
    stories = [scenes.draft(headline=f"第{number}稿") for number in range(3)]
    client = at_desk(EDITOR)
    chosen = [story.pk for story in stories]
    data = {"action": "delete_selected", "_selected_action": chosen}
    assert "30天内可以连同历史放回" in client.post(reverse(STORIES), data).text
    client.post(reverse(STORIES), {**data, "post": "yes"})
    page = client.get(reverse(BIN)).text
    assert all(story.headline in page for story in stories)


def test_nobody_meets_what_lies_in_the_bin(scenes, editor, at_desk):
    story = scenes.draft(headline="旧桥")
    bin_draft(story, person=editor)
    client = at_desk(CHIEF)
    assert not Article.objects.filter(pk=story.pk).exists()
    assert counts(editor)["review"] == 0
    assert "旧桥" not in client.get(reverse(STORIES)).text
    field = {"app_label": "articles", "model_name": "milestone", "field_name": "article"}
    found = client.get(reverse("admin:autocomplete"), {**field, "term": "旧桥"})
    assert found.json()["results"] == []
    for page in ("change", "history", "preview", "sheet", "layout", "delete"):
        assert client.get(
            reverse(f"admin:articles_article_{page}", args=[story.pk])
        ).status_code in (
            302,
            404,
        )
    with pytest.raises(Article.DoesNotExist):
        execute("submit", story, person=scenes.author)


@pytest.mark.parametrize("day", [DAY, None])
def test_its_address_is_free_and_checked_when_it_comes_back(scenes, editor, at_desk, day):
    story, other = scenes.draft(headline="旧桥"), scenes.draft(headline="新桥")
    Article.objects.filter(pk=story.pk).update(issued_on=day, slug="qiao")
    story.refresh_from_db()
    bin_draft(story, person=editor)
    client = at_desk(EDITOR)
    posted = filled(client.get(change(other)), slug="qiao", issued_on=str(day or ""))
    assert client.post(change(other), posted).status_code == 302
    answer = client.post(reverse(BIN), {"story": story.pk}, follow=True)
    assert "换了一个新的" in answer.text
    back = Article.objects.get(pk=story.pk)
    assert back.slug != "qiao"
    assert Version.objects.of(back).first().reason == "从回收站取回"
    posted = filled(client.get(change(back)), slug="qiao")
    assert client.post(change(back), posted).status_code == 200, "the address is still one story's"


@pytest.mark.parametrize(
    "state", ["review", "signed", "live", "scheduled", "withdrawn", "laid out"]
)
def test_what_is_part_of_the_record_is_not_deleted(scenes, account, editor, at_desk, state):
    story = scenes.draft() if state == "laid out" else getattr(scenes, state)()
    if state == "laid out":
        set_layout(story, person=account(HEAD, "head"), state_token="", page="02版", position=1)
    with pytest.raises(Refused):
        bin_draft(story, person=editor)
    delete = reverse("admin:articles_article_delete", args=[story.pk])
    assert at_desk(EDITOR).post(delete, {"post": "yes"}).status_code == 403
    assert Article.objects.filter(pk=story.pk).exists()


def test_only_who_may_delete_opens_the_bin(scenes, editor, account, at_desk):
    story, reporter = scenes.draft(), account(REPORTER, "reporter")
    with pytest.raises(PermissionDenied):
        bin_draft(story, person=reporter)
    bin_draft(story, person=editor)
    with pytest.raises(PermissionDenied):
        take_from_bin(story, person=reporter)
    assert at_desk(REPORTER).post(reverse(BIN), {"story": story.pk}).status_code == 403


@pytest.mark.parametrize("key", ["", "x", "-1", "9" * 30, "²", "\x00", "1"])
def test_a_key_that_is_none_is_not_found(scenes, at_desk, key):
    scenes.draft()
    assert at_desk(EDITOR).post(reverse(BIN), {"story": key}).status_code == 404


def test_the_timer_empties_the_bin_after_thirty_days(scenes, editor):
    old, new = scenes.draft(), scenes.draft()
    for story, days in ((old, 30), (new, 29)):
        bin_draft(story, person=editor)
        binned = timezone.now() - datetime.timedelta(days=days, minutes=1)
        Article.all_objects.filter(pk=story.pk).update(binned_at=binned)
    call_command("publish_due")
    assert list(Article.all_objects.values_list("pk", flat=True)) == [new.pk]
    assert not Version.objects.filter(story=old.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_a_draft_that_is_taken_back_while_the_bin_is_emptied_stays(scenes, editor):
    story = scenes.draft()
    bin_draft(story, person=editor)

    def emptied():
        try:
            return empty_bin(timezone.now() + datetime.timedelta(days=31))
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        with writing():
            take_from_bin(story, person=editor)
            answer = thread.submit(emptied)
            time.sleep(0.5)  # the timer reads, and waits for what is written here
        assert answer.result() == 0
    assert Article.objects.get() == story


@pytest.mark.parametrize("copied", [False, True])
def test_an_author_takes_a_story_back_until_someone_signs(scenes, account, copied):
    story = scenes.copied() if copied else scenes.draft()
    row = row_at_work(scenes.bring(story, "first"))
    author = scenes.person(EDITOR, "scene-editor") if copied else scenes.author
    other = account(EDITOR, "other")
    row.refresh_from_db()
    with pytest.raises(Refused, match="只有写过或改过"):
        execute("recall", row, person=other)
    execute("recall", row, person=author)
    assert row.stage == "draft"
    execute("submit", row, person=author)
    execute("first", row, person=other)
    with pytest.raises(Refused):
        execute("recall", row, person=author)
