"""Whatever form of a new thing is sent, and however often: one row, and nothing is lost."""

import datetime
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib import admin
from django.contrib.sites.models import Site
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from articles.admin.record import MeetingAdmin
from articles.editorial.roles import CHIEF, EDITOR
from articles.models import Article, Meeting
from people.models import Submission, User
from people.shared.submissions import content_digest
from tests.support.desk import filled
from tests.support.pictures import encoded, halves

pytestmark = pytest.mark.django_db

MEETING = {"name": "商圈整治会", "held_on": "2021-03-25"}
#: What each form of the desk needs; first the field that is changed between two submits.
NEEDS = {
    "articles.article": lambda: {"headline": "桥通了"},
    "articles.bulletin": lambda: {"title": "二季度专刊", "issued_on": "2021-07-01"},
    "articles.inspection": lambda: {"title": "商圈调研", "kind": "study", "held_on": "2021-03-25"},
    "articles.meeting": lambda: {**MEETING, "attendance-0-printed_title": "区领导"},
    "articles.page": lambda: {"title": "投稿须知", "slug": "tougao"},
    "articles.photo": lambda: {"alt": "桥", "image": picture()},
    "articles.placement": lambda: {"order": "1", "article": story().pk, **until(3)},
    "articles.project": lambda: {"name": "下穿隧道"},
    "articles.section": lambda: {"name": "副刊", "order": "9"},
    "people.official": lambda: {"name": "王伟"},
    "people.organisation": lambda: {"name": "区商务局"},
    "people.reporter": lambda: {"name": "李敏"},
    "people.user": lambda: {
        "username": "limin",
        "name": "李敏",
        **dict.fromkeys(("password1", "password2"), "correct horse battery"),
    },
    "redirects.redirect": lambda: {
        "old_path": "/old/",
        "new_path": "/new/",
        "site": Site.objects.get_current().pk,
    },
    "sites.site": lambda: {"name": "二七", "domain": "example.org"},
}
FORMS = [page for page in admin.site._registry.values() if page.opts.model_name != "errorreport"]  # noqa: SLF001  no other list of them


def picture():
    return SimpleUploadedFile("a.png", encoded(halves()).getvalue())


def story():
    return Article.objects.create(headline="桥通了")


def until(days):
    """Where a story is placed, and that it ends in some ``days``."""
    end = timezone.localtime() + datetime.timedelta(days=days)
    return {"place": "lead", "ends": f"{end:%Y-%m-%d} 12:00"}


@pytest.fixture
def desk(client):
    """A superuser, whom every form is open to."""
    client.force_login(User.objects.create_superuser("operator"))
    return client


@pytest.fixture
def form(desk):
    """Maker of a form that was opened and filled in: its address and what it would send."""

    def fill(page, **values):
        address = reverse(f"admin:{page.opts.app_label}_{page.opts.model_name}_add")
        return address, filled(desk.get(address), **values)

    return fill


def again(posted):
    """The same once more: a file that was sent is read from its beginning."""
    return {**posted, "image": picture()} if "image" in posted else posted


@pytest.mark.parametrize("page", FORMS, ids=lambda page: page.opts.label_lower)
def test_a_form_that_is_sent_again_makes_no_second_row(desk, form, page):
    needs = NEEDS[page.opts.label_lower]()
    address, posted = form(page, **needs)
    rows = page.model._base_manager
    before = set(rows.values_list("pk", flat=True))
    assert desk.post(address, posted).status_code == 302
    (made,) = set(rows.values_list("pk", flat=True)) - before
    desk.get("/admin/")  # shows the messages of the first save

    answer = desk.post(address, again(posted), follow=True)
    changed = reverse(f"admin:{page.opts.app_label}_{page.opts.model_name}_change", args=[made])
    assert answer.redirect_chain == [(changed, 302)]
    assert [str(one).endswith("没有再存一份。") for one in answer.context["messages"]] == [True]

    field = next(iter(needs))
    other = again({**posted, field: "7" if field == "order" else f"{posted[field]}x"})
    answer = desk.post(address, other)
    assert answer.status_code == 200
    assert "这份表单已经保存过" in answer.text
    assert f'href="{changed}"' in answer.text or f"href='{changed}'" in answer.text
    assert filled(answer)[field] == other[field]
    assert desk.post(address, again(filled(answer, **other))).status_code == 200
    assert set(rows.values_list("pk", flat=True)) - before == {made}


