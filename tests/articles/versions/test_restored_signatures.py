"""A text of before that comes back stands where its signatures put it."""

import pytest

from articles.editorial import (
    Refused,
    current_review_state,
    execute,
    open_working_copy,
    possible_transitions,
)
from articles.editorial.roles import CHIEF, EDITOR
from articles.models import (
    Version,
)
from articles.versions import row_at_work
from tests.support.desk import change
from tests.support.stories import edited, reviewers, signed


def moves_of(story, people):
    """Names of what each of some people can do with a story."""
    story.refresh_from_db()
    review_state = current_review_state(story)
    return {
        name: [verb.name for verb in possible_transitions(review_state, one)]
        for name, one in people
    }


def test_the_signed_text_of_a_withdrawn_story_can_be_published_again(scenes, account, at_desk):
    story = scenes.withdrawn()
    cleared = Version.objects.of(story).first()
    editor = scenes.person(EDITOR, "scene-editor")
    edited(story, editor, headline="改题")
    client = at_desk(CHIEF)
    client.post(f"{change(story).removesuffix('change/')}restore/{cleared.number}/")
    story.refresh_from_db()
    assert (story.stage, story.visibility) == ("draft", "withdrawn")
    execute("submit", story, person=editor, accepted=True)
    assert story.stage == "signed"
    execute("publish", story, person=scenes.chief)
    assert story.is_live()


def test_a_text_of_before_is_signed_on_from_where_its_signatures_end(draft, account, author):
    people = reviewers(account)
    execute("submit", draft, person=author, accepted=True)
    execute("first", draft, person=people["first"])
    edited(draft, author, headline="改题")
    execute("return", draft, person=people["second"], reason="再看")
    edited(draft, author, headline="桥通了")
    execute("submit", draft, person=author, accepted=True)
    # A return voids what was signed before it.
    assert draft.stage == "first"
    execute("first", draft, person=people["first"])
    assert draft.stage == "second"


def test_what_was_returned_after_it_was_cleared_is_reviewed_again(scenes, account):
    story = scenes.withdrawn()
    people = reviewers(account)
    execute("return", story, person=people["sign"], reason="有误")
    execute("submit", story, person=scenes.author, accepted=True)
    assert story.stage == "first"
    assert not current_review_state(story).was_cleared
    with pytest.raises(Refused):
        execute("publish", story, person=scenes.chief)
    for verb, person in people.items():
        execute(verb, story, person=person, accepted=True)
    execute("publish", story, person=scenes.chief)
    assert story.is_live()


def test_nobody_is_stuck_with_a_copy_that_says_what_readers_have(scenes, account):
    story = scenes.live()
    editor = scenes.person(EDITOR, "scene-editor")
    row = open_working_copy(story, editor)
    edited(row, editor, headline="改题")
    edited(row, editor, headline=story.headline)
    execute("submit", row, person=editor, accepted=True)
    row = row_at_work(story)
    assert row.stage == "signed"
    execute("publish", row, person=scenes.chief)
    assert row_at_work(story) == story
    signed(
        edited(open_working_copy(story, editor), editor, headline="再改"), account, author=editor
    )
