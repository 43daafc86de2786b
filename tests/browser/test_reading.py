"""How a reader uses a page: by keyboard, without scripts, with large type, by ear, with a thumb."""

import pytest
from playwright.sync_api import expect

from articles.models import Article, ErrorReport
from tests.browser.filling import follow
from tests.support.every_page import print_paper
from tests.support.worlds import load_bulletin

pytestmark = [
    pytest.mark.browser,
    pytest.mark.looks,
    pytest.mark.django_db(transaction=True),
]

#: A browser with one Chinese voice that tells what it is given to say and is done at once.
VOICE = """
window.said = [];
speechSynthesis.getVoices = () => [{ lang: "en-US" }, { lang: "zh-CN", name: "样声" }];
speechSynthesis.speak = (utterance) => {
  said.push(utterance.text);
  if (!window.patient) setTimeout(() => utterance.onend());
};
speechSynthesis.cancel = () => said.push("cancelled");
Object.defineProperty(SpeechSynthesisUtterance.prototype, "voice", { set() {} });
"""
#: Elements set upright.
UPRIGHT = """() => [...document.querySelectorAll("*")].filter(
  (one) => getComputedStyle(one).writingMode !== "horizontal-tb"
).length"""


@pytest.fixture
def story(page, live_server):
    """Page of a story with all that one can have."""
    address = print_paper().get_absolute_url()
    page.goto(live_server.url + address)
    return page


@pytest.fixture
def without_scripts(browser):
    """A page that runs none."""
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    yield context.new_page()
    context.close()


def test_elder_mode_is_kept_and_left_without_scripts(without_scripts, live_server):
    print_paper()
    page = without_scripts
    page.goto(f"{live_server.url}/articles/?q=项目")
    follow(page.get_by_role("button", name="老年人模式"))
    assert page.url.endswith("/articles/?q=%E9%A1%B9%E7%9B%AE")
    follow(page.get_by_role("link", name="头版"))
    expect(page.locator("html.elder body.front")).to_have_count(1)
    follow(page.get_by_role("button", name="退出老年人模式"))
    expect(page.locator("html.medium")).to_have_count(1)


def test_text_size_changes_the_text_alone(without_scripts, live_server):
    page = without_scripts
    page.goto(live_server.url + print_paper().get_absolute_url())
    sizes = {}
    for size, mode in (("小", "small"), ("大", "large"), ("中", "medium")):
        follow(page.get_by_role("button", name=size, exact=True))
        expect(page.locator(f"html.{mode}")).to_have_count(1)
        assert page.locator("[aria-pressed=true]").inner_text() == size
        of = "one => parseFloat(getComputedStyle(one).fontSize)"
        sizes[size] = page.locator(".text p").first.evaluate(of)
    assert sizes["小"] < sizes["中"] == 17 < sizes["大"]


def test_elder_mode_is_large_and_set_in_one_column(story, live_server):
    follow(story.get_by_role("button", name="老年人模式"))
    assert story.locator("html.elder").evaluate("one => getComputedStyle(one).fontSize") == "22px"
    text = story.locator(".text").bounding_box()
    record = story.locator(".record").bounding_box()
    assert record["y"] > text["y"] + text["height"]
    story.goto(live_server.url)
    assert story.evaluate(UPRIGHT) == 0


def test_what_needs_a_script_is_not_offered_without(without_scripts, live_server):
    page = without_scripts
    page.goto(live_server.url + print_paper().get_absolute_url())
    assert page.get_by_role("button", name="中").is_visible()
    for name in ("打印", "复制链接", "朗读本页"):
        assert not page.get_by_role("button", name=name).is_visible()


def test_the_address_is_copied(story):
    story.context.grant_permissions(["clipboard-read", "clipboard-write"])
    story.get_by_role("button", name="复制链接").click()
    story.get_by_role("button", name="已复制").wait_for()
    assert story.evaluate("navigator.clipboard.readText()") == story.url


def test_printing_is_the_browsers_own(story):
    story.evaluate("window.print = () => { window.printed = true }")
    story.get_by_role("button", name="打印").click()
    assert story.evaluate("window.printed")


def test_without_a_voice_the_button_says_so(story):
    assert story.evaluate("speechSynthesis.getVoices().length") == 0
    story.get_by_role("button", name="朗读本页").click()
    expect(story.get_by_role("button", name="没有中文语音")).to_be_visible()


def test_a_story_is_read_aloud_from_headline_to_byline(story):
    story.context.add_init_script(VOICE)
    story.reload()
    story.get_by_role("button", name="朗读本页").click()
    story.wait_for_function("() => said.at(-1) === 'cancelled'")
    said = story.evaluate("said")
    assert said[:3] == ["引题", "全有", "副题"]
    assert all(said.count(words) == 1 for words in ("引", "甲", "乙"))
    expect(story.get_by_role("button", name="朗读本页")).to_be_visible()


def test_reading_aloud_stops(story):
    story.context.add_init_script(VOICE)
    story.reload()
    story.evaluate("window.patient = true")
    story.get_by_role("button", name="朗读本页").click()
    assert story.locator(".spoken").inner_text() == "引题"
    story.get_by_role("button", name="停止朗读").click()
    assert story.evaluate("said") == ["引题", "cancelled"]
    expect(story.get_by_role("button", name="朗读本页")).to_be_visible()


def test_elder_mode_reads_any_page_aloud(page, live_server):
    print_paper()
    page.context.add_init_script(VOICE)
    page.goto(f"{live_server.url}/bulletins/2021q1/")
    assert page.get_by_role("button", name="朗读本页").count() == 0
    follow(page.get_by_role("button", name="老年人模式"))
    page.get_by_role("button", name="朗读本页").click()
    page.wait_for_function("() => said.at(-1) === 'cancelled'")
    assert any("提质增效" in words for words in page.evaluate("said"))


def test_the_skip_link_leads_past_the_navigation(page, live_server):
    print_paper()
    page.goto(live_server.url)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_a_reader_without_scripts_reports_an_error_by_keyboard(browser, live_server):
    load_bulletin()
    story = Article.objects.get(position=1)
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(live_server.url + story.get_absolute_url())
    page.get_by_role("link", name="我要纠错").press("Enter")
    page.wait_for_url("**/correct/")
    page.locator("#id_wrong").focus()
    page.keyboard.insert_text("区长苏建社")
    page.keyboard.press("Tab")
    page.keyboard.insert_text("区长苏建设")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")  # past the field for machines, which no tab reaches
    page.keyboard.press("Enter")
    page.wait_for_url("**/received/")
    assert page.locator("h1").inner_text() == "收到了，谢谢您"
    context.close()
    report = ErrorReport.objects.get()
    assert (report.article, report.wrong, report.right) == (story, "区长苏建社", "区长苏建设")
