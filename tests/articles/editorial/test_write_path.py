"""What is signed or shown is written in one way: derived rows, versions and flags follow."""

import datetime

import pytest
from django.db import transaction
from django.urls import reverse

from articles.editorial import (
    bin_draft,
    execute,
    link_rows,
    merge,
    open_working_copy,
    rebuild_appearances,
    restore,
    restore_record,
    review_state_of,
    take_from_bin,
    writing,
)
from articles.editorial.roles import CHIEF, EDITOR, HEAD, REPORTER
from articles.models import (
    Article,
    ArticlePhoto,
    Bulletin,
    Inspection,
    Meeting,
    Mention,
    OfficialAppearance,
    Project,
    ProjectAppearance,
    Version,
)
from articles.quarter import Quarter
from articles.versions import digest, newest_of_row, row_at_work, save_version, snapshot
from people.models import Official
from tests.support.desk import begin, change, filled
from tests.support.guard import ROOT
from tests.support.pictures import stored
from tests.support.scenes import Scenes
from tests.support.searching import is_indexed
from tests.support.stories import edited, next_reviews, reviewers, signed, stored_next_reviews

SECOND = Quarter(2021, 2)


def derived():
    """All derived rows."""
    return [
        set(OfficialAppearance.objects.values_list("official", "article", "issued_on", "quarter")),
        set(ProjectAppearance.objects.values_list("project", "article", "issued_on", "quarter")),
    ]


def is_whole():
    """Whether a rebuild of everything finds no difference."""
    assert stored_next_reviews() == next_reviews()
    assert is_indexed()
    before = derived()
    rebuild_appearances(Article.objects.all())
    return derived() == before


def test_a_write_past_the_one_way_fails_a_test(draft):
    rogue = compile("story.save()", f"{ROOT}articles/rogue.py", "exec")
    with (
        pytest.raises(AssertionError, match="writes articles_article outside"),
        transaction.atomic(),
    ):
        exec(rogue, {"story": draft})  # noqa: S102  ours
    with writing():
        exec(rogue, {"story": draft})  # noqa: S102


def restored_event(scenes, model, relation):
    """An event of a live story whose people or places went, and its first version."""
    story = Article.objects.filter(**{f"{model.in_stories}__isnull": False}).first()
    event = getattr(story, model.in_stories).first()
    version = save_version(event)
    getattr(event, relation).all().delete()
    rebuild_appearances([story])
    save_version(event)
    return event, version


@pytest.mark.usefixtures("bulletin")
@pytest.mark.parametrize(
    ("model", "relation"),
    [(Inspection, "attendance"), (Inspection, "stops"), (Meeting, "attendance")],
)
def test_a_restored_event_is_shown_with_its_people_and_projects(account, model, relation):
    event, version = restored_event(Scenes(account), model, relation)
    before = derived()[:2]
    restore_record(event, version, account(EDITOR))
    assert getattr(event, relation).exists()
    assert derived()[:2] != before
    assert is_whole()


def test_a_restored_draft_shows_its_people(draft, author):
    day = datetime.date(2021, 3, 20)
    edited(draft, author, issued_on=day)
    official = Official.objects.create(name="赵某")
    Mention.objects.create(article=draft, printed_name="赵某", official=official)
    version = save_version(draft, person=author)
    draft.mentions.all().delete()
    edited(draft, author, summary="另一句。")
    rebuild_appearances([draft])
    restore(draft, version, author)
    assert OfficialAppearance.objects.filter(official=official).exists()
    assert is_whole()


def test_what_goes_into_the_bin_and_comes_back_is_whole(draft, account, author):
    edited(draft, author, issued_on=datetime.date(2021, 3, 20))
    official = Official.objects.create(name="赵某")
    mention = Mention.objects.create(article=draft, printed_name="赵某")
    link_rows(draft, [mention], official, by=author, reason="登记")
    assert is_whole()
    bin_draft(draft, person=account(EDITOR))
    assert not OfficialAppearance.objects.exists()
    take_from_bin(Article.all_objects.get(), person=account(EDITOR, "another"))
    assert OfficialAppearance.objects.exists()
    assert is_whole()


@pytest.mark.usefixtures("bulletin")
def test_merged_rows_leave_one_with_a_version_of_who_merged(account):
    head = account(HEAD)
    for model in (Official, Project):
        kept, absorbed = model.objects.order_by("pk")[:2]
        name = str(absorbed)
        merge(kept, absorbed, person=head)
        version = Version.objects.of(kept).first()
        assert (version.person, version.reason) == (head, f"并入“{name}”")
        assert version.digest == digest(snapshot(kept))
        assert is_whole()


