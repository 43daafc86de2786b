"""A day that is hardly meant, typed at the desk."""

import pytest

from articles.editorial.roles import CHIEF
from articles.models import Article, Inspection
from people.models import Official, Organisation
from tests.browser.filling import follow
from tests.support.desk import seat

pytestmark = [
    pytest.mark.browser,
    pytest.mark.looks,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def desk(page, live_server, account):
    """Opener of a new form in the hands of a chief."""
    seat(page, live_server.url, account(CHIEF))

    def open_new(kind):
        page.goto(f"{live_server.url}/admin/{kind}/add/")
        return page

    return open_new


def save(page, wanted):
    """Send the form and wait for what it leads to."""
    follow(page.locator("[name=_save]").last)
    page.wait_for_selector(wanted)


def test_a_slip_of_the_finger_is_asked_about_and_mended(desk):
    page = desk("articles/article")
    page.fill("#id_headline", "桥通了")
    page.fill("#id_issued_on", "0202-04-06")
    save(page, ".errornote")
    assert "年份是202，" in page.inner_text(".field-issued_on")
    assert page.input_value("#id_headline") == "桥通了"
    assert page.input_value("#id_issued_on") == "0202-04-06"
    page.fill("#id_issued_on", "2021-04-06")
    save(page, ".messagelist")
    assert Article.objects.get().issued_on.year == 2021


def test_what_is_meant_is_ticked_and_stays(desk, live_server):
    page = desk("articles/inspection")
    page.fill("#id_title", "看桥")
    page.fill("#id_held_on", "1938-05-10")
    page.fill("#id_ends_on", "1938-05-12")
    save(page, ".errornote")
    for name in ("held_on", "ends_on"):
        page.check(f"[name={name}-sure]")
    save(page, ".messagelist")
    inspection = Inspection.objects.get()
    assert (inspection.held_on.year, inspection.ends_on.day) == (1938, 12)
    page.goto(f"{live_server.url}/admin/articles/inspection/{inspection.pk}/change/")
    page.fill("#id_place", "南郊")
    save(page, ".messagelist")
    assert Inspection.objects.get().place == "南郊"


def test_a_row_asks_too(desk):
    official, body = Official.objects.create(name="苏某"), Organisation.objects.create(name="某局")
    official.appointments.create(organisation=body, title="局长")
    page = desk("people/official")
    page.goto(page.url.replace("add/", f"{official.pk}/change/"))
    page.fill("#id_appointments-0-starts", "2201-04-06")
    save(page, ".errornote")
    row = page.locator("#appointments-0")
    assert "年份是2201，" in row.inner_text()
    row.locator("[name=appointments-0-starts-sure]").check()
    save(page, ".messagelist")
    assert official.appointments.get().starts.year == 2201
