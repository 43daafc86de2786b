"""What a restore says before it is made is what it does: to a story in any state, to a record."""

import datetime

import pytest
from django.db import transaction

from articles.editorial import (
    amended,
    execute,
    open_working_copy,
)
from articles.editorial.roles import CHIEF, EDITOR
from articles.models import (
    Article,
    Attendance,
    Bulletin,
    Inspection,
    Meeting,
    Project,
    Section,
    Version,
)
from articles.versions import bare, restored, row_at_work, save_version, snapshot
from articles.versions.diff import compare
from people.models import Official, Organisation, Reporter
from tests.support.desk import change
from tests.support.pictures import halves, stored
from tests.support.stories import edited

DAY = datetime.date(2021, 3, 20)


def rewritten(story, person):
    """A version in which all that it can hold is another than now; some of its links are gone."""
    row = open_working_copy(story, person)
    meeting = Meeting.objects.create(name="大会", held_on=DAY)
    Attendance.objects.create(meeting=meeting, printed_name="甲")
    project, official = Project.objects.create(name="桥"), Official.objects.create(name="苏某")
    row.meetings.add(meeting)
    row.projects.add(project)
    row.mentions.create(printed_name="苏某", official=official)
    row.photos.create(photo=stored(halves(30, 30)))
    row.bylines.all().delete()
    row.bylines.create(printed_name="张某", reporter=Reporter.objects.create(name="张某"))
    issue = Bulletin.objects.create(title="专刊", quarter="2021q1", issued_on=DAY)
    texts = {name: f"旧{name}" for name in ("kicker", "headline", "subhead", "summary", "source")}
    section = Section.objects.get_or_create(name="副刊")[0]
    if not row.copy_of_id:
        texts |= {"slug": "old-address", "issued_on": DAY + datetime.timedelta(1)}
    edited(row, person, **texts, body="<p>旧文。</p>", bulletin=issue, section=section)
    version = Version.objects.of(story).first()
    row.projects.clear()
    row.mentions.all().delete()
    row.meetings.clear()
    row.photos.all().delete()
    row.bylines.all().delete()
    row.bylines.create(printed_name="李某")
    back = {"headline": "新题", "slug": story.slug, "issued_on": story.issued_on, "bulletin": None}
    edited(row, person, **back, body="<p>新文。</p>")
    project.delete()
    official.delete()
    meeting.attendance.update(printed_name="乙")
    return version


#: States of a story, as the scenes make them, and what is said of the stage and of readers.
STATES = {
    "draft": ("稿件还没有发布，读者看不到。", "仍在起草。"),
    "review": ("稿件还没有发布，读者看不到。", "现在是“一审”，恢复以后回到“起草”"),
    "signed": ("稿件还没有发布，读者看不到。", "现在是“已签发”，恢复以后回到“起草”"),
    "live": ("读者看到的不变，签发并发布以后才替换。", "仍在起草。"),
    "copied": ("读者看到的不变，签发并发布以后才替换。", "仍在起草。"),
    "withdrawn": (
        "稿件仍然是撤回的，读者看不到。",
        "现在是“已签发”，恢复以后回到“起草”，要重新送审。",
    ),
}


def shown(story):
    """What readers have of a story: content of its own row, and how they have it."""
    story.refresh_from_db()
    return snapshot(story), story.visibility, story.published_at, story.slug, story.issued_on


@pytest.mark.parametrize("state", STATES)
def test_what_is_said_is_what_is_done(scenes, at_desk, state):
    story = getattr(scenes, state)()
    version = rewritten(story, scenes.person(EDITOR, "scene-editor"))
    row = row_at_work(story)
    address, before, seen = (row.slug, row.issued_on), bare(snapshot(row)), shown(story)
    client = at_desk(CHIEF)
    page = client.get(f"{change(story).removesuffix('change/')}restore/{version.number}/")
    told = page.context["comparison"]
    for words in STATES[state]:
        assert words in page.text
    assert page.context["lost"] == ["桥", "苏某"]
    assert "已经不在、恢复以后也连不上的：桥、苏某。" in page.text
    assert "见报日期、网址名、版面不在恢复之内" in page.text
    assert "保持现在内容的：大会。" in page.text
    labels = {one.label for one in told}
    assert {"主题", "正文", "所记会议", "署名", "文中人物", "配图", "专刊"} <= labels
    assert not labels & {"见报日期", "网址名", "所记活动", "涉及项目"}
    client.post(page.request["PATH_INFO"])
    story.refresh_from_db()
    row = row_at_work(story)
    assert (row.slug, row.issued_on, row.stage) == (*address, Article.Stage.DRAFT)
    assert compare(before, bare(snapshot(row))) == told
    assert row.meetings.get().attendance.get().printed_name == "乙"
    if story.visibility == "live":
        assert shown(story) == seen
    assert story.visibility == seen[1]


def test_of_a_live_story_without_a_copy_it_is_said_that_one_is_opened(scenes, at_desk):
    story = scenes.live()
    version = Version.objects.of(story).last()
    edited(row := open_working_copy(story, scenes.chief), scenes.chief, headline="新题")
    execute("discard", row, person=scenes.chief)
    page = at_desk(CHIEF).get(
        f"{change(story).removesuffix('change/')}restore/{version.number + 2}/"
    )
    assert "现在没有修改副本，会新开一个，从起草开始。" in page.text


