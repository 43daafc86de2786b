"""The checklist of a review: what a story lacks, and quarters and days that disagree."""

import datetime

import pytest
from django.urls import reverse

from articles.editorial import (
    NeedsConfirmation,
    Refused,
    current_review_state,
    execute,
    findings,
)
from articles.editorial.roles import CHIEF
from articles.models import Article, Byline, Transition
from articles.versions import save_version
from tests.support.following import APRIL, FIRST, MARCH, SECOND, THIRD, again, made
from tests.support.pictures import halves, stored

pytestmark = pytest.mark.django_db


def findings_of(scenes, story, person=None):
    """What the page of a review warns of."""
    found = findings(current_review_state(story), person or scenes.chief)
    assert not any(finding.stops for finding in found)
    return [finding.message for finding in found]


def test_what_agrees_is_not_warned_of(scenes, event):
    story = scenes.draft()
    getattr(story, event.in_stories).add(event)
    assert findings_of(scenes, story) == []


@pytest.mark.parametrize(
    ("changes", "warned"),
    [
        ({"quarter": SECOND}, ["稿件记入2021年第二季度，专刊“月刊”记的是2021年第一季度，请核对。"]),
        (
            {"issued_on": APRIL},
            ["见报日期是2021年4月6日，专刊“月刊”的刊期是2021年3月20日，请核对。"],
        ),
        ({"issued_on": None}, []),
        ({}, []),
    ],
)
def test_a_story_beside_its_issue(scenes, changes, warned):
    issue = made("bulletin", "月刊", issued_on=datetime.date(2021, 3, 20))
    story = again(scenes.draft(), bulletin=issue, **changes)
    assert findings_of(scenes, story) == warned


@pytest.mark.parametrize(
    ("day", "changes", "warned"),
    [
        (MARCH, {"quarter": SECOND}, "稿件记入2021年第一季度，所记活动“看桥”记入2021年第二季度"),
        (
            MARCH,
            {"held_on": APRIL, "quarter": FIRST, "quarter_follows": False},
            "活动“看桥”记入2021年第一季度，按日期是2021年第二",
        ),
        (
            MARCH,
            {"held_on": datetime.date(2021, 3, 31)},
            "见报日期2021年3月20日早于所记活动“看桥”的2021年3月31日",
        ),
        (APRIL, {"quarter": SECOND, "ends_on": APRIL}, None),
        (APRIL, {"quarter": SECOND}, "活动“看桥”记入2021年第二季度，按日期是2021年第一季度"),
    ],
)
def test_a_story_beside_its_event(scenes, event, day, changes, warned):
    story = scenes.draft()
    if day == APRIL:
        story = again(story, issued_on=APRIL, quarter=SECOND)
    event = again(event, **changes)
    getattr(story, event.in_stories).add(event)
    found = findings_of(scenes, story)
    assert any(one.startswith(warned) for one in found) if warned else found == []


def test_each_review_is_warned(scenes, event, at_desk):
    story = scenes.draft()
    getattr(story, event.in_stories).add(again(event, quarter=THIRD))
    save_version(story, person=scenes.author)
    warned = "所记活动“看桥”记入2021年第三季度"
    client = at_desk(CHIEF)
    for verb in ("submit", "first", "second", "sign", "publish"):
        page = client.get(reverse("admin:articles_article_transition", args=[story.pk, verb]))
        assert warned in page.text, verb


def test_a_story_that_lacks_something_is_refused_with_all_that_it_lacks(db, chief):
    story = Article.objects.create(headline="空稿")
    with pytest.raises(Refused) as refused:
        execute("urgent", story, person=chief, reason="急")
    assert len(refused.value.messages) == 3
    story.refresh_from_db()
    assert story.visibility == "unpublished"
    assert not Transition.objects.exists()


def test_what_is_odd_asks_first(draft, author, bulletin):
    draft.summary = ""
    draft.headline = "苏建设调研新桥"
    draft.save()
    with pytest.raises(NeedsConfirmation) as asked:
        execute("submit", draft, person=author)
    assert len(asked.value.messages) == 2
    assert "苏建设" in asked.value.messages[1]
    execute("submit", draft, person=author, accepted=True)


def test_a_picture_without_words_is_named_before_publication(draft, chief):
    draft.photos.create(photo=stored(halves(20, 20), alt="", caption="新桥"))
    draft.photos.create(photo=stored(halves(21, 21)))
    draft.photos.create(photo=stored(halves(22, 22), alt="", is_decorative=True))
    with pytest.raises(Refused) as refused:
        execute("urgent", draft, person=chief, reason="急")
    assert refused.value.messages == ["配图“新桥”缺替代文字，请到图片库里补上。"]


def test_a_taken_address_is_refused_before_the_database_would(live, chief):
    other = Article.objects.create(
        headline="又一座桥",
        slug=live.slug,
        body="<p>文</p>",
        summary="摘",
        section=live.section,
    )
    Byline.objects.create(article=other, printed_name="王某")
    with pytest.raises(Refused, match="网址名"):
        execute("urgent", other, person=chief, reason="急")
