"""Text of one line is one, by whatever way it comes; what nobody sees is in no text."""

import json

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Concat

from articles.editorial.roles import EDITOR
from articles.models import Article, Meeting, Project, SearchDocument
from people.models import Official, Organisation
from people.shared.text import one_line, usual_lines
from tests.support.desk import filled

#: All that str.splitlines, str.split, a browser, a font or XML takes for the end of a line.
BREAKS = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029"
CONTROLS = [chr(code) for code in (*range(32), *range(127, 160)) if chr(code) not in BREAKS]
UNSEEN = [
    *CONTROLS,
    *"\xad\u200b\u200e\u200f\u202a\u202e\u2060\u2066\u2069\ufeff\ufffe\ud800\udfff",
]
#: What stands in names and titles as it should.
SEEN = "　·，“”（）①㈱—…～Ⅳ℃ é ئۇيغۇر\u200cچە 👩\u200d🌾 𠮷 葛\U000e0100 ﷽ \u3000"

#: Columns of text that no person writes, or that hold no more than some letters.
MACHINE = ("digest", "sender", "record_model", "model", "password", "username")


@pytest.mark.parametrize("sign", [*BREAKS, "\r\n", "\n\n", " \u2028 ", "\u2028\u2029\x85"])
def test_a_break_is_a_space_in_one_line_and_a_usual_break_in_several(sign):
    assert one_line(f"一{sign}二{sign}") == "一 二"
    assert one_line(sign) == ""
    assert usual_lines(f"一{sign}二").split() == ["一", "二"]
    assert not set(usual_lines(sign)) & set("\v\f\x1c\x85\u2028\u2029")


@pytest.mark.parametrize("sign", UNSEEN, ids=ascii)
def test_what_nobody_sees_is_dropped(sign):
    assert one_line(f"王{sign}伟") == usual_lines(f"王{sign}伟") == "王伟"


def test_what_is_seen_stays_as_it_is():
    for sign in SEEN.split(" "):
        assert one_line(f" 王{sign}伟 ") == f" 王{sign}伟 "
    assert usual_lines("一\r\n二\n\t三") == "一\r\n二\n\t三"
    assert one_line(one_line("一\n二")) == "一 二"


def test_it_takes_no_time_whatever_it_is_given():
    for text in (" " * 10**6, "\n " * 10**6, "\u200b" * 10**6, "　" * 10**6 + "\n"):
        one_line(text)
        usual_lines(text)


def test_every_column_of_text_is_folded():
    plain = [
        str(field)
        for model in apps.get_models()
        # Its texts are those of other columns.
        if model._meta.app_label in ("people", "articles") and model is not SearchDocument
        for field in model._meta.local_concrete_fields
        if type(field) in (models.CharField, models.TextField)
        if not field.choices and field.name not in MACHINE
    ]
    assert plain == []


@pytest.mark.django_db
@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85", "\r", "\x1c", "\x1d", "\x1e", "\v\f"])
def test_every_way_of_writing_folds(sign, tmp_path):
    wanted, said = "桥 通了", f"桥{sign}通了\u202e"
    made = Project(name=said)
    made.save()
    assert made.name == wanted
    (bulk,) = Project.objects.bulk_create([Project(name=f"二{said}", slug="b")])
    Project.objects.filter(pk=bulk.pk).update(developer=said)
    bulk.place = said
    Project.objects.bulk_update([bulk], ["place"])
    bulk.refresh_from_db()
    assert (bulk.name, bulk.developer, bulk.place) == (f"二{wanted}", wanted, wanted)
    assert Project.objects.get_or_create(name=said) == (made, False)
    Project.objects.filter(pk=made.pk).update(place=Concat(F("name"), Value("。")))
    made.refresh_from_db()
    assert made.place == f"{wanted}。"

    fixture = tmp_path / "said.json"
    fields = {"name": f"三{said}", "slug": "c", "aliases": f"甲{sign}乙"}
    fixture.write_text(json.dumps([{"model": "articles.project", "fields": fields}]), "utf-8")
    call_command("loaddata", str(fixture), verbosity=0)
    loaded = Project.objects.get(slug="c")
    assert loaded.name == f"三{wanted}"
    assert loaded.aliases.splitlines() == ["甲", *([""] if len(sign) > 1 else []), "乙"]


@pytest.mark.django_db
def test_a_form_stores_one_line_and_refuses_one_of_nothing(at_desk):
    client = at_desk(EDITOR)
    form = "/admin/articles/meeting/add/"
    said = {"name": "季度\u2028会\x85议\u202e", "venue": "\u2029", "held_on": "2021-03-01"}
    answer = client.post(form, filled(client.get(form), **said))
    assert answer.status_code == 302
    meeting = Meeting.objects.get()
    assert (meeting.name, meeting.venue) == ("季度 会 议", "")
    for nothing in ("\u2028", "\u200b", "\x85\u2060", "\ufeff\x1c"):
        said["name"] = nothing
        answer = client.post(form, filled(client.get(form), **said))
        assert answer.status_code == 200
        assert "name" in answer.context["adminform"].form.errors


@pytest.mark.django_db
def test_two_that_look_alike_are_one():
    Organisation.objects.create(name="区政府")
    with pytest.raises(ValidationError):
        Organisation(name="区\u200b政府").full_clean()
    assert Official(name="王\u2060伟\n").clean_fields() is None
    assert Article.objects.create(headline="\u2028桥\u2029").slug == "qiao"
