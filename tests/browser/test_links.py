"""A typed name that is linked, and one that was printed before its bearer was registered."""

import pytest
from django.urls import reverse

from articles.models import Article, Attendance, Meeting, Mention
from people.models import Appointment, Official, Organisation
from tests.browser.filling import choose, fits, follow, picked, save
from tests.support.desk import change

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADD = reverse("admin:articles_meeting_add")


@pytest.fixture
def government():
    """A body with posts."""
    return Organisation.objects.create(name="区政府")


def mayor(government, name="王伟"):
    """An official who is 区长."""
    person = Official.objects.create(name=name)
    Appointment.objects.create(official=person, organisation=government, title="区长")
    return person


def typed(page, *names):
    """Enter a meeting with these people, none picked; what the desk says."""
    page.fill("#id_name", "商贸工作会")
    page.fill("#id_held_on", "2020-06-02")
    for number, (title, name) in enumerate(names):
        page.fill(f"#id_attendance-{number}-printed_title", title)
        page.fill(f"#id_attendance-{number}-printed_name", name)
    save(page)
    return page.inner_text(".messagelist")


def test_a_typed_name_is_linked_said_and_let_go(desk, government):
    person = mayor(government)
    said = typed(desk(ADD), ("区长", "王　伟"), ("副区长", "王伟"), ("", "李民"))
    assert "已经连上：“区长王　伟”：王伟　区长（区政府）" in said
    assert "没有连上，请看一看：“副区长王伟”" in said
    meeting = Meeting.objects.get()
    rows = meeting.attendance.all()
    assert [row.official for row in rows] == [person, None, None]
    page = desk(change(meeting))
    assert "王伟　区长（区政府）" in picked(page, "attendance-0-official")
    page.locator("#attendance-0 .select2-selection__clear").click()
    page.keyboard.press("Escape")
    save(page)
    assert "已经连上" not in page.inner_text(".messagelist")
    assert not Attendance.objects.exclude(official=None).exists()


def test_whoever_is_registered_later_is_linked_from_a_list(desk, government):
    typed(desk(ADD), ("区长", "王伟"))
    story = Article.objects.create(headline="王伟到企业调研", slug="w")
    Mention.objects.create(article=story, printed_name="王伟", printed_title="志愿者")
    page = desk(reverse("admin:people_official_add"))
    page.fill("#id_name", "王伟")
    choose(page, "appointments-0-organisation", "区政府", "区政府")
    page.fill("#id_appointments-0-title", "区长")
    save(page)
    follow(page.locator(".messagelist >> text=看看要不要连上"))
    ticks = page.locator("[name=row]")
    assert [tick.is_checked() for tick in ticks.all()] == [False, True]
    fits(page, "links")
    follow(page.locator("text=连上勾选的"))
    page.wait_for_selector(".messagelist .success")
    person = Official.objects.get()
    assert Attendance.objects.get().official == person
    assert Mention.objects.get().official is None
    page = desk(change(person))
    follow(page.locator("text=看看要不要连上"))
    follow(page.locator("[value=全部连上]"))
    page.wait_for_selector(".messagelist .success")
    assert Mention.objects.get().official == person
    assert "看看要不要连上" not in page.content()
