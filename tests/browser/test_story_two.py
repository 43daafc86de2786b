"""A newsroom's day in Chromium: story 2 of the bulletin entered as 记者, published as 总编."""

import datetime

import pytest

from articles.models import Article, Bulletin, Inspection, Meeting, Section
from articles.workflow.roles import CHIEF, REPORTER
from people.models import Appointment, Official, Organisation, Reporter

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
    return {role: account(role) for role in (REPORTER, CHIEF)}


def log_in(page, site, user):
    """Enter the desk through its door."""
    page.context.clear_cookies()
    page.goto(f"{site}/admin/login/?next=/admin/")
    page.fill("#id_username", user.username)
    page.fill("#id_password", "correct horse")
    page.click("[type=submit]")
    page.wait_for_url(f"{site}/admin/")


def choose(page, field, typed, shown):
    """Pick from an autocomplete what typing finds."""
    page.click(f"#id_{field} + .select2-container")
    page.locator(".select2-container--open .select2-search__field").last.fill(typed)
    page.locator(".select2-results__option", has_text=shown).first.click()


def save(page):
    """Press the first button 保存, and see that the desk agrees."""
    page.locator("[name=_save]").first.click()
    page.wait_for_selector(".messagelist .success")


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


def test_story_two_is_entered_by_a_reporter_and_published_by_the_chief(page, live_server, newsroom):
    site = live_server.url
    log_in(page, site, newsroom[REPORTER])
    enter_meeting(page, site)
    enter_inspection(page, site)
    enter_story(page, site)

    story = Article.objects.get()
    assert story.body == (
        "<p>3月25日，苏建设带队到二七商圈调研电力问题。</p><p>随后召开会议，专题部署。</p>"
    )
    assert [byline.printed_name for byline in story.bylines.all()] == ["张改华"]
    assert [stop.place for stop in Inspection.objects.get().stops.all()] == list(STOPS)
    assert [row.printed_name for row in Meeting.objects.get().attendance.all()] == [
        name for _initials, name, _title, _role in PRESENT
    ]
    page.goto(f"{site}/admin/articles/article/{story.pk}/change/")
    assert page.locator("a.move-publish").count() == 0
    page.goto(site)
    assert page.get_by_text("还没有稿件").is_visible()

    log_in(page, site, newsroom[CHIEF])
    page.goto(f"{site}/admin/articles/article/{story.pk}/change/")
    page.click("a.move-publish")
    page.locator("#content [type=submit]").click()
    page.wait_for_selector(".messagelist .success")

    story.refresh_from_db()
    page.goto(f"{site}/quarters/2021q1/")
    for text in (TITLE, MEETING, *STOPS, "区委副书记、区长", "建立健全领导专班"):
        assert page.get_by_text(text).first.is_visible(), text
    page.get_by_role("link", name=TITLE).last.click()
    assert page.locator("h1").inner_text().replace("\n", " ") == TITLE

    page.goto(f"{site}/admin/articles/article/{story.pk}/change/")
    page.click("a.move-withdraw")
    page.fill("#id_reason", "核实中")
    page.locator("#content [type=submit]").click()
    page.wait_for_selector(".messagelist .success")
    assert page.goto(f"{site}{story.get_absolute_url()}").status == 404
