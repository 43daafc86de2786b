"""The quarter that a record belongs to: a small value, and its ways into models, forms and URLs."""

import datetime
import re
from dataclasses import dataclass

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.expressions import Combinable
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.shared.days import Asked, Sure

_WRITTEN = re.compile(r"(\d{4})q([1-4])", re.IGNORECASE | re.ASCII)
#: Months of a quarter, quarters of a year.
MONTHS, QUARTERS = 3, 4


@dataclass(frozen=True, order=True)
class Quarter:
    """Three months of a year; written ``2021q1``."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> "Quarter":
        """Quarter from ``2021q1`` or ``2021Q1``; ValueError for anything else."""
        match = _WRITTEN.fullmatch(text.strip())
        if not match or int(match[1]) < datetime.MINYEAR:
            msg = f"not a quarter: {text!r}"
            raise ValueError(msg)
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: datetime.date) -> "Quarter":
        """Quarter in which ``day`` falls."""
        return cls(day.year, (day.month - 1) // MONTHS + 1)

    def __str__(self):
        """As it is stored and addressed."""
        return f"{self.year:04d}q{self.number}"

    @property
    def label(self) -> str:
        """As a reader says it: 2021年第一季度."""
        return _("%(year)d年第%(number)s季度") % {
            "year": self.year,
            "number": "一二三四"[self.number - 1],
        }

    def shifted(self, count: int) -> "Quarter":
        """The quarter ``count`` later, or earlier where it is negative."""
        year, index = divmod(self.year * QUARTERS + self.number - 1 + count, QUARTERS)
        return Quarter(year, index + 1)

    @property
    def previous(self) -> "Quarter":
        """The quarter before."""
        return self.shifted(-1)

    @property
    def following(self) -> "Quarter":
        """The quarter after."""
        return self.shifted(1)


def parse_or_complain(text: str) -> Quarter:
    """Quarter that a person typed; ValidationError says what to write instead."""
    try:
        return Quarter.parse(text)
    except ValueError:
        raise ValidationError(
            _("“%(value)s”不是季度，请写成2021q1这样。"), code="invalid", params={"value": text}
        ) from None


class QuarterFormField(forms.CharField):
    """Text input whose value is a Quarter, or None when empty."""

    def to_python(self, value):
        """Quarter, None, or a message that names what was typed."""
        if isinstance(value, Quarter):
            return value
        text = super().to_python(value)
        return parse_or_complain(text) if text else None


class QuarterInput(Sure, AdminTextInputWidget):
    """A quarter at the desk."""


class AskedQuarterField(Asked, QuarterFormField):
    """A quarter of a record: asks where the year is unlikely."""


class QuarterField(models.CharField):
    """Column of six characters holding a Quarter."""

    # Types of the attribute, for django-stubs.
    _pyi_private_set_type: Quarter | str | Combinable
    _pyi_private_get_type: Quarter

    description = gettext_lazy("季度")

    def __init__(self, *args, **options):
        """Fix the width: a quarter has six characters."""
        options["max_length"] = 6
        super().__init__(*args, **options)

    def deconstruct(self):
        """Leave the fixed width out of migrations."""
        name, path, args, options = super().deconstruct()
        del options["max_length"]
        return name, path, args, options

    def from_db_value(self, value, _expression, _connection):
        """Quarter from a row."""
        return Quarter.parse(value) if value else None

    def to_python(self, value):
        """Quarter from a form, a fixture or an assignment."""
        if value is None or isinstance(value, Quarter):
            return value
        return parse_or_complain(value) if value else None

    def get_prep_value(self, value):
        """Text for the row."""
        value = self.to_python(value)
        return None if value is None else str(value)

    def value_to_string(self, obj):
        """Text for a fixture."""
        return self.get_prep_value(self.value_from_object(obj))

    def run_validators(self, value):
        """Nothing more to ask: the width is the column's, and a Quarter is valid by itself."""

    def formfield(self, **options):
        """Text input that takes 2021q1."""
        asked = {"form_class": AskedQuarterField, "widget": QuarterInput}
        return super().formfield(**{**options, **asked, "max_length": None})


class QuarterConverter:
    """Path part ``2021q1``; capital Q is matched so that it can redirect."""

    regex = "(?!0000)[0-9]{4}[qQ][1-4]"

    def to_python(self, value):
        """Quarter of the address."""
        return Quarter.parse(value)

    def to_url(self, value):
        """Address of the quarter."""
        return str(value)
