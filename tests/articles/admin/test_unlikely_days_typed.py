"""Days that are hardly meant: every form of the desk asks, and keeps what was typed."""

import datetime

import pytest
from django import forms
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from articles.editorial.roles import CHIEF
from articles.quarter import QuarterFormField
from people.models import Organisation
from people.shared.days import Asked
from tests.support.desk import change, filled
from tests.support.stories import live, signed


def forms_of_the_desk(request):
    """Each form class of the desk, those of rows included, by whose page it is."""
    for model in filter(admin.site.is_registered, apps.get_models()):
        model_admin = admin.site.get_model_admin(model)
        yield model, model_admin.get_form(request)
        for formset, _inline in model_admin.get_formsets_with_inlines(request):
            yield model, formset.form


def test_every_date_of_the_desk_asks(rf, db, account):
    request = rf.get("/")
    request.user = account(CHIEF)
    request.user.is_superuser = True
    kinds = (forms.DateField, forms.DateTimeField, QuarterFormField)
    fields = [
        (f"{model.__name__} {name}", isinstance(field, Asked))
        for model, form in forms_of_the_desk(request)
        for name, field in form.base_fields.items()
        if isinstance(field, kinds)
    ]
    assert len(fields) > 10
    assert [name for name, asks in fields if not asks] == []


#: Addresses of forms, and what else a row of a new thing needs, by the field of the day.
FORMS = {
    "article issued_on": {"headline": "桥"},
    "article quarter": {"headline": "桥"},
    "bulletin issued_on": {"title": "专刊"},
    "bulletin quarter": {"title": "专刊", "issued_on": "2021-04-06"},
    "meeting held_on": {"name": "大会"},
    "meeting quarter": {"name": "大会", "held_on": "2021-04-06"},
    "inspection held_on": {"title": "行", "kind": "tour"},
    "inspection ends_on": {"title": "行", "kind": "tour", "held_on": "1949-01-01"},
    "official appointments-0-starts": {"name": "苏某", "appointments-0-title": "局长"},
    "official appointments-0-ends": {"name": "苏某", "appointments-0-title": "局长"},
    "placement ends": {"place": "lead"},
    "placement starts": {"place": "lead", "ends": "2027-01-01T10:00"},
}


def values(field):
    """What a slip of the finger makes of a day, a moment or a quarter; one that stands, last."""
    if field.endswith("quarter"):
        return ["0202q1", "2201q1", "2021q1"]
    hour = "T10:00" if field.startswith("placement") else ""
    years = ["2201", "2301", "2021"] if field.endswith("ends_on") else ["0202", "2201", "2021"]
    return [f"{year}-04-06{hour}" for year in years]


def new_form(model):
    """Address of the form of a new row, its model, and what the form needs besides its texts."""
    app = "people" if model == "official" else "articles"
    rows = {}
    if model == "placement":
        rows = {"article": live(issued_on=datetime.date(2021, 4, 6)).pk}
    if model == "official":
        body = Organisation.objects.create(name="某局")
        rows = {"appointments-TOTAL_FORMS": "1", "appointments-0-organisation": body.pk}
    return reverse(f"admin:{app}_{model}_add"), apps.get_model(app, model), rows


@pytest.mark.parametrize("field", FORMS)
def test_a_form_asks_for_an_unlikely_year_and_keeps_what_was_typed(at_desk, field):
    model, name = field.split()
    client = at_desk(CHIEF)
    address, rows_of, rows = new_form(model)
    slip, other, _likely = values(field)
    posted = filled(client.get(address), **FORMS[field], **rows, **{name: slip})
    held = rows_of.objects.count()
    page = client.post(address, posted)
    assert page.status_code == 200
    assert "年份是" in page.text
    assert f'name="{name}-sure" value="{slip}">' in page.text
    for typed in [*FORMS[field].values(), slip]:
        assert typed in page.text
    # A tick is good for the day that it was given to.
    page = client.post(address, {**posted, name: other, f"{name}-sure": slip})
    assert f'name="{name}-sure" value="{other}">' in page.text
    assert rows_of.objects.count() == held
    saved = client.post(address, {**posted, f"{name}-sure": slip})
    assert saved.status_code == 302
    assert rows_of.objects.count() == held + 1
    # What was meant once stays as it is, unless it is touched.
    thing = rows_of.objects.latest("pk")
    page = client.get(change(thing))
    assert f'name="{name}-sure" value="{slip}" checked>' in page.text


@pytest.mark.parametrize("field", FORMS)
def test_a_likely_day_is_taken_without_a_question(at_desk, field):
    model, name = field.split()
    client = at_desk(CHIEF)
    address, _rows_of, rows = new_form(model)
    posted = filled(client.get(address), **FORMS[field], **rows, **{name: values(field)[-1]})
    assert client.post(address, posted).status_code == 302


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "0202-04-06"])
def test_the_ends_of_the_calendar_can_be_meant(at_desk, day):
    client = at_desk(CHIEF)
    for model, named in (("meeting", {"name": "大会"}), ("inspection", {"title": "行"})):
        address = reverse(f"admin:articles_{model}_add")
        posted = filled(client.get(address), held_on=day, **named, **{"held_on-sure": day})
        assert client.post(address, posted).status_code == 302
        thing = apps.get_model("articles", model).objects.get()
        assert thing.held_on.isoformat() == day
        assert client.get(change(thing)).status_code == 200


@pytest.mark.parametrize("hour", ["0001-01-01T00:00", "0202-04-06T10:00", "9999-12-31T23:59"])
def test_an_hour_is_asked_for_too(draft, account, at_desk, hour):
    signed(draft, account)
    client = at_desk(CHIEF)
    address = reverse("admin:articles_article_transition", args=[draft.pk, "schedule"])
    page = client.get(address)
    posted = {
        "state_token": page.context["form"].initial["state_token"],
        "at": hour,
        "reason": "改天",
    }
    page = client.post(address, posted)
    assert page.status_code == 200
    assert page.context["form"].errors["at"]
    assert 'value="' + hour in page.text
    page = client.post(address, {**posted, "at-sure": hour})
    assert page.status_code == (302 if hour.startswith("9999") else 200)
