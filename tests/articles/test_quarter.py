"""The quarter: a value, and its ways through models, forms and addresses."""

import datetime
import itertools

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import CharField
from django.db.models.functions import Cast
from django.urls import Resolver404, resolve, reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.models import Bulletin
from articles.quarter import Quarter, QuarterFormField

DAY = datetime.date(2021, 4, 6)
NO_QUARTERS = ["2021q5", "2021q0", "0000q1", "12021q1", "2021", "2021-q1", "2０2１q1", "2021q1 b"]
patiently = settings(deadline=None)  # a loaded machine is no fault
quarters = st.builds(Quarter, st.integers(1, 9999), st.integers(1, 4))


@pytest.mark.parametrize("text", ["2021q1", "2021Q1", " 2021q1\n"])
def test_a_quarter_is_read_whatever_its_case_and_margins(text):
    assert Quarter.parse(text) == Quarter(2021, 1)


@pytest.mark.parametrize("text", ["", *NO_QUARTERS])
def test_anything_else_is_refused_by_name(text):
    with pytest.raises(ValueError, match="not a quarter") as refusal:
        Quarter.parse(text)
    assert repr(text) in str(refusal.value)


@pytest.mark.parametrize(
    ("month", "number"), list(enumerate((1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4), start=1))
)
def test_a_day_falls_in_the_quarter_of_its_month(month, number):
    assert Quarter.of(datetime.date(2021, month, 1)) == Quarter(2021, number)


@patiently
@given(st.dates())
def test_the_quarter_of_any_day_can_be_written_and_read(day):
    assert Quarter.parse(str(Quarter.of(day))) == Quarter.of(day)


@pytest.mark.parametrize(("number", "word"), list(enumerate("一二三四", start=1)))
def test_a_reader_sees_it_in_words(number, word):
    assert Quarter(2021, number).label == f"2021年第{word}季度"


def test_quarters_follow_one_another_across_years():
    year_and_more = [Quarter(2020, 4), *(Quarter(2021, n) for n in (1, 2, 3, 4)), Quarter(2022, 1)]
    for earlier, later in itertools.pairwise(year_and_more):
        assert (earlier.following, later.previous) == (later, earlier)
        assert earlier < later


@patiently
@given(quarters, st.integers(-3000, 3000))
def test_shifting_there_and_back_changes_nothing(quarter, count):
    assert quarter.shifted(count).shifted(-count) == quarter


class TestStored:
    """In a column of a model."""

    pytestmark = pytest.mark.django_db

    @pytest.mark.parametrize("value", [Quarter(2021, 1), "2021q1", "2021Q1"])
    def test_the_row_holds_2021q1_and_gives_a_quarter(self, value):
        Bulletin.objects.create(title="一季度专刊", issued_on=DAY, quarter=value)
        stored = Bulletin.objects.annotate(text=Cast("quarter", CharField())).get()
        assert (stored.text, stored.quarter) == ("2021q1", Quarter(2021, 1))

    @pytest.mark.parametrize("value", [Quarter(2021, 1), "2021q1", "2021Q1"])
    def test_rows_are_found_by_value_and_by_text(self, value):
        Bulletin.objects.create(title="一季度专刊", issued_on=DAY, quarter="2021q1")
        Bulletin.objects.create(title="二季度专刊", issued_on=DAY, quarter="2021q2")
        assert Bulletin.objects.get(quarter=value).title == "一季度专刊"

    @pytest.mark.parametrize("text", NO_QUARTERS)
    @pytest.mark.parametrize(
        "way",
        [
            lambda text: Bulletin(title="专刊", issued_on=DAY, quarter=text).full_clean(),
            lambda text: Bulletin(title="专刊", issued_on=DAY, quarter=text).save(),
            lambda text: Bulletin.objects.update(quarter=text),
            lambda text: Bulletin.objects.get(quarter=text),
        ],
        ids=["validate", "save", "update", "look up"],
    )
    def test_a_bad_value_is_a_message_that_names_it(self, way, text):
        with pytest.raises(ValidationError) as refusal:
            way(text)
        assert any(f"“{text}”不是季度" in message for message in refusal.value.messages)


@pytest.mark.parametrize("text", ["2021q1", "2021Q1", " 2021q1 "])
def test_a_form_gives_a_quarter(text):
    assert QuarterFormField().clean(text) == Quarter(2021, 1)


def test_an_optional_field_may_be_empty():
    assert QuarterFormField(required=False).clean(" ") is None


@pytest.mark.parametrize("text", NO_QUARTERS)
def test_a_form_says_what_was_typed_and_what_to_write(text):
    with pytest.raises(ValidationError) as refusal:
        QuarterFormField().clean(text)
    assert refusal.value.messages == [f"“{text}”不是季度，请写成2021q1这样。"]


def test_a_form_of_a_model_takes_and_shows_the_quarter_as_it_is_written():
    form_class = forms.modelform_factory(Bulletin, fields=["quarter"])
    form = form_class({"quarter": "2021Q1"}, instance=Bulletin(quarter=Quarter(2021, 1)))
    assert form.is_valid()
    assert not form.has_changed()
    assert form.cleaned_data == {"quarter": Quarter(2021, 1)}
    assert 'value="2021q1"' in str(form_class(instance=form.instance)["quarter"])


@patiently
@given(quarters)
def test_every_quarter_has_an_address(quarter):
    address = reverse("quarter", args=[quarter])
    assert address == f"/quarters/{quarter}/"
    assert resolve(address).kwargs == {"quarter": quarter}


@pytest.mark.parametrize("text", NO_QUARTERS)
def test_what_is_no_quarter_has_no_address(text):
    with pytest.raises(Resolver404):
        resolve(f"/quarters/{text}/")
