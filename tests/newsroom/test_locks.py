"""No page that is only read waits for the lock of a writer, or fails for want of it."""

import html
import re
from secrets import token_hex
from urllib.parse import urljoin, urlsplit

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.management import call_command
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import Resolver404, get_resolver, resolve, reverse

from articles.editorial.roles import HEAD
from articles.models import Article, ErrorReport, Section
from newsroom import retry
from tests.support.every_page import public_pages
from tests.support.scenes import desk
from tests.support.security import logged_in
from tests.support.worlds import load_bulletin

pytestmark = pytest.mark.django_db(transaction=True)

#: Addresses that no link leads to: a script, a machine or a form asks for them.
UNLINKED = """
/healthz /readyz /feeds/articles.atom /feeds/quarters/2021q1.json /feeds/events.ics
/feeds/quarters/2021q1.ics /robots.txt /sitemap.xml /sitemap-news.xml
/sitemap-articles.xml /share.png /no/such/page/
/admin/ /admin/login/ /admin/no-such/ /admin/jsi18n/ /admin/password_change/done/
/admin/articles/errorreport/add/ /admin/components/
/admin/autocomplete/?app_label=articles&model_name=article&field_name=projects&term=a
""".split()
#: Pages of the desk that only some of the things have which the lists name first.
OF_A_THING = {
    "compare/?old=1&new=newest": [
        "project hidden",
        "inspection hidden",
        "meeting hidden",
        "official hidden",
        "story draft",
    ],
    "links/": ["reporter unused"],
    "restore/1/": ["project hidden", "inspection hidden", "meeting hidden", "official hidden"],
    "delete/": ["story draft", "errorreport open"],
    "pictures/": ["story draft"],
}
#: Names of addresses that answer forms alone.
POSTED = {"display", "logout", "password_change_read", "articles_article_edit"}


def names(resolver):
    """Names of all addresses."""
    for one in resolver.url_patterns:
        if hasattr(one, "url_patterns"):
            yield from names(one)
        else:
            yield one.name


def walk(client, start):
    """Ask for one address of each name, as pages link them; address and answer by name."""
    waiting, answers = list(start), {}
    while waiting:
        address = waiting.pop()
        try:
            name = resolve(urlsplit(address).path).url_name
        except Resolver404:
            name = ""
        if name in answers:
            continue
        answers[name] = address, client.get(address)
        answer = answers[name][1]
        if answer.get("Content-Type", "").startswith("text/html"):
            links = re.findall(r'(?:href|src)="([^"]+)', answer.text)
            links = [urljoin(address, html.unescape(link)) for link in links]
            waiting += [link for link in links if not urlsplit(link).netloc]
        answer.close()
    return answers


def unlinked(things):
    """What no page links of ``things``, or not of those that are come upon."""
    yield from UNLINKED
    yield things["story live"].get_absolute_url() + "share.png"
    for page, whats in OF_A_THING.items():
        for thing in (things[what] for what in whats):
            change = f"admin:{thing._meta.app_label}_{thing._meta.model_name}_change"
            yield reverse(change, args=[thing.pk]).removesuffix("change/") + page


def test_every_address_is_read_beside_a_writer(account, bounded, request):
    load_bulletin()
    things = desk(account)
    boss = logged_in(things["user superuser"])
    start = [*unlinked(things), *public_pages(things["story live"])]
    request.getfixturevalue("writer")
    answers = walk(boss, start)
    failed = {address: a.status_code for address, a in answers.values() if a.status_code >= 500}
    assert failed == {}
    assert set(names(get_resolver())) - set(answers) == POSTED


@pytest.fixture
def read_only(database):
    """The connection of the test may only read."""
    database = connection.settings_dict.copy()
    connection.settings_dict["OPTIONS"] = options = database["OPTIONS"].copy()
    connection.close()
    if connection.vendor == "sqlite":
        connection.settings_dict["NAME"] = f"file:{database['NAME']}?mode=ro"
    else:
        options["options"] += " -c default_transaction_read_only=on"
    yield
    connection.close()
    connection.settings_dict.update(database)


@pytest.fixture
def paper(bounded):
    """The bulletin, and the paper's pages about itself."""
    load_bulletin()
    call_command("loaddata", "pages", verbosity=0)


@pytest.fixture
def head(bounded, account):
    """A browser logged in as 部门主任."""
    return logged_in(account(HEAD))


@pytest.fixture
def messages_in_session(head):
    """More messages than a cookie takes: the session has the rest, "没能发布" among them."""
    request = RequestFactory().get("/")
    request.session = head.session
    storage, answer = FallbackStorage(request), HttpResponse()
    for _ in range(100):
        storage.add(constants.INFO, f"已发布{token_hex()}")
    storage.add(constants.INFO, "没能发布")
    storage.update(answer)
    request.session.save()
    head.cookies.update(answer.cookies)


def report(browser):
    """Answer to the report of an error by a reader."""
    story = Article.objects.live().first()
    return browser.post(f"{story.get_absolute_url()}correct/", {"wrong": "错", "right": "对"})


def test_a_save_beside_a_writer_is_told_so_and_taken_later(paper, head, writer):
    address = reverse("admin:articles_section_add")
    for answer in (head.post(address, {"name": "副刊", "order": 9}), report(head)):
        assert answer.status_code == 503
        assert answer["Retry-After"] == "5"
        assert "还没有保存" in answer.text
    writer.close()
    assert head.post(address, {"name": "副刊", "order": 9}).status_code == 302
    assert report(head).status_code == 302
    assert Section.objects.filter(name="副刊").exists()
    assert ErrorReport.objects.exists()


def test_a_lock_that_goes_meanwhile_is_noticed_by_nobody(head, writer, monkeypatch):
    monkeypatch.setattr(retry.logger, "warning", lambda *_said: writer.close())
    address = reverse("admin:articles_section_add")
    assert head.post(address, {"name": "副刊", "order": 9}).status_code == 302
    assert Section.objects.filter(name="副刊").count() == 1


def test_who_logs_in_beside_a_writer_is_told_so(head, writer):
    form = {"username": "user-2", "password": "correct horse"}
    stranger = Client(raise_request_exception=False)
    assert stranger.post("/admin/login/", form).status_code == 503
    writer.close()
    assert stranger.post("/admin/login/", form).status_code == 302


@pytest.mark.usefixtures("messages_in_session", "writer")
def test_messages_of_a_session_are_shown_beside_a_writer(head):
    page = head.get("/admin/")
    assert page.status_code == 200
    assert "没能发布" in page.text
    assert "没能发布" not in head.get("/admin/").text


@pytest.fixture
def former_password(head):
    """Someone has set another one meanwhile."""
    user = head.get("/admin/").wsgi_request.user
    user.set_password("another horse")
    user.save()


@pytest.mark.usefixtures("former_password", "writer")
def test_a_session_of_a_former_password_ends_beside_a_writer(head):
    assert head.get("/admin/").status_code == 302


@pytest.mark.usefixtures("paper", "messages_in_session", "read_only")
def test_a_database_that_may_only_be_read_shows_the_paper_and_takes_nothing(head):
    for address in public_pages():
        assert Client().get(address).status_code in (200, 404)  # there is no second page
    assert "没能发布" in head.get("/admin/").text
    stranger = Client(raise_request_exception=False)
    form = {"username": "user-2", "password": "correct horse"}
    for answer in (
        head.post(reverse("admin:articles_section_add"), {"name": "副刊", "order": 9}),
        stranger.post("/admin/login/", form),
        report(stranger),
    ):
        assert answer.status_code == 503
        assert answer["Retry-After"]
        assert "没有保存" in answer.text
