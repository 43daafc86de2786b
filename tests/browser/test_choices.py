"""Choosing one of two of a name, and a body by the name that it had, in Chromium."""

import datetime

import pytest
from django.urls import reverse

from articles.models import Attendance, Meeting
from people.models import Appointment, Official, Organisation
from tests.browser.filling import choose, picked, save
from tests.support.desk import change

pytestmark = [
    pytest.mark.browser,
    pytest.mark.looks,
    pytest.mark.django_db(transaction=True),
]

THEN = datetime.date(2020, 6, 1)
RENAMED = datetime.date(2024, 3, 1)


def test_of_two_of_one_name_the_one_is_picked_whom_one_means(desk):
    bureau = Organisation.objects.create(name="区商贸局")
    bureau.names.create(name="区商务局", starts=RENAMED)
    school = Organisation.objects.create(name="区第一中学")
    first, second = (Official.objects.create(name="王伟") for _number in range(2))
    Appointment.objects.create(
        official=first, organisation=bureau, title="局长", starts=THEN, ends=RENAMED
    )
    Appointment.objects.create(official=second, organisation=school, title="校长")
    page = desk(reverse("admin:articles_meeting_add"))
    page.fill("#id_name", "商贸工作会")
    page.fill("#id_held_on", "2020-06-02")
    choose(page, "attendance-0-official", "ww", "区商贸局")
    choose(page, "attendance-1-official", "王伟", "区第一中学")
    assert "曾任局长（区商贸局，2020—2024年）" in picked(page, "attendance-0-official")
    choose(page, "organisers", "商贸", "也叫区商贸局")
    save(page)
    meeting = Meeting.objects.get()
    rows = Attendance.objects.order_by("order")
    assert [(row.official, row.title) for row in rows] == [(first, "局长"), (second, "校长")]
    assert [body.name_on(meeting.held_on) for body in meeting.organisers.all()] == ["区商贸局"]
    page = desk(change(meeting))
    assert picked(page, "attendance-1-official").endswith("王伟　校长（区第一中学）")


def test_a_body_is_renamed_by_one_more_row(desk):
    body = Organisation.objects.create(name="区商贸局")
    page = desk(change(body))
    page.fill("#id_names-0-name", "区商务局")
    page.fill("#id_names-0-starts", "2024年3月1日")
    save(page)
    assert [Organisation.objects.get().name_on(day) for day in (THEN, RENAMED)] == [
        "区商贸局",
        "区商务局",
    ]
