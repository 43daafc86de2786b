"""A meeting as last time: the same people in the same order, day and demands empty."""

import pytest
from django.urls import reverse

from articles.editorial.roles import REPORTER
from articles.models import Inspection, Meeting
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
