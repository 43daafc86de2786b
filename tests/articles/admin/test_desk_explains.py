"""What the desk says in full before a signature, and why it has no button where it has none."""

import pytest
from django.urls import reverse

from articles.editorial import execute
from articles.editorial.roles import CHIEF, EDITOR, REPORTER
from articles.models import Article, ArticlePhoto, Meeting, Photo
from articles.versions import save_version, snapshot
from articles.versions.describe import describe
from articles.versions.diff import compare
from people.models import Official
from tests.support.desk import begin, change, filled


def asked(story, verb):
    """Address of the page that asks before a move."""
    return reverse("admin:articles_article_transition", args=[story.pk, verb])


def words_of(told):
    """All that is told, one text an item."""
    for part in told.parts:
        yield from (part.html, *part.lines, *(cell for row in part.rows for cell in row))
    for event in told.events:
        yield from words_of(event)


@pytest.mark.usefixtures("bulletin")
def test_who_signs_sees_all_that_the_signature_covers(draft, author, at_desk):
    meeting = Meeting.objects.exclude(attendance__remarks="").first()
    draft.meetings.add(meeting)
    photo = Photo.objects.create(
        image="p.jpg", digest="0" * 32, width=1200, height=800, alt="桥面", credit="钱某"
    )
    ArticlePhoto.objects.create(article=draft, photo=photo, caption="通车当天")
    save_version(draft, person=author)
    execute("submit", draft, person=author, accepted=True)
    page = at_desk(EDITOR).get(asked(draft, "first"))
    words = [
        *(draft.headline, draft.summary, "王某", "桥面", "钱某", "通车当天", meeting.name),
        *(row.printed_name or row.printed_title for row in meeting.attendance.all()),
        *(line for row in meeting.attendance.all() for line in row.remarks.splitlines()),
    ]
    for word in words:
        assert word in page.text, word


@pytest.mark.usefixtures("bulletin")
def test_every_value_of_a_content_is_told():
    for story in Article.objects.all():
        content = snapshot(story)
        told = set(words_of(describe(content)))
        for event in content["events"]:
            for row in event["children"]["attendance"]:
                assert {row["fields"]["printed_name"], row["shown"]} - {""} <= told
        assert {content["fields"]["headline"], content["fields"]["body"]} <= told


def test_words_of_the_library_beside_a_picture_are_compared(draft):
    photo = Photo.objects.create(image="p.jpg", digest="0" * 32, width=9, height=9, alt="桥面")
    ArticlePhoto.objects.create(article=draft, photo=photo)
    before = snapshot(draft)
    Photo.objects.filter(pk=photo.pk).update(alt="桥面和人群", credit="钱某")
    (change,) = compare(before, snapshot(draft))
    (row,) = change.rows
    told = [(one.label, one.old, one.new) for one in row.changes]
    assert told == [
        ("图库的替代文字", "桥面", "桥面和人群"),
        ("图库的摄影署名", "", "钱某"),
    ]


def test_what_is_refused_has_no_button_and_says_why(draft, author, at_desk):
    page = at_desk(REPORTER).get(asked(draft, "submit"))
    assert 'class="move move-submit"' in page.text
    execute("submit", draft, person=author, accepted=True)
    page = at_desk(REPORTER).get(asked(draft, "submit"))
    assert 'class="move move-submit"' not in page.text
    assert "不能送审" in page.text
    # What was typed for a move that came too late is still there to be copied.
    page = at_desk(REPORTER).post(asked(draft, "submit"), {"reason": "请快看", "state_token": "x"})
    assert "请快看" in page.text


def test_the_list_says_why_a_story_is_not_deleted(live, at_desk):
    chosen = {"action": "delete_selected", "_selected_action": [live.pk]}
    page = at_desk(CHIEF).post(reverse("admin:articles_article_changelist"), chosen)
    assert f"《{live.headline}》送审过、排过版或发布过" in page.text
    page = at_desk(CHIEF).post(
        reverse("admin:articles_article_changelist"), {**chosen, "post": "1"}
    )
    assert Article.objects.filter(pk=live.pk).exists()


@pytest.mark.usefixtures("bulletin")
def test_a_page_that_may_only_be_read_says_why(live, at_desk):
    desk = at_desk(REPORTER)
    amenders = "只有责任编辑或更高的角色可以改"
    assert amenders in desk.get(change(live)).text
    assert amenders in desk.get(change(Meeting.objects.first())).text
    assert amenders in desk.get(change(Official.objects.first())).text
    assert amenders not in at_desk(EDITOR).get(change(live)).text
    assert "只能看" not in begin(at_desk(EDITOR), live).text


def test_an_unknown_page_of_the_desk_leads_back_to_the_desk(at_desk, client):
    page = at_desk(EDITOR).get("/admin/articles/article/999999/history/")
    assert page.status_code == 404
    assert reverse("admin:index") in page.text
    assert reverse("admin:index") not in client.get("/no-such-page/").text


@pytest.mark.parametrize("name", ["meetings", "projects", "inspections"])
def test_a_link_that_is_no_key_is_a_message(draft, at_desk, name):
    desk = at_desk(EDITOR)
    posted = filled(desk.get(change(draft)), **{name: ["9" * 40]})
    assert desk.post(change(draft), posted).status_code == 200


@pytest.mark.parametrize("typed", ["2021年3月25日", "2021-3-25", "2021/03/25", "2021.3.25"])
@pytest.mark.usefixtures("bulletin")
def test_a_day_is_typed_as_the_paper_prints_it(at_desk, typed):
    desk = at_desk(EDITOR)
    meeting = Meeting.objects.first()
    posted = filled(desk.get(change(meeting)), held_on=typed, reason="核对")
    assert desk.post(change(meeting), posted).status_code == 302
    meeting.refresh_from_db()
    assert str(meeting.held_on) == "2021-03-25"


@pytest.mark.usefixtures("bulletin")
def test_a_refused_deletion_names_the_stories(at_desk):
    meeting = Meeting.objects.first()
    page = at_desk(CHIEF).get(reverse("admin:articles_meeting_delete", args=[meeting.pk]))
    assert f"稿件：{meeting.articles.first()}" in page.text
    assert "object (" not in page.text


@pytest.mark.usefixtures("bulletin")
def test_a_picker_says_the_day_of_an_event(at_desk):
    asked = {"app_label": "articles", "model_name": "article", "field_name": "meetings", "term": ""}
    answer = at_desk(REPORTER).get(reverse("admin:autocomplete"), asked).json()
    assert all("（2021年" in result["text"] for result in answer["results"])


def test_a_draft_is_saved_and_sent_to_review_at_one_press(draft, at_desk):
    desk = at_desk(REPORTER)
    page = desk.get(change(draft))
    assert 'name="_submit"' in page.text
    answer = desk.post(change(draft), filled(page, summary="新的摘要", _submit="1"))
    assert answer.url == asked(draft, "submit")
    draft.refresh_from_db()
    assert draft.summary == "新的摘要"
