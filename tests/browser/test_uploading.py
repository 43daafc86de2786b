"""Several pictures of a story in one upload, with scripts and without."""

import pytest
from django.urls import reverse
from PIL import Image

from articles.models import Article, Photo
from articles.versions import save_version
from tests.browser.filling import fits, follow
from tests.support.desk import change
from tests.support.pictures import encoded

pytestmark = [
    pytest.mark.browser,
    pytest.mark.looks,
    pytest.mark.django_db(transaction=True),
]

UPLOAD = reverse("admin:articles_photo_upload")


@pytest.fixture
def folder(tmp_path, settings):
    """Names of files to choose from: three pictures, one that is none, seven more."""
    settings.VAR_DIR = tmp_path
    paths = {}
    for number, name in enumerate([*"甲乙丙", *(f"多{one}" for one in range(7))]):
        paths[name] = tmp_path / f"{name}.jpg"
        image = Image.new("RGB", (300, 200), (number * 20, 90, 90))
        paths[name].write_bytes(encoded(image).getvalue())
    paths["坏"] = tmp_path / "坏.jpg"
    paths["坏"].write_bytes(b"x" * 100)
    return paths


@pytest.fixture
def story(db):
    """A draft."""
    story = Article.objects.create(headline="桥通了", slug="q")
    save_version(story)
    return story


def chosen(page):
    """Names in the list of what is sent."""
    lines = page.locator(".files li span:first-child").all_inner_texts()
    return [line.partition("（")[0] for line in lines]


def test_pictures_are_chosen_put_in_order_sent_and_told_of(desk, folder, story):
    page = desk(change(story))
    follow(page.locator("text=传多张配图"))
    page.set_input_files("[name=images]", [folder[name] for name in ("甲", "乙")])
    page.wait_for_selector(".files li")
    page.set_input_files("[name=images]", [folder[name] for name in ("乙", "坏", "丙")])
    assert chosen(page) == ["甲.jpg", "乙.jpg", "坏.jpg", "丙.jpg"]
    fits(page, "upload")
    page.click("[aria-label='前移 丙.jpg']")
    page.click("[aria-label='前移 丙.jpg']")
    page.click("[aria-label='去掉 甲.jpg']")
    assert chosen(page) == ["丙.jpg", "乙.jpg", "坏.jpg"]
    page.fill("[name=credit]", "记者 王某 摄")
    follow(page.locator("[type=submit][value=上传]"))
    page.wait_for_selector(".words")
    assert "传好了2张" in page.inner_text(".messagelist")
    assert "“坏.jpg”没有收" in page.inner_text(".messagelist .error")
    uses = story.photos.order_by("order")
    assert [use.photo.pk for use in uses] == list(Photo.objects.values_list("pk", flat=True))[::-1]
    first, second = (use.photo for use in uses)
    # 丙 is brighter than 乙.
    with Image.open(first.image.path) as one, Image.open(second.image.path) as other:
        assert one.getpixel((9, 9))[0] > other.getpixel((9, 9))[0]
    fits(page, "words")
    page.fill(f"[name=photo-{first.pk}-alt]", "通车的新桥")
    follow(page.locator("[type=submit][value=保存]"))
    page.wait_for_selector("#photos-group")
    first.refresh_from_db()
    assert (first.alt, first.credit) == ("通车的新桥", "记者 王某 摄")
    assert page.locator("#photos-group .lacking").count() == 1


def test_the_tenth_is_not_chosen_and_said(desk, folder):
    page = desk(UPLOAD)
    page.set_input_files("[name=images]", list(folder.values()))
    page.wait_for_selector(".files li")
    assert len(chosen(page)) == 9
    assert "一次最多9张" in page.inner_text("[role=status]")
    page.click("[aria-label='去掉 甲.jpg']")
    assert len(chosen(page)) == 8
    assert page.evaluate("document.activeElement.ariaLabel") == "去掉 乙.jpg"


def test_without_scripts_it_is_the_browsers_own_input(desk, folder, browser, page):
    desk(UPLOAD)
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies(page.context.cookies())
    plain = context.new_page()
    plain.goto(page.url)
    plain.set_input_files("[name=images]", [folder[name] for name in ("甲", "坏", "乙")])
    follow(plain.locator("[type=submit][value=上传]"))
    plain.wait_for_selector(".words")
    assert "传好了2张" in plain.inner_text(".messagelist")
    assert "“坏.jpg”没有收" in plain.inner_text(".messagelist")
    context.close()
