"""What readers get: publication, withdrawal, the hour, and edits beside what is live."""

import datetime

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.editorial import (
    Refused,
    amended,
    execute,
    open_working_copy,
    restore,
    review_state_of,
)
from articles.editorial.roles import EDITOR
from articles.editorial.schedule import publish_due
from articles.models import Article, Byline, Version
from articles.versions import save_version
from tests.support.pictures import halves, stored
from tests.support.stories import edited, reviewers, signed

HOUR = datetime.timedelta(hours=1)


def test_the_day_is_the_bulletins_where_there_is_one(bulletin, chief):
    story = Article.objects.get(position=1)
    draft = Article.objects.create(
        headline="另一篇", body="<p>文</p>", section=story.section, bulletin=story.bulletin
    )
    Byline.objects.create(article=draft, printed_name="王某")
    execute("urgent", draft, person=chief, reason="急", accepted=True)
    assert draft.issued_on == datetime.date(2021, 4, 6)
    assert str(draft.quarter) == "2021q1"


def test_withdrawing_asks_a_reason_and_what_readers_had_may_come_back(live, chief):
    first = live.published_at
    with pytest.raises(Refused, match="请写明撤回的理由"):
        execute("withdraw", live, person=chief, reason="  ")
    execute("withdraw", live, person=chief, reason="核实中")
    assert not live.is_live()
    execute("publish", live, person=chief)
    assert live.published_at == first


def test_a_withdrawn_story_that_was_changed_is_signed_anew(live, chief, author):
    execute("withdraw", live, person=chief, reason="核实中")
    edited(live, author, headline="桥通车了")
    with pytest.raises(Refused, match="失效"):
        execute("publish", live, person=chief)


def test_a_schedule_is_visible_by_the_clock_alone(draft, account):
    people = signed(draft, account)
    at = timezone.now() + HOUR
    execute("schedule", draft, person=people["sign"], at=at, until=at + HOUR)
    assert not Article.objects.live().exists()
    assert Article.objects.live(at=at).get() == draft
    assert not Article.objects.live(at=at + HOUR).exists()
    assert review_state_of(draft).is_scheduled
    with pytest.raises(Refused, match="不能"):
        execute("publish", draft, person=people["sign"])
    execute("unschedule", draft, person=people["sign"])
    assert (draft.visibility, draft.published_at, draft.expires_at) == ("unpublished", None, None)
    execute("publish", draft, person=people["sign"])


def test_the_day_of_a_scheduled_story_is_that_of_its_hour_and_goes_with_it(draft, account):
    people = signed(draft, account)
    at = timezone.now() + 50 * HOUR
    execute("schedule", draft, person=people["sign"], at=at)
    assert draft.issued_on == timezone.localdate(at)
    execute("unschedule", draft, person=people["sign"])
    assert draft.issued_on is None
    assert review_state_of(draft).missing_sign_offs() == []
    execute("publish", draft, person=people["sign"])
    assert draft.issued_on == timezone.localdate()
    assert {one.person for one in review_state_of(draft).counted()} == set(people.values())


def test_a_schedule_needs_an_hour_to_come(draft, account):
    people = signed(draft, account)
    with pytest.raises(Refused, match="请填写"):
        execute("schedule", draft, person=people["sign"])
    with pytest.raises(Refused, match="已经过去"):
        execute("schedule", draft, person=people["sign"], at=timezone.now() - HOUR)
    soon = timezone.now() + HOUR
    with pytest.raises(Refused, match="下线时间"):
        execute("schedule", draft, person=people["sign"], at=soon, until=soon)
    assert Article.objects.get().visibility == "unpublished"


def test_a_change_to_a_live_story_is_taken_over_at_its_hour_once(live, account):
    editor = account(EDITOR, "amender")
    copy = edited(open_working_copy(live, editor), editor, headline="桥通车了")
    people = signed(copy, account)
    execute("schedule", copy, person=people["sign"], at=timezone.now() + HOUR)
    with pytest.raises(Refused, match="先取消定时"):
        open_working_copy(live, editor)
    assert publish_due() == []
    later = timezone.now() + 2 * HOUR
    assert [result.failure for result in publish_due(at=later)] == [""]
    assert publish_due(at=later) == []
    live.refresh_from_db()
    assert live.headline == "桥通车了"
    assert live.transitions.first().person == people["sign"]


def test_an_end_that_is_past_is_refused_before_anything_is_written(live, account):
    editor = account(EDITOR, "amender")
    copy = edited(open_working_copy(live, editor), editor, headline="桥通车了")
    people = signed(copy, account)
    with (
        CaptureQueriesContext(connection) as queries,
        pytest.raises(Refused, match="下线时间"),
    ):
        execute("publish", copy, person=people["sign"], until=timezone.now() - HOUR)
    written = [one["sql"] for one in queries if one["sql"].startswith(("INSERT", "DELETE"))]
    assert written == []


def test_a_failure_keeps_the_schedule_and_is_told(live, account):
    editor = account(EDITOR, "amender")
    copy = edited(open_working_copy(live, editor), editor, headline="桥通车了")
    people = signed(copy, account)
    at = timezone.now() + HOUR
    execute("schedule", copy, person=people["sign"], at=at)
    Article.objects.filter(pk=copy.pk).update(body="<p>没有签过的。</p>")
    assert "失效" in publish_due(at=at)[0].failure
    copy.refresh_from_db()
    assert copy.scheduled_for == at
    assert "失效" in copy.failure
    live.refresh_from_db()
    assert live.headline == "桥通了"
    execute("unschedule", copy, person=people["sign"])
    assert (copy.scheduled_for, copy.failure) == (None, "")