def test_where_only_the_address_differs_there_is_nothing_to_restore(scenes, at_desk):
    story = scenes.draft(slug="first")
    edited(story, scenes.author, slug="second")
    base = change(story).removesuffix("change/")
    page = at_desk(CHIEF).get(f"{base}restore/1/")
    assert "可以恢复的内容和现在一样，不用恢复。" in page.text
    assert "见报日期、网址名、版面不在恢复之内" in page.text
    assert 'type="submit"' not in page.text.partition('id="content"')[2]


def test_a_change_of_the_record_alone_is_no_change_of_the_story(scenes, at_desk):
    story = scenes.draft()
    meeting = Meeting.objects.create(name="大会", held_on=DAY)
    story.meetings.add(meeting)
    save_version(story, person=scenes.author)
    meeting.summary = "改了"
    meeting.save()
    with transaction.atomic():
        amended(meeting, person=scenes.author)
    page = at_desk(CHIEF).get(f"{change(story).removesuffix('change/')}restore/2/")
    assert "不用恢复" in page.text
    assert "保持现在内容的：大会。" in page.text


def test_an_event_that_was_gone_before_links_had_primary_keys(scenes, at_desk):
    story = scenes.draft()
    story.meetings.add(Meeting.objects.create(name="大会", held_on=DAY))
    former = snapshot(story)
    for one in (*former["lists"]["meetings"], *former["events"]):
        one["key"] = ["2021-03-20", "da-hui"]
    save_version(story, person=scenes.author, content=former)
    save_version(story, person=scenes.author)
    answer = at_desk(CHIEF).get(f"{change(story).removesuffix('change/')}restore/2/")
    assert answer.status_code == 200
    assert answer.context["lost"] == ["大会"]
    assert "保持现在内容的" not in answer.text


def inspection():
    """An inspection with rows, in two states; what dies in between."""
    project, body = Project.objects.create(name="桥"), Organisation.objects.create(name="某局")
    official = Official.objects.create(name="苏某")
    event = Inspection.objects.create(title="看桥", held_on=DAY, ends_on=DAY, place="南郊")
    event.stops.create(place="桥头", organisation=body).projects.add(project)
    event.attendance.create(printed_name="苏某", official=official)
    save_version(event)
    event.stops.all().delete()
    event.stops.create(place="桥尾")
    event.attendance.update(printed_title="局长", official=None)
    event.title, event.ends_on = "看路", None
    event.save()
    save_version(event)
    return event, [project, official]


def project():
    """A project with a step, in two states; the story of the step is gone."""
    thing = Project.objects.create(name="桥", aliases="大桥", area="南郊")
    story = Article.objects.create(headline="开工")
    thing.milestones.create(status="started", reached_on=DAY, article=story)
    save_version(thing)
    thing.milestones.all().delete()
    thing.area = ""
    thing.save()
    save_version(thing)
    return thing, [story]


def official():
    """An official with a term, in two states; the body is gone."""
    thing = Official.objects.create(name="苏某", aliases="苏二")
    body = Organisation.objects.create(name="某局")
    thing.appointments.create(organisation=Organisation.objects.create(name="某委"), title="主任")
    save_version(thing)
    thing.appointments.update(organisation=body, title="局长")
    thing.name = "苏某某"
    thing.save()
    save_version(thing)
    return thing, list(Organisation.objects.filter(name="某委"))


@pytest.mark.parametrize("make", [inspection, project, official])
@pytest.mark.parametrize("dies", [False, True])
def test_of_a_record_too(db, at_desk, make, dies):
    thing, gone = make()
    for one in gone if dies else ():
        type(one).objects.filter(pk=one.pk).delete()
    client = at_desk(CHIEF)
    before = bare(snapshot(thing))
    if dies and make is official:
        # A term without its body cannot be: the page says that it is left out.
        content, lost = restored(Version.objects.of(thing).last().content)
        assert (content["children"]["appointments"], lost) == ([], ["某委"])
    page = client.get(f"{change(thing).removesuffix('change/')}restore/1/")
    assert "读者还看不到这条记录。" in page.text
    assert page.context["lost"] == ([str(one) for one in gone] if dies else [])
    client.post(page.request["PATH_INFO"])
    assert compare(before, bare(snapshot(thing))) == page.context["comparison"]


def test_titles_that_the_register_gives_are_no_part_of_a_restore(db, at_desk):
    someone = Official.objects.create(name="苏某")
    event = Meeting.objects.create(name="大会", held_on=DAY)
    event.attendance.create(printed_name="苏某", official=someone)
    save_version(event)
    event.summary = "概要"
    event.save()
    someone.appointments.create(organisation=Organisation.objects.create(name="局"), title="局长")
    save_version(event)
    page = at_desk(CHIEF).get(f"{change(event).removesuffix('change/')}restore/1/")
    assert [one.label for one in page.context["comparison"]] == ["概要"]
