"""Forms of the desk as a person fills them in, in Chromium, and all that such a form holds."""

import datetime
import os
from pathlib import Path

from django.urls import reverse

from articles.editorial.roles import CHIEF
from articles.models import Bulletin, Meeting, Project, Section
from people.models import Official, Organisation, Reporter
from tests.support.desk import seat

DAY = datetime.date(2021, 3, 25)
ARTICLE, INSPECTION = (reverse(f"admin:articles_{name}_add") for name in ("article", "inspection"))
#: A telephone and a desk.
WIDTHS = (360, 1280)
#: All that the form holds, and all that it shows of it.
HELD = """() => {
  const form = document.querySelector("#content-main form")
  const fields = [...form.elements].filter((one) =>
    one.name && !["submit", "file"].includes(one.type) && one.name !== "csrfmiddlewaretoken")
  return [
    ...fields.map((one) => [one.name, one.type === "checkbox" ? one.checked
      : one.options ? [...one.selectedOptions].map((option) => option.value) : one.value]),
    ...[...form.querySelectorAll("select.select2-hidden-accessible")].map((one) =>
      [one.id, one.nextElementSibling.querySelector(".select2-selection__rendered").innerText]),
    ["editor", form.querySelector(".ProseMirror")?.innerHTML],
  ].map(([name, value]) => `${name}: ${value}`)
}"""


def follow(place):
    """Click a place that leads to another page, and wait until all of that has come."""
    with place.page.expect_navigation():
        place.click()


def log_in(page, site, user):
    """Enter the desk through its door."""
    page.context.clear_cookies()
    page.goto(f"{site}/admin/login/?next=/admin/")
    page.fill("#id_username", user.username)
    page.fill("#id_password", "correct horse")
    follow(page.locator("[type=submit]"))
    assert page.url == f"{site}/admin/"


def choose(page, field, typed, shown):
    """Pick from an autocomplete what typing finds."""
    page.click(f"#id_{field} + .select2-container")
    page.locator(".select2-container--open .select2-search__field").last.fill(typed)
    page.locator(".select2-results__option", has_text=shown).first.click()


def save(page):
    """Press the first button 保存, and see that the desk agrees."""
    follow(page.locator("[name=_save]").first)
    page.wait_for_selector(".messagelist .success")


def picked(page, field):
    """What the picker of a field shows as picked."""
    return page.locator(
        f"#id_{field} + .select2-container .select2-selection__rendered"
    ).inner_text()


def fits(page, name):
    """Whether nothing of the page is wider than a screen, on any."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            photographed(page, f"{name}-{width}-{scheme}")
    page.emulate_media(color_scheme="light")


def photographed(page, name):
    """Take a picture of the page, where someone wants to look at pictures."""
    if folder := os.environ.get("PICTURES"):
        number = len(list(Path(folder).glob("*.png")))
        page.screenshot(path=Path(folder, f"{number:02}-{name}.png"), full_page=True)


def enter(page, live_server, account):
    """A chief's browser, in a paper where people and things to choose from are registered."""
    page.context.set_default_timeout(10_000)
    Section.objects.create(name="要闻")
    Bulletin.objects.create(title="一季度专刊", issued_on=DAY, quarter="2021q1")
    Official.objects.create(name="苏建设")
    Organisation.objects.create(name="区商务局")
    Reporter.objects.create(name="张改华")
    for number in range(2):
        Project.objects.create(name=f"下穿隧道{number}")
        Meeting.objects.create(name=f"商圈会{number}", held_on=DAY)
    seat(page, live_server.url, account(CHIEF))
    page.site = live_server.url
    page.expected += ["Failed to load resource"]  # each answer is looked at where it is wanted
    return page


def opened(page, path):
    """The form at ``path``."""
    page.goto(f"{page.site}{path}", wait_until="load")
    return page


def write_story(page):
    """Fill in a story: texts, choices, the editor, and rows beyond those that are drawn."""
    page.fill("#id_headline", "桥通了")
    page.fill("#id_summary", "新桥\n今天通车。")
    page.click(".prose-editor > .ProseMirror")
    page.keyboard.type("新桥")
    page.keyboard.press("Control+b")
    page.keyboard.type("今天")
    page.keyboard.press("Control+b")
    page.keyboard.type("通车。")
    page.keyboard.press("Enter")
    page.keyboard.type("第二段。")
    choose(page, "bulletin", "一季度", "一季度专刊")
    for number in range(2):
        choose(page, "projects", f"隧道{number}", f"下穿隧道{number}")
        choose(page, "meetings", f"会{number}", f"商圈会{number}")
    page.click("#bylines-group .add-row a")
    page.click("#bylines-group .add-row a")
    page.fill("#id_bylines-0-printed_name", "王某")
    choose(page, "bylines-2-reporter", "zgh", "张改华")
    page.select_option("#id_bylines-2-role", "photographer")
    page.click("#mentions-group .add-row a")
    choose(page, "mentions-1-official", "sjs", "苏建设")


def write_event(page):
    """Fill in an inspection, with stops and people beyond those that are drawn."""
    page.fill("#id_title", "商圈调研")
    page.select_option("#id_kind", "study")
    page.fill("#id_held_on", "2021-03-25")
    page.check("#id_open_ended")
    choose(page, "meeting", "会1", "商圈会1")
    for row in range(5):
        if row >= 3:
            page.click("#stops-group .add-row a")
        page.fill(f"#id_stops-{row}-place", f"点位{row}")
    choose(page, "stops-4-projects", "隧道0", "下穿隧道0")
    choose(page, "stops-4-projects", "隧道1", "下穿隧道1")
    choose(page, "stops-3-organisation", "商务", "区商务局")
    page.click("#attendance-group .add-row a")
    choose(page, "attendance-3-official", "sjs", "苏建设")
    page.fill("#id_attendance-3-remarks", "一条\n两条")


FORMS = {"story": (ARTICLE, write_story), "event": (INSPECTION, write_event)}


def send(page):
    """Press 保存 and wait for whatever comes, also where it is an error."""
    with page.expect_event("framenavigated"):
        page.locator("[name=_save]").first.click()
    page.wait_for_load_state()