@pytest.fixture
def meeting(form):
    """A filled form of a meeting."""
    return form(admin.site.get_model_admin(Meeting), **MEETING)


def test_two_forms_make_two_rows(desk, form, meeting):
    for address, posted in (meeting, form(admin.site.get_model_admin(Meeting), **MEETING)):
        assert desk.post(address, posted).status_code == 302
    assert Meeting.objects.count() == 2


def test_a_refused_form_keeps_its_token_and_has_made_nothing(desk, meeting):
    address, posted = meeting
    refused = desk.post(address, {**posted, "name": ""})
    assert refused.status_code == 200
    assert not Submission.objects.exists()
    assert filled(refused)["_once"] == posted["_once"]
    assert desk.post(address, posted).status_code == 302
    assert Submission.objects.get().row == Meeting.objects.get().pk


def test_a_save_that_failed_has_made_nothing(desk, meeting, monkeypatch):
    address, posted = meeting
    desk.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr(MeetingAdmin, "keep_version", lambda *_args: 1 / 0)
        assert desk.post(address, posted).status_code == 500
    assert not Submission.objects.exists()
    assert desk.post(address, posted).status_code == 302
    assert Meeting.objects.count() == 1


def test_what_was_deleted_since_is_made_anew(desk, meeting):
    address, posted = meeting
    for _time in range(2):
        assert desk.post(address, posted).status_code == 302
        Meeting.objects.get().delete()
    assert desk.post(address, {**posted, "name": "另一个会"}).status_code == 302
    assert Submission.objects.get().row == Meeting.objects.get(name="另一个会").pk


def test_the_window_of_a_picker_gets_the_row_that_is_there(desk, meeting):
    address, posted = meeting
    answers = [desk.post(address, {**posted, "_popup": "1"}) for _time in range(2)]
    assert Meeting.objects.count() == 1
    assert answers[0].context["popup_response_data"] == answers[1].context["popup_response_data"]


def test_a_token_is_its_persons_alone(desk, meeting, account):
    address, posted = meeting
    assert desk.post(address, posted).status_code == 302
    other = Client()
    other.force_login(account(EDITOR))
    assert other.post(address, {**posted, "name": "另一个会"}).status_code == 302
    assert Meeting.objects.count() == 2


@pytest.mark.parametrize("token", ["", "x", "\0", "9" * 400, "{}"])
def test_a_form_with_any_other_token_is_saved_as_it_is(desk, meeting, token):
    address, posted = meeting
    assert desk.post(address, {**posted, "_once": token}).status_code == 302
    assert filled(desk.post(address, {**posted, "_once": token, "name": ""}))["_once"] != token


def test_old_submissions_are_forgotten(desk, meeting):
    assert desk.post(*meeting).status_code == 302
    for days, kept in ((29, True), (2, False)):
        line = Submission.objects.get()
        Submission.objects.update(made_at=line.made_at - datetime.timedelta(days=days))
        call_command("publish_due")
        assert Submission.objects.exists() == kept


@pytest.mark.usefixtures("transactional_db")
def test_a_double_click_makes_one_row(account, monkeypatch):
    keep = MeetingAdmin.keep_version

    def slowly(*args):
        time.sleep(0.3)  # for the second one to come
        return keep(*args)

    monkeypatch.setattr(MeetingAdmin, "keep_version", slowly)
    address, browsers = reverse("admin:articles_meeting_add"), [Client(), Client()]
    person = account(CHIEF)
    for browser in browsers:
        browser.force_login(person)
    posted = filled(browsers[0].get(address), **MEETING)

    def click(browser):
        try:
            return browser.post(address, posted)["Location"]
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        ways = set(threads.map(click, browsers))
    meeting = Meeting.objects.get()
    assert ways == {
        reverse("admin:articles_meeting_changelist"),
        reverse("admin:articles_meeting_change", args=[meeting.pk]),
    }


def digest(*names):
    files = [SimpleUploadedFile(name, b"x") for name in names]
    return content_digest(RequestFactory().post("/", {"images": files}))


def test_every_file_of_an_input_counts():
    assert digest("a.jpg", "b.jpg") == digest("a.jpg", "b.jpg")
    assert digest("a.jpg", "b.jpg") != digest("c.jpg", "b.jpg")
