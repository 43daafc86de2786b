"""Names and titles that look alike are one, and what shows nothing is nothing, in every form."""

import datetime
import itertools
import json

import pytest
from django import forms
from django.core.management import call_command
from django.urls import reverse

from articles.editorial.checklist import text
from articles.editorial.roles import CHIEF, EDITOR
from articles.models import Article, Attendance, Byline, Meeting, Mention, Project, Section
from newsroom.admin import admin
from people.models import Official, Organisation, Reporter, User
from people.shared.characters import is_seen
from people.shared.text import Words, one_line, one_name
from tests.support.desk import change, filled

pytestmark = pytest.mark.django_db

NOTHING = [
    "\u200b",
    "\u3164",
    "\u2800",
    "\u115f\u1160",
    "\uffa0",
    "　\u2060 ",
    "\x01",
    "\u202e",
    "\u200d\u200c",
    "\u00ad",
    "\ufe0f",
    "\u0301",
    "\u2028",
]
ALIKE = {
    "王\u200b伟": "王伟",
    "王\u3164伟": "王伟",
    "\ufeff王伟": "王伟",
    "⻢里": "马里",
    "⼆七": "二七",
    "林\uf9f4": "林林",
    "\u2e9f亲": "母亲",
    **{f"买买提{dot}吐尔逊": "买买提·吐尔逊" for dot in "．.﹒・･•‧∙⋅⸱·"},
    # These stay as they are printed.
    "兰　海": "兰　海",
    "J.K.罗琳": "J.K.罗琳",
    "ＡＢ": "ＡＢ",
    "𠮷某": "𠮷某",
}


@pytest.mark.parametrize(("written", "kept"), ALIKE.items(), ids=map(ascii, ALIKE))
def test_a_name_is_kept_as_the_one_it_looks_like(written, kept, tmp_path):
    assert one_name(written) == one_name(kept) == kept
    people = [model.objects.create(name=written) for model in (Official, Reporter)]
    (bulk,) = Official.objects.bulk_create([Official(name=written, slug="b")])
    fixture = tmp_path / "names.json"
    fields = {"name": written, "slug": "f", "pinyin": "x", "initials": "x"}
    fixture.write_text(json.dumps([{"model": "people.official", "fields": fields}]), "utf-8")
    call_command("loaddata", str(fixture), verbosity=0)
    for person in (*people, bulk, Official.objects.get(slug="f")):
        person.refresh_from_db()
        assert person.name == kept
        assert type(person).objects.filter(name=written, pk=person.pk).exists()
    assert Official.objects.search(written).count() == 3
    again = Official.objects.create(name=kept)
    assert again.slug == f"{people[0].slug}-2"


@pytest.mark.parametrize("model", [Byline, Mention, Attendance])
def test_a_printed_name_is_kept_so_too(model):
    row = model(printed_name="买买提．吐\u200b尔逊")
    row.clean_fields(exclude=[field.name for field in model._meta.fields if field.is_relation])
    assert row.printed_name == "买买提·吐尔逊"


def test_text_that_is_no_name_keeps_its_dots():
    assert one_line("第1．2节・⻢里") == "第1．2节・马里"


@pytest.mark.parametrize(
    "model", [Article, Meeting, Project, Section, Official, Reporter, Organisation]
)
def test_what_shows_nothing_is_refused_wherever_something_is_asked_for(at_desk, model):
    desk = at_desk(CHIEF)
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
    page = desk.get(address)
    fields = page.context["adminform"].form.fields.items()
    asked = [
        name for name, field in fields if field.required and isinstance(field, forms.CharField)
    ]
    assert asked
    for name, nothing in itertools.product(asked, NOTHING):
        answer = desk.post(address, filled(page, **{name: nothing}))
        errors = answer.context["adminform"].form.errors
        assert errors[name] == ["这个字段是必填项。"], (name, ascii(nothing))


def test_what_shows_nothing_is_not_seen():
    assert [ascii(nothing) for nothing in NOTHING if is_seen(nothing)] == []


def test_every_required_text_of_the_desk_is_such_an_input():
    plain = [
        f"{model._meta.label}.{name}"
        for model in admin.site._registry  # noqa: SLF001  there is no other door
        if model._meta.app_label in ("people", "articles") and model is not User
        for name, field in forms.modelform_factory(model, fields="__all__").base_fields.items()
        if field.required and type(field) is forms.CharField
    ]
    assert plain == []


def test_rows_and_reasons_of_nothing_are_refused(at_desk, bulletin):
    desk = at_desk(EDITOR)
    meeting = Meeting.objects.filter(attendance__printed_name__gt="").first()
    page = desk.get(change(meeting))
    for nothing in NOTHING[:6]:
        posted = filled(page, summary="新", reason=nothing)
        assert "reason" in desk.post(change(meeting), posted).context["adminform"].form.errors
        posted |= {"reason": "核对", "attendance-0-printed_name": nothing}
        posted |= {"attendance-0-printed_title": nothing, "attendance-0-official": ""}
        assert desk.post(change(meeting), posted).status_code == 200, ascii(nothing)


def test_an_empty_looking_name_is_filled_from_the_register(at_desk):
    official = Official.objects.create(name="王伟")
    meeting = Meeting.objects.create(name="会", held_on=datetime.date(2021, 3, 1))
    desk = at_desk(EDITOR)
    row = {"attendance-0-official": official.pk, "attendance-0-printed_name": "\u3164"}
    desk.post(change(meeting), filled(desk.get(change(meeting)), **row))
    assert Attendance.objects.get().printed_name == "王伟"


@pytest.mark.parametrize("body", ["<p>\u200b</p>", "<p>&nbsp;\u3164</p>", "<p>\u2800</p>", ""])
def test_a_body_of_nothing_is_no_body(body):
    story = Article.objects.create(headline="题", body=body)
    assert "正文是空的，请先写正文。" in [finding.message for finding in text(story)]


def test_a_plain_input_of_words_takes_words():
    assert Words().clean(" 因为⻢里 ") == "因为⻢里"