def test_a_live_story_is_edited_beside_itself(live, account, client):
    editor = account(EDITOR, "amender")
    before = client.get(live.get_absolute_url()).content
    key, address, first = live.pk, live.get_absolute_url(), live.published_at
    copy = edited(open_working_copy(live, editor), editor, headline="桥通车了")
    assert open_working_copy(live, editor) == copy
    assert client.get(address).content == before
    execute("submit", copy, person=editor)
    with pytest.raises(Refused, match="写过或改过"):
        execute("first", copy, person=editor)
    people = signed_from_first(copy, account)
    execute("publish", copy, person=people["sign"])
    live.refresh_from_db()
    assert (live.pk, live.get_absolute_url(), live.published_at) == (key, address, first)
    assert live.headline == "桥通车了"
    assert live.updated_at > first
    assert not Article.objects.filter(copy_of=live).exists()
    assert "桥通车了" in client.get(address).text
    numbers = list(Version.objects.of(live).values_list("number", flat=True))
    assert numbers == list(range(len(numbers), 0, -1))


def signed_from_first(row, account):
    """Have a submitted row signed."""
    people = reviewers(account)
    for verb, person in people.items():
        execute(verb, row, person=person)
    return people


def test_a_discarded_copy_stays_in_the_history(live, account):
    editor = account(EDITOR, "amender")
    copy = edited(open_working_copy(live, editor), editor, headline="改坏了")
    number = Version.objects.of(live).newest_number()
    execute("discard", copy, person=editor)
    assert not Article.objects.filter(copy_of=live).exists()
    live.refresh_from_db()
    assert live.headline == "桥通了"
    version = Version.objects.of(live).get(number=number)
    assert version.content["fields"]["headline"] == "改坏了"
    assert restore(live, version, editor) == []
    assert Article.objects.get(copy_of=live).headline == "改坏了"


def test_an_amended_record_marks_the_live_story_until_someone_looks(bulletin, account):
    story = Article.objects.get(position=2)
    meeting = story.meetings.get()
    editor = account(EDITOR)
    row = meeting.attendance.first()
    former, row.remarks = row.remarks, "另一条要求"
    row.save()
    with transaction.atomic():
        amended(meeting, person=editor, reason="更正")
    story.refresh_from_db()
    assert story.record_changed_at
    row.remarks = former
    row.save()
    with transaction.atomic():
        amended(meeting, person=editor, reason="改回")
    story.refresh_from_db()
    assert story.record_changed_at is None
    row.remarks = "另一条要求"
    row.save()
    with transaction.atomic():
        amended(meeting, person=editor, reason="更正")
    execute("acknowledge", story, person=editor)
    assert story.record_changed_at is None
    assert story.versions.first().content["events"][1]["label"] == str(meeting)


def test_the_words_of_a_picture_are_signed_with_the_story(draft, account, author):
    photo = stored(halves(20, 20), alt="新桥")
    draft.photos.create(photo=photo)
    save_version(draft, person=author)
    people = signed(draft, account)
    type(photo).objects.filter(pk=photo.pk).update(alt="旧桥")
    with pytest.raises(Refused, match="失效"):
        execute("publish", draft, person=people["sign"])


def test_what_no_reader_has_seen_is_not_withdrawn_but_loses_its_hour(draft, account):
    people = signed(draft, account)
    execute("schedule", draft, person=people["sign"], at=timezone.now() + HOUR)
    with pytest.raises(Refused, match="现在是“定时 "):
        execute("withdraw", draft, person=people["sign"], reason="核实")


def test_a_story_that_had_come_to_its_end_is_published_without_one(live, chief):
    begin, end = timezone.now() - 2 * HOUR, timezone.now() - HOUR
    Article.objects.filter(pk=live.pk).update(published_at=begin, expires_at=end)
    live.refresh_from_db()
    execute("withdraw", live, person=chief, reason="核实")
    execute("publish", live, person=chief)
    assert live.expires_at is None
    assert live.is_live()


def test_a_version_that_comes_back_into_a_review_is_a_draft(draft, account, author):
    first = draft.versions.get()
    execute("submit", edited(draft, author, headline="桥通车了"), person=author)
    assert restore(draft, first, author) == []
    draft.refresh_from_db()
    assert (draft.headline, draft.stage) == ("桥通了", "draft")
    line = draft.transitions.first()
    assert (line.name, line.person, line.reason) == ("restore", author, "恢复第1版")
    restore(draft, first, author)
    assert draft.transitions.first() == line


def test_the_log_and_the_history_name_who_pressed_and_what_readers_got(draft, account):
    people = signed(draft, account)
    execute("schedule", draft, person=people["sign"], at=timezone.now() + HOUR)
    assert draft.transitions.first().reached == "已签发，等到定时"
    assert draft.versions.first().person is None
    assert draft.versions.first().made_by == people["sign"]
    execute("unschedule", draft, person=people["sign"])
    execute("publish", draft, person=people["sign"])
    open_working_copy(draft, people["first"])
    assert [line.reached for line in draft.transitions.all()[:3]] == [
        "起草",
        "已签发，已发布",
        "已签发，未发布",
    ]
