"""Pages of the desk as axe-core sees them: narrow and wide, light and dark."""

import pytest
from django.urls import reverse

from articles.editorial import execute, open_working_copy
from articles.editorial.roles import CHIEF
from articles.models import Article, Photo
from people.models import Official, User
from tests.browser.drawn import by_axe
from tests.browser.filling import follow
from tests.support.desk import change, seat
from tests.support.every_page import print_paper
from tests.support.machine import axe_lacks
from tests.support.stories import edited
from tests.support.worlds import load_bulletin

pytestmark = [
    pytest.mark.browser,
    pytest.mark.looks,
    pytest.mark.django_db(transaction=True),
]


def desk_pages(client):
    """Addresses of the desk: each list, and the forms that add to it and change its first row."""
    pages = [reverse("admin:index"), reverse("admin:password_change")]
    for app in client.get(pages[0]).context["app_list"]:
        for listed in app["models"]:
            first = listed["model"].objects.first()
            form = change(first) if first else None
            pages += filter(None, [listed["admin_url"], listed["add_url"], form])
    story, official = Article.objects.first(), Official.objects.first()
    return [
        *pages,
        reverse("admin:app_list", args=["articles"]),
        reverse("admin:articles_article_transition", args=[story.pk, "withdraw"]),
        reverse("admin:articles_article_history", args=[story.pk]),
        reverse("admin:people_official_delete", args=[official.pk]),
        reverse("admin:people_official_links", args=[official.pk]),
        reverse("admin:articles_article_pictures", args=[story.pk]),
        reverse("admin:articles_photo_upload"),
        f"{reverse('admin:articles_photo_words')}?id={Photo.objects.first().pk}",
        f"{reverse('admin:people_official_add')}?_popup=1",
    ]


@pytest.fixture
def page(page):
    """A page with its checker."""
    if axe_lacks():
        pytest.skip(axe_lacks())
    return page


@pytest.fixture
def chief(page, live_server, account):
    """A 总编, whose session the page has too."""
    return seat(page, live_server.url, account(CHIEF))


def violations(page, name):
    """What axe finds on a phone and on a wide page."""
    found = []
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        found += [f"{name}, {width} px, {violation}" for violation in by_axe(page)]
    return found


def assert_all_accessible(page, site, statuses):
    """Fail with all that axe finds at the addresses, each of which answers with its status."""
    found = []
    for address, status in statuses.items():
        assert page.goto(site + address).status == status, address
        found += violations(page, address)
    assert not found, "\n".join(found)


def refused_log_in(page, desk):
    """The door of the desk after a wrong password."""
    page.goto(f"{desk}login/")
    page.fill("#id_username", "nobody")
    page.fill("#id_password", "wrong")
    follow(page.locator("[type=submit]"))
    page.wait_for_selector(".errornote")


def refused_form(page, desk):
    """A story without a headline, which the desk refused."""
    page.goto(f"{desk}articles/article/add/")
    follow(page.locator("[name=_save]").last)
    page.wait_for_selector(".errornote")


def merge_form(page, desk):
    """The question which of two officials stays."""
    page.goto(f"{desk}people/official/")
    for row in range(2):
        page.locator(".action-select").nth(row).check()
    page.select_option("[name=action]", "merge_selected")
    follow(page.locator("[name=index]"))
    page.wait_for_selector(".merge-form")


@pytest.mark.parametrize("part", range(3))
def test_axe_finds_nothing_on_a_page_of_the_desk(page, live_server, chief, part):
    print_paper()
    addresses = desk_pages(chief)[part::3]
    assert_all_accessible(page, live_server.url, dict.fromkeys(addresses, 200))


def test_axe_finds_nothing_on_what_the_desk_tells_of_a_changed_story(page, live_server, chief):
    """A live story with a copy that was signed, returned and changed: all its pages."""
    load_bulletin()
    story = Article.objects.get(position=2)
    editor = User.objects.create_user("bianji", name="甲编辑", is_superuser=True)
    copy = edited(open_working_copy(story, editor), editor, headline="改过的题", summary="")
    execute("submit", copy, person=editor, accepted=True)
    boss = User.objects.get(groups__name=CHIEF)
    execute("first", copy, person=boss, accepted=True)
    execute("return", copy, person=boss, reason="再看一遍日期")
    edited(copy, editor, body=copy.body.replace("苏建设", "兰海", 1))
    base = reverse("admin:articles_article_change", args=[story.pk]).removesuffix("change/")
    names = ("change/", "history/", "compare/?old=live&new=work", "restore/1/", "sheet/")
    names += ("preview/", "transition/submit/", "transition/discard/", "transition/urgent/")
    addresses = [base + name for name in names]
    assert_all_accessible(page, live_server.url, dict.fromkeys(addresses, 200))
    page.expected += ["409 (Conflict)"]
    page.goto(f"{live_server.url}{base}change/")
    page.fill("#id_headline", "又一题")
    page.evaluate("document.querySelector('[name=_opened]').value = '1.0'")
    follow(page.locator("[name=_save]").first)
    page.wait_for_selector(".stored")
    assert violations(page, "stale save") == []


def test_axe_finds_nothing_at_the_door_of_the_desk(page, live_server):
    desk = f"{live_server.url}{reverse('admin:index')}"
    page.goto(desk)
    found = violations(page, "log-in")
    refused_log_in(page, desk)
    found += violations(page, "refused log-in")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("bring", [refused_form, merge_form])
def test_axe_finds_nothing_on_what_the_desk_answers(page, live_server, chief, bring):
    load_bulletin()
    bring(page, f"{live_server.url}{reverse('admin:index')}")
    found = violations(page, bring.__name__)
    assert not found, "\n".join(found)
