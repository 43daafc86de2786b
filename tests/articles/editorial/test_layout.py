"""The place of a story in its issue: set at any stage, and signed by nobody."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from articles.editorial import Refused, current_review_state, execute, restore, set_layout
from articles.editorial.roles import CHIEF, EDITOR, HEAD
from articles.models import Version
from articles.versions import row_at_work, snapshot

PAGE = {"page": "02版：项目", "position": 3}


def build_version(story):
    """What must not change: signatures that count, who is a party, versions, the state."""
    review_state = current_review_state(story)
    return (
        {stage: one.pk for stage, one in review_state.valid.items()},
        review_state.contributors,
        review_state.state_token,
        review_state.row.stage,
        story.visibility,
        Version.objects.of(story).count(),
    )


@pytest.mark.parametrize(
    "state", ["draft", "review", "signed", "live", "scheduled", "copied", "waiting", "withdrawn"]
)
@pytest.mark.parametrize("role", [HEAD, CHIEF])
def test_laying_out_voids_nothing_and_makes_nobody_a_party(scenes, account, state, role):
    story, person = getattr(scenes, state)(), account(role, "layouter")
    before = build_version(story)
    line = set_layout(story, person=person, state_token="", **PAGE)
    story.refresh_from_db()
    assert (story.page, story.position) == ("02版：项目", 3)
    assert build_version(story) == before
    assert line.reason == "未定 → 02版：项目 第3条"
    assert story.transitions.first() == line


def test_who_laid_it_out_may_sign_it_and_what_was_signed_is_published(scenes, account):
    head = account(HEAD, "layouter")
    story = scenes.bring(scenes.draft(), "second")
    set_layout(story, person=head, state_token="", **PAGE)
    story.refresh_from_db()
    execute("second", story, person=head)
    execute("sign", story, person=account(CHIEF, "signer"))
    set_layout(story, person=head, state_token=story.layout, page="", position=1)
    execute("publish", story, person=scenes.chief)
    assert story.is_live()
    assert story.layout == "第1条"


def test_a_place_survives_copy_take_over_and_restore(scenes, account):
    head = account(HEAD, "layouter")
    story = scenes.copied()
    set_layout(story, person=head, state_token="", **PAGE)
    row = scenes.bring(story, "signed") and row_at_work(story)
    execute("publish", row, person=scenes.chief)
    story.refresh_from_db()
    assert story.layout == "02版：项目 第3条"
    restore(story, Version.objects.of(story).last(), head)
    story.refresh_from_db()
    assert story.layout == "02版：项目 第3条"
    assert "page" not in snapshot(story)["fields"]


def test_nobody_else_places_it_and_nobody_overwrites(scenes, account):
    story = scenes.signed()
    with pytest.raises(PermissionDenied):
        set_layout(story, person=account(EDITOR, "editor"), state_token="", **PAGE)
    head = account(HEAD, "layouter")
    assert set_layout(story, person=head, state_token="", **PAGE)
    with pytest.raises(Refused, match="02版：项目 第3条"):
        set_layout(story, person=head, state_token="", page="03版", position=1)
    assert set_layout(story, person=head, state_token="02版：项目 第3条", **PAGE) is None
    assert story.transitions.filter(name="layout").count() == 1


@pytest.mark.parametrize(
    ("page", "position"), [("版" * 21, "1"), ("", "-1"), ("", "9" * 20), ("", "x"), ("\x00", "1")]
)
def test_a_place_that_cannot_be_is_told_on_the_form(scenes, at_desk, page, position):
    story = scenes.signed()
    address = reverse("admin:articles_article_layout", args=[story.pk])
    answer = at_desk(HEAD).post(address, {"page": page, "position": position, "state_token": ""})
    assert answer.status_code == 200
    assert answer.context["form"].errors
    story.refresh_from_db()
    assert story.layout == ""


def test_the_page_names_the_pages_of_the_issue_and_the_story_shows_its_place(scenes, at_desk):
    story = scenes.live()
    client = at_desk(HEAD)
    address = reverse("admin:articles_article_layout", args=[story.pk])
    posted = client.post(address, {**PAGE, "state_token": ""}, follow=True)
    assert "未定 → 02版：项目 第3条" in posted.text
    assert "版面：02版：项目 第3条" in posted.text
    assert 'value="02版：项目"' in client.get(address).text
