"""Events and issues at the desk: what follows from a save, and a meeting as last time."""

import pytest
from django.urls import reverse

from articles.editorial.roles import EDITOR, HEAD, REPORTER
from articles.models import (
    Article,
    Bulletin,
    Inspection,
    Meeting,
    OfficialAppearance,
)
from people.models import Official
from tests.support.desk import change, filled

pytestmark = pytest.mark.usefixtures("bulletin")


@pytest.mark.parametrize("model", [Inspection, Meeting])
def test_people_and_order_come_along_and_nothing_else(model, at_desk):
    earlier = max(model.objects.all(), key=lambda event: event.attendance.count())
    client = at_desk(REPORTER)
    name = f"admin:articles_{model._meta.model_name}_add"
    address = f"{reverse(name)}?like={earlier.pk}"
    assert f'href="{address}"' in client.get(change(earlier)).text
    page = client.get(address)
    posted = filled(page, held_on="2021-06-01")
    assert posted.get("summary", "") == ""
    answer = client.post(address, posted)
    assert answer.status_code == 302, answer.context["errors"]
    new = model.objects.latest("pk")
    assert new.pk != earlier.pk
    columns = ("order", "printed_name", "printed_title", "official", "role", "group")
    again = list(new.attendance.values_list(*columns))
    assert again == list(earlier.attendance.values_list(*columns))
    assert set(new.attendance.values_list("remarks", flat=True)) == {""}
    assert str(new).startswith(str(earlier)[:4])


@pytest.mark.parametrize("key", ["", "x", "-1", "0", "9" * 30, "1_5F"])
def test_a_key_that_is_none_gives_an_empty_form(at_desk, key):
    answer = at_desk(REPORTER).get(reverse("admin:articles_meeting_add"), {"like": key})
    assert answer.status_code == 200
    assert not answer.context["adminform"].form["name"].value()


def test_saving_a_record_rewrites_what_stories_derive_from_it(at_desk):
    meeting = Meeting.objects.get(held_on="2021-03-31")
    official = Official.objects.get(name="时博")
    client = at_desk(EDITOR)
    posted = filled(client.get(change(meeting)))
    posted |= {"attendance-2-official": official.pk, "attendance-2-role": "attend"}
    posted |= {"reason": "补上名字"}
    assert client.post(change(meeting), posted).status_code == 302
    assert OfficialAppearance.objects.filter(official=official).count() == 2


def test_changing_the_quarter_of_a_bulletin_moves_its_stories_and_events(at_desk):
    bulletin = Bulletin.objects.get()
    Meeting.objects.filter(held_on="2021-04-02").update(quarter="2021q2")
    client = at_desk(HEAD)
    posted = filled(client.get(change(bulletin)), quarter="2020q4", reason="编错了")
    assert client.post(change(bulletin), posted).status_code == 302
    assert {str(story.quarter) for story in Article.objects.all()} == {"2020q4"}
    assert {str(event.quarter) for event in Inspection.objects.all()} == {"2020q4"}
    assert sorted(str(event.quarter) for event in Meeting.objects.all()) == [
        *["2020q4"] * 3,
        "2021q2",
    ]
