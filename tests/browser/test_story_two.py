"""A newsroom's day in Chromium: story 2 of the bulletin, from the 记者 who enters it to its change.

Three people sign it, it is live; it is edited privately, compared, returned, signed again, and
published again. Pictures of each step go to the folder that PICTURES names, for people to look at.
"""

import datetime

import pytest

from articles.editorial.roles import CHIEF, EDITOR, HEAD, REPORTER
from articles.models import Article, Bulletin, Inspection, Meeting, Section
from people.models import Appointment, Official, Organisation, Reporter
from tests.browser.filling import choose, follow, log_in, photographed, save
from tests.support.desk import seat

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE = "二七商圈电力问题和综合整治咋推进 这个会议专题部署"
MEETING = "二七区与郑州市供电公司电力问题专题工作调研座谈会暨二七商圈重点区域综合整治工作会议"
STOPS = (
    "二七纪念堂门前配电箱优化问题",
    "南彩社区老旧小区电力问题",
    "二七广场下穿隧道建设",
    "华建大厦变电站合并问题",
)
PRESENT = (
    ("sjs", "苏建设", "区委副书记、区长", "speak"),
    ("tlj", "唐莉军", "区领导", "attend"),
    ("lh", "兰海", "区领导", "attend"),
    ("wyx", "武永祥", "区领导", "attend"),
    ("xzl", "辛忠良", "市供电公司副总经理", "attend"),
)


@pytest.fixture
def newsroom(account):
    """A paper before its first story: people and sections are registered, nothing is printed."""
    committee = Organisation.objects.create(name="二七区委")
    for _initials, name, title, _role in PRESENT:
        official = Official.objects.create(name=name)
        if title != "区领导":
            Appointment.objects.create(official=official, organisation=committee, title=title)
    Reporter.objects.create(name="张改华")
    Section.objects.create(name="要闻")
    Bulletin.objects.create(
        title="2021年第一季度专刊", quarter="2021q1", issued_on=datetime.date(2021, 4, 6)
    )
    people = {role: account(role) for role in (REPORTER, EDITOR, HEAD, CHIEF)}
    people["another 责任编辑"] = account(EDITOR, "bianji-2")
    return people


def enter_meeting(page, site):
    """The meeting with those who were there."""
    page.goto(f"{site}/admin/articles/meeting/add/")
    page.fill("#id_name", MEETING)
    page.fill("#id_held_on", "2021-03-25")
    page.fill("#id_form", "座谈会")
    page.check("#id_open_ended")
    for row, (initials, name, title, role) in enumerate(PRESENT):
        if row >= 3:
            page.click("#attendance-group .add-row a")
        choose(page, f"attendance-{row}-official", initials, name)
        page.fill(f"#id_attendance-{row}-printed_title", title)
        page.select_option(f"#id_attendance-{row}-role", role)
    page.fill("#id_attendance-0-remarks", "建立健全领导专班\n依法依规全力推进综合整治")
    save(page)


def enter_inspection(page, site):
    """The tour of the four stops that went before the meeting."""
    page.goto(f"{site}/admin/articles/inspection/add/")
    page.fill("#id_title", "二七商圈电力问题实地调研")
    page.select_option("#id_kind", "study")
    page.fill("#id_held_on", "2021-03-25")
    page.fill("#id_place", "二七商圈")
    choose(page, "meeting", "电力", MEETING)
    for row, place in enumerate(STOPS):
        if row >= 3:
            page.click("#stops-group .add-row a")
        page.fill(f"#id_stops-{row}-place", place)
    choose(page, "attendance-0-official", "sjs", "苏建设")
    page.select_option("#id_attendance-0-role", "lead")
    save(page)


def enter_story(page, site):
    """The story, its body typed into the editor."""
    page.goto(f"{site}/admin/articles/article/add/")
    page.fill("#id_headline", TITLE)
    page.fill("#id_dateline", "本报讯")
    editor = page.locator(".tiptap[contenteditable]")
    editor.click()
    page.keyboard.insert_text("3月25日，苏建设带队到二七商圈调研电力问题。")
    page.keyboard.press("Enter")
    page.keyboard.insert_text("随后召开会议，专题部署。")
    page.fill("#id_summary", "先到现场看，再到会上定。")
    page.select_option("#id_section", label="要闻")
    choose(page, "bulletin", "2021", "2021年第一季度专刊")
    choose(page, "inspections", "电力", "二七商圈电力问题实地调研")
    choose(page, "meetings", "电力", MEETING)
    choose(page, "bylines-0-reporter", "zgh", "张改华")
    save(page)


def move(page, verb, **fields):
    """Press a verb's button and, on its page, press it again."""
    follow(page.locator(f"a.move-{verb}").first)
    photographed(page, verb)
    for name, value in fields.items():
        page.fill(f"#id_{name}", value)
    follow(page.locator("#content [type=submit]"))
    page.wait_for_selector(".messagelist .success")