@pytest.mark.usefixtures("bulletin")
def test_another_quarter_of_an_issue_is_versioned_and_flagged(at_desk, account):
    issue = Bulletin.objects.get()
    assert "只有部门主任或总编可以改" in at_desk(EDITOR).get(change(issue)).text
    desk = at_desk(HEAD)
    events = [*Inspection.objects.all(), *Meeting.objects.all()]
    form = filled(desk.get(change(issue)), quarter="2021q2")
    assert "这个字段是必填项" in desk.post(change(issue), form).text
    assert not Article.objects.filter(quarter=SECOND).exists()
    assert desk.post(change(issue), {**form, "reason": "编错了"}).status_code == 302
    stories = list(Article.objects.all())
    assert {story.quarter for story in stories} == {SECOND}
    for thing in (*stories, *events):
        version = newest_of_row(thing)
        assert version.digest == digest(snapshot(thing))
        assert (version.reason, str(version.person)) == ("编错了", "试部门主任")
    assert all(story.record_changed_at for story in stories)
    assert is_whole()
    execute("acknowledge", stories[0], person=account(CHIEF))
    stories[0].refresh_from_db()
    assert not stories[0].record_changed_at
    assert not review_state_of(stories[0]).went_out_urgently


def test_words_of_a_picture_that_readers_see_are_amended_with_a_reason(draft, account, at_desk):
    photo = stored()
    ArticlePhoto.objects.create(article=draft, photo=photo)
    save_version(draft)
    signed(draft, account)
    execute("publish", draft, person=reviewers(account)["sign"])
    desk = at_desk(EDITOR)
    words = reverse("admin:articles_photo_words") + f"?id={photo.pk}"
    table = {f"photo-{photo.pk}-alt": "两个人在桥上", f"photo-{photo.pk}-caption": "大桥"}
    form = filled(desk.get(change(photo)), alt="一个人在桥上")
    for address, posted in ((change(photo), form), (words, table)):
        assert "这个字段是必填项" in desk.post(address, posted).text
        assert not Article.objects.get().record_changed_at
        assert desk.post(address, {**posted, "reason": "认错了人"}).status_code == 302
        assert Article.objects.get().record_changed_at
        execute("acknowledge", Article.objects.get(), person=account(CHIEF, address))


def test_words_of_a_picture_in_a_draft_give_it_a_version(draft, author, at_desk):
    photo = stored()
    ArticlePhoto.objects.create(article=draft, photo=photo)
    save_version(draft, person=author)
    desk = at_desk(EDITOR)
    desk.post(change(photo), filled(desk.get(change(photo)), caption="大桥通车"))
    assert newest_of_row(draft).reason == "配图的文字有改动"
    assert newest_of_row(draft).person.name == "试责任编辑"


def test_an_edit_of_what_is_live_begins_by_saying_so(live, at_desk):
    desk = at_desk(EDITOR)
    page = desk.get(change(live))
    assert 'name="_save"' not in page.text
    assert "开始修改" in page.text
    assert "只能看" not in page.text  # the button says it
    assert not Article.objects.filter(copy_of=live).exists()
    edit = reverse("admin:articles_article_edit", args=[live.pk])
    assert desk.get(edit).status_code == 302
    assert not Article.objects.filter(copy_of=live).exists()
    for _twice in range(2):
        page = begin(desk, live)
        assert 'name="_save"' in page.text
        assert "开始修改" not in page.text
    assert Article.objects.filter(copy_of=live).count() == 1
    assert live.transitions.filter(name="open").count() == 1


def test_who_amends_nothing_begins_nothing(live, at_desk):
    desk = at_desk(REPORTER)
    assert "开始修改" not in desk.get(change(live)).text
    assert desk.post(reverse("admin:articles_article_edit", args=[live.pk])).status_code == 403
    assert not Article.objects.filter(copy_of=live).exists()


@pytest.mark.parametrize("headline", ["", "我的题"])
def test_a_form_of_a_story_that_went_live_meanwhile_is_refused_and_keeps_nothing(
    draft, account, at_desk, headline
):
    desk = at_desk(EDITOR)
    mine = filled(desk.get(change(draft)), headline=headline, summary="我的摘要")
    signed(draft, account)
    execute("publish", draft, person=reviewers(account)["sign"])
    versions = Version.objects.count()
    answer = desk.post(change(draft), mine)
    assert answer.status_code == 409
    assert "我的摘要" in answer.text
    assert "开始修改" in answer.text
    assert (Article.objects.count(), Version.objects.count()) == (1, versions)


def test_a_save_writes_only_what_its_form_has(draft, author, at_desk, monkeypatch):
    """Between the reading of a form and its locks, another person's button may be pressed."""
    desk = at_desk(EDITOR)
    mine = filled(desk.get(change(draft)), summary="我的摘要")
    from articles.admin.article import ArticleAdmin  # noqa: PLC0415  where it is patched

    lock = ArticleAdmin.lock_row

    def submitted_first(self, row):
        Article.objects.filter(pk=row.pk)
        execute("submit", Article.objects.get(pk=row.pk), person=author)
        return lock(self, row)

    monkeypatch.setattr(ArticleAdmin, "lock_row", submitted_first)
    assert desk.post(change(draft), mine).status_code == 302
    draft.refresh_from_db()
    assert (draft.stage, draft.summary) == ("first", "我的摘要")


def test_a_copy_that_is_gone_takes_nothing(live, account, at_desk):
    desk = at_desk(EDITOR)
    mine = filled(begin(desk, live), headline="我的题")
    execute("discard", row_at_work(live), person=account(CHIEF))
    answer = desk.post(change(live), mine)
    assert answer.status_code == 409
    assert "我的题" in answer.text
    assert open_working_copy(live, account(EDITOR, "other")).headline == "桥通了"
