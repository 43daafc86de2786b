"""Lists on a phone: conditions, thumbnails and routes, folded as far as they have to be."""

import pytest
from playwright.sync_api import expect

from articles.models import Article, ArticlePhoto
from tests.browser.filling import follow
from tests.support.every_page import print_paper
from tests.support.pictures import halves, stored

pytestmark = [
    pytest.mark.browser,
    pytest.mark.looks,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def phone(browser, live_server):
    """Opens a page 360 px wide."""
    print_paper()
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="zh-CN")
    page = context.new_page()

    def opened(path):
        page.goto(f"{live_server.url}{path}")
        return page

    yield opened
    context.close()


def test_a_condition_that_holds_stands_open_before_the_rows(phone):
    page = phone("/articles/?q=项目")
    assert page.get_by_label("标题含").is_visible()
    page = phone("/articles/")
    assert not page.get_by_label("标题含").is_visible()
    page.get_by_text("筛选", exact=True).first.click()
    page.get_by_label("标题含").fill("项目")
    follow(page.get_by_role("button", name="筛选"))
    assert "q=" in page.url
    assert page.get_by_role("status").inner_text().startswith("1篇")


def test_a_thumbnail_stands_beside_the_headline_and_above_the_clamped_summary(phone):
    story = Article.objects.live().exclude(summary="").filter(photos=None).first()
    Article.objects.filter(pk=story.pk).update(summary="一" * 290)
    ArticlePhoto.objects.create(article=story, photo=stored(halves(900, 600)))
    row = phone("/articles/").locator(".has-thumb", has_text=story.headline.split()[0])
    thumb = row.locator("img").bounding_box()
    summary = row.locator(".summary").bounding_box()
    assert thumb["x"] > row.locator(".headline").bounding_box()["x"] + 150
    assert summary["y"] >= thumb["y"] + thumb["height"]
    assert summary["height"] < 60


def test_a_long_route_is_folded_on_a_phone_and_whole_on_a_wide_page(phone):
    page = phone("/inspections/")
    stop = page.get_by_role("link", name="普乐天地项目")
    assert not stop.is_visible()
    page.locator("summary", has_text="中心城区观摩组").click()
    expect(stop).to_be_visible()
    page.reload()
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(stop).to_be_visible()


def test_a_project_of_the_list_takes_two_lines_and_has_no_empty_words(phone):
    page = phone("/projects/")
    rows = page.locator(".last-visits > li", has_text="普乐天地项目")
    assert rows.first.bounding_box()["height"] < 80
    assert "没有写\n" not in page.locator(".last-visits").inner_text()
