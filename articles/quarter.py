"""Quarters of a year: the value, and its model field, form field and URL converter."""

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
    """Three months of a year, written ``2021q1``; ``number`` is 1 to 4."""

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
        return f"{self.year:04d}q{self.number}"

    @property
    def label(self) -> str:
        """2021年第一季度."""
        return _("%(year)d年第%(number)s季度") % {
            "year": self.year,
            "number": "一二三四"[self.number - 1],
        }

    def shifted(self, count: int) -> "Quarter":
        """Quarter ``count`` quarters later, or earlier if ``count`` is negative."""
        year, index = divmod(self.year * QUARTERS + self.number - 1 + count, QUARTERS)
        return Quarter(year, index + 1)

    @property
    def previous(self) -> "Quarter":
        return self.shifted(-1)

    @property
    def following(self) -> "Quarter":
        return self.shifted(1)


def parse_or_complain(text: str) -> Quarter:
    """Parse what a user typed; ValidationError says how to write it."""
    try:
        return Quarter.parse(text)
    except ValueError:
        raise ValidationError(
            _("“%(value)s”不是季度，请写成2021q1这样。"), code="invalid", params={"value": text}
        ) from None


class QuarterFormField(forms.CharField):
    """Text input whose value is a Quarter, or None if it is empty."""

    def to_python(self, value) -> Quarter | None:
        if isinstance(value, Quarter):
            return value
        text = super().to_python(value)
        return parse_or_complain(text) if text else None


class QuarterInput(Sure, AdminTextInputWidget):
    pass


class AskedQuarterField(Asked, QuarterFormField):
    """A quarter whose year has to be confirmed if it is unlikely."""


class QuarterField(models.CharField):
    """Column of a Quarter, stored as six characters."""

    # Types of the attribute, for django-stubs.
    _pyi_private_set_type: Quarter | str | Combinable
    _pyi_private_get_type: Quarter

    description = gettext_lazy("季度")

    def __init__(self, *args, **options):
        options["max_length"] = 6
        super().__init__(*args, **options)

    def deconstruct(self) -> tuple:
        """Leave the fixed length out of migrations."""
        name, path, args, options = super().deconstruct()
        del options["max_length"]
        return name, path, args, options

    def from_db_value(self, value, _expression, _connection) -> Quarter | None:
        return Quarter.parse(value) if value else None

    def to_python(self, value) -> Quarter | None:
        if value is None or isinstance(value, Quarter):
            return value
        return parse_or_complain(value) if value else None

    def get_prep_value(self, value):
        value = self.to_python(value)
        return None if value is None else str(value)

    def value_to_string(self, obj):
        return self.get_prep_value(self.value_from_object(obj))

    def run_validators(self, value):
        """Do nothing: Django's validators expect text, and a Quarter is always valid."""

    def formfield(self, **options):
        asked = {"form_class": AskedQuarterField, "widget": QuarterInput}
        return super().formfield(**{**options, **asked, "max_length": None})


class QuarterConverter:
    """Path part ``2021q1``. A capital Q matches too, so that the view can redirect."""

    regex = "(?!0000)[0-9]{4}[qQ][1-4]"

    def to_python(self, value):
        return Quarter.parse(value)

    def to_url(self, value):
        return str(value)
