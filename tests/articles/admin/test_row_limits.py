"""Tables of very many rows: a large meeting saves, and a number alone makes no rows."""

import pytest
from django.conf import settings
from django.contrib import admin
from django.urls import reverse

from articles.editorial.roles import CHIEF, EDITOR
from articles.models import Inspection, Meeting
from people.models import Official
from people.shared import formsets
from people.shared.formsets import MOST_DRAWN, MOST_ROWS, RowFormSet
from tests.support.desk import change, filled

MANY = 500
#: Forms with tables, and the tables of each.
TABLES = {
    "articles_article": ("bylines", "mentions", "photos"),
    "articles_meeting": ("attendance",),
    "articles_inspection": ("stops", "attendance"),
    "articles_project": ("milestones",),
    "people_official": ("appointments",),
    "people_organisation": ("names",),
}


def attending(count, **columns):
    """What a form of a meeting posts for so many people."""
    rows = {"attendance-TOTAL_FORMS": str(count)}
    for number in range(count):
        row = {"order": number + 1, "printed_name": f"王{number}", "role": "attend", **columns}
        rows |= {f"attendance-{number}-{name}": str(value) for name, value in row.items()}
    return rows


def test_a_meeting_of_five_hundred_is_saved_and_amended(at_desk, django_assert_max_num_queries):
    client = at_desk(EDITOR)
    official = Official.objects.create(name="苏建设")
    add = reverse("admin:articles_meeting_add")
    posted = filled(client.get(add), name="大会", held_on="2021-03-01") | attending(MANY)
    posted["attendance-7-official"] = str(official.pk)
    # A check of what the row says, two of the database's own around it, the row: no more.
    with django_assert_max_num_queries(9 * MANY):
        assert client.post(add, posted).status_code == 302
    meeting = Meeting.objects.get()
    names = [f"王{number}" for number in range(MANY)]
    assert list(meeting.attendance.values_list("printed_name", flat=True)) == names
    posted = filled(client.get(change(meeting)), **{f"attendance-{MANY - 1}-remarks": "要抓紧"})
    with django_assert_max_num_queries(2 * MANY):
        assert client.post(change(meeting), posted).status_code == 302
    assert meeting.attendance.get(remarks="要抓紧").printed_name == names[-1]


def test_a_form_with_many_rows_and_an_error_is_shown_with_all_of_them(at_desk):
    client, add = at_desk(EDITOR), reverse("admin:articles_meeting_add")
    posted = filled(client.get(add), name="大会", held_on="没有") | attending(120)
    page = client.post(add, posted)
    assert page.status_code == 200
    assert all(f'value="王{number}"' in page.text for number in range(120))


def test_where_there_are_too_many_rows_nothing_typed_is_lost(at_desk, monkeypatch):
    monkeypatch.setattr(formsets, "MOST_ROWS", 5)
    client, add = at_desk(EDITOR), reverse("admin:articles_meeting_add")
    posted = filled(client.get(add), name="大会", held_on="2021-03-01") | attending(6)
    page = client.post(add, posted)
    assert "一张表最多5行" in page.text
    assert page.status_code == 200
    assert all(f'value="王{number}"' in page.text for number in range(6))
    assert not Meeting.objects.exists()
    assert client.post(add, posted | attending(5)).status_code == 302


@pytest.mark.parametrize("form", TABLES)
@pytest.mark.parametrize("count", ["1001", "1500", "999999", "9" * 30])
def test_a_number_of_rows_makes_none(at_desk, form, count):
    client, add = at_desk(CHIEF), reverse(f"admin:{form}_add")
    posted = filled(client.get(add))
    sent = {name: int(posted[f"{name}-TOTAL_FORMS"]) for name in TABLES[form]}
    posted |= {f"{name}-TOTAL_FORMS": count for name in TABLES[form]}
    page = client.post(add, posted)
    assert page.status_code == 200
    tables = [one.formset for one in page.context["inline_admin_formsets"]]
    assert all(len(one.forms) <= sent[one.prefix] for one in tables)


def test_every_table_of_the_desk_has_the_limits(rf, admin_user):
    request = rf.get("/")
    request.user = admin_user
    seen = set()
    for model, page in admin.site._registry.items():  # noqa: SLF001  no door lists them
        for inline in page.get_inline_instances(request):
            table = inline.get_formset(request)
            assert issubclass(table, RowFormSet), inline
            assert (table.max_num, table.absolute_max) == (MOST_ROWS, MOST_DRAWN), inline
            seen.add(f"{model._meta.app_label}_{model._meta.model_name}")
    assert seen == set(TABLES)


def test_two_full_tables_are_read_whole():
    fields = max(
        sum(len(inline.fields) + 3 for inline in page.inlines)
        for model, page in admin.site._registry.items()  # noqa: SLF001
        if model in (Inspection, Meeting)
    )
    assert fields * MOST_DRAWN < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS


def test_a_row_like_one_that_was_not_sent_is_told(at_desk, draft):
    """Its key was left out, so the database alone sees that they are two."""
    client = at_desk(EDITOR)
    sent = filled(client.get(change(draft)))
    sent = {name: value for name, value in sent.items() if not name.startswith("bylines-0-")}
    sent |= {
        "bylines-0-DELETE": "on",
        "bylines-1-printed_name": draft.bylines.get().printed_name,
        "bylines-1-role": "reporter",
    }
    page = client.post(change(draft), sent)
    assert page.status_code == 200
    assert "同一身份下，一个名字只署一次。" in page.text
    assert draft.bylines.count() == 1