def as_person(page, site, story, person):
    """Sit down as someone, see the desk's home, open the story."""
    seat(page, site, person)
    page.goto(f"{site}/admin/")
    photographed(page, "home")
    page.goto(f"{site}/admin/articles/article/{story.pk}/change/")
    photographed(page, "story")


def sign(page, site, story, newsroom, *, first=EDITOR):
    """Three people sign what was sent to review."""
    for verb, role in (("first", first), ("second", HEAD), ("sign", CHIEF)):
        as_person(page, site, story, newsroom[role])
        move(page, verb, reason="可以")


def test_story_two_is_signed_by_three_people_and_changed_beside_itself(page, live_server, newsroom):
    site = live_server.url
    log_in(page, site, newsroom[REPORTER])
    enter_meeting(page, site)
    enter_inspection(page, site)
    enter_story(page, site)

    story = entered()
    page.goto(f"{site}/admin/articles/article/{story.pk}/change/")
    assert page.locator("a.move-publish, a.move-first").count() == 0
    move(page, "submit")
    page.goto(site)
    assert page.get_by_text("还没有稿件").is_visible()

    sign(page, site, story, newsroom)
    move(page, "publish")
    story.refresh_from_db()
    address = f"{site}{story.get_absolute_url()}"
    find_in_quarter(page, site)

    edit_beside_what_is_live(page, site, story, newsroom)
    assert page.goto(address).status == 200
    assert not page.get_by_text("先看后议").count()
    return_and_sign_again(page, site, story, newsroom)
    move(page, "publish")
    page.goto(address)
    assert page.get_by_text("先看后议").is_visible()
    photographed(page, "changed")

    as_person(page, site, story, newsroom[CHIEF])
    move(page, "withdraw", reason="核实中")
    assert page.goto(address).status == 404


def entered():
    """The story, stored with all that was typed."""
    story = Article.objects.get()
    assert story.body == (
        "<p>3月25日，苏建设带队到二七商圈调研电力问题。</p><p>随后召开会议，专题部署。</p>"
    )
    assert [byline.printed_name for byline in story.bylines.all()] == ["张改华"]
    assert [stop.place for stop in Inspection.objects.get().stops.all()] == list(STOPS)
    assert [row.printed_name for row in Meeting.objects.get().attendance.all()] == [
        name for _initials, name, _title, _role in PRESENT
    ]
    return story


def find_in_quarter(page, site):
    """A reader finds all of it on the page of the quarter, and the story from there."""
    page.goto(f"{site}/quarters/2021q1/")
    for fold in page.locator("main .fold > summary").all():
        if fold.evaluate("one => getComputedStyle(one).pointerEvents !== 'none'"):
            fold.click()
    for text in (TITLE, MEETING, *STOPS, "区委副书记、区长", "建立健全领导专班"):
        assert page.get_by_text(text).filter(visible=True).count(), text
    follow(page.get_by_role("link", name=TITLE).last)
    assert page.locator("h1").inner_text().replace("\n", " ") == TITLE


def edit_beside_what_is_live(page, site, story, newsroom):
    """An editor adds a sentence and a byline, and compares with what is live."""
    as_person(page, site, story, newsroom[EDITOR])
    follow(page.get_by_role("button", name="开始修改"))
    page.locator(".tiptap[contenteditable]").click()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text("先看后议，事情就好办。")
    page.fill("#id_bylines-1-printed_name", "郭佳星")
    page.select_option("#id_bylines-1-role", "correspondent")
    save(page)
    page.goto(f"{site}/admin/articles/article/{story.pk}/change/")
    follow(page.get_by_text("与线上版本比较"))
    photographed(page, "compare")
    assert "先看后议" in page.locator("ins").first.inner_text()
    assert page.get_by_text("郭佳星").first.is_visible()
    page.goto(f"{site}/admin/articles/article/{story.pk}/change/")
    move(page, "submit")


def return_and_sign_again(page, site, story, newsroom):
    """The second review sends it back; its editor mends it; three others sign."""
    as_person(page, site, story, newsroom[EDITOR])
    assert page.locator("a.move-first").count() == 0  # who changed it does not sign it
    as_person(page, site, story, newsroom["another 责任编辑"])
    move(page, "first", reason="可以")
    as_person(page, site, story, newsroom[HEAD])
    move(page, "return", reason="摘要也要跟着改")
    as_person(page, site, story, newsroom[EDITOR])
    assert page.get_by_text("稿件已退回").is_visible()
    page.fill("#id_summary", "先到现场看，再到会上定：先看后议。")
    save(page)
    page.goto(f"{site}/admin/articles/article/{story.pk}/change/")
    move(page, "submit")
    sign(page, site, story, newsroom, first="another 责任编辑")
    page.goto(f"{site}/admin/articles/article/{story.pk}/history/")
    photographed(page, "history")
    page.goto(f"{site}/admin/articles/article/{story.pk}/sheet/")
    photographed(page, "sheet")
    page.goto(f"{site}/admin/articles/article/{story.pk}/change/")
