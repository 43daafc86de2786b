"""Columns and form fields of plain text, and look-ups that ignore how its letters are encoded."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.db import models
from django.db.models import CharField, Func, TextField, Value
from django.db.models.functions import Lower, Replace
from django.db.models.lookups import IContains

from people.shared.characters import DOTS, ideographs, is_seen, searchable, with_dots

# Whatever some browser, font or file format takes for the end of a line.
_BREAKS = re.compile("[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]")
_STRANGE_BREAKS = re.compile("\r(?!\n)|[\v\f\x1c-\x1f\x85\u2028\u2029]")
# Control characters and lone surrogates, which XML forbids and PostgreSQL partly refuses; marks
# that change the direction of writing; zero-width characters other than joiners; Hangul fillers.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\u115f\u1160\u180e\u3164\uffa0\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)


def one_line(text: str) -> str:
    """``text`` with a space for each line break, without invisible characters."""
    text = _visible(text)
    parts = _BREAKS.split(text)
    return " ".join(filter(None, map(str.strip, parts))) if len(parts) > 1 else text


def usual_lines(text: str) -> str:
    r"""``text`` with ``\n`` for each unusual line break, without invisible characters."""
    return _STRANGE_BREAKS.sub("\n", _visible(text))


def one_name(text: str) -> str:
    """``one_line`` with the right middle dot, for names of persons."""
    return with_dots(one_line(text))


def _visible(text: str) -> str:
    """``text`` without invisible characters, radicals replaced; empty if nothing can be seen."""
    return ideographs(_INVISIBLE.sub("", text)) if is_seen(text) else ""


class Words(forms.CharField):
    """A text field that takes invisible text for empty, so that a required one refuses it."""

    def to_python(self, value) -> str | None:
        """Leave text with a NUL as it is: Django's own validator has a message for it."""
        value = super().to_python(value)
        return value if is_seen(value) or "\0" in value else self.empty_value

    def has_changed(self, initial, data) -> bool:
        """Whether it is another text: a browser ends lines in its own way."""
        return super().has_changed(*(one and one.replace("\r\n", "\n") for one in (initial, data)))


class Folded(models.Field):
    """Mixin of a column whose text is normalised on every way in: form, fixture, bulk, update."""

    #: Name of the Django class that migrations use in its place.
    django_class: str

    @staticmethod
    def fold(text: str) -> str:
        """Normalise text; a subclass says how."""
        raise NotImplementedError

    def to_python(self, value) -> Any:
        """Normalise the text of forms, fixtures and queries: all pass here."""
        value = super().to_python(value)
        return self.fold(value) if isinstance(value, str) else value

    def pre_save(self, model_instance, add) -> Any:
        """Normalise the value on the instance too, so that it equals what is stored."""
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):  # not an expression
            value = self.fold(value)
            setattr(model_instance, self.attname, value)
        return value

    def formfield(self, **options) -> forms.Field | None:
        return super().formfield(**{"form_class": Words, **options})

    def deconstruct(self) -> tuple[str, str, Sequence, dict]:
        """Name Django's class, so that migrations do not depend on ours."""
        name, _path, args, options = super().deconstruct()
        return name, f"django.db.models.{self.django_class}", args, options


class LineField(Folded, models.CharField):
    """Text of one line."""

    fold = staticmethod(one_line)
    django_class = "CharField"


class NameField(LineField):
    """Name of a person, as printed."""

    fold = staticmethod(one_name)


class LinesField(Folded, models.TextField):
    """Text of any number of lines."""

    fold = staticmethod(usual_lines)
    django_class = "TextField"


class NFKC(Func):
    """Text in Unicode's NFKC. On SQLite the function is defined by ``newsroom.sqlite``."""

    function = "NFKC"
    output_field = TextField()

    def as_postgresql(self, compiler, connection, **context) -> tuple[str, Sequence]:
        return self.as_sql(
            compiler, connection, template="NORMALIZE(%(expressions)s, NFKC)", **context
        )


def folded(column: str) -> Func:
    """What ``people.names.fold`` does, as an expression: NFKC, lower case, no spaces and dots."""
    expression: Func = Lower(NFKC(column))
    for character in f" .{DOTS}":
        expression = Replace(expression, Value(character), output_field=TextField())
    return expression


class Holds(IContains):
    """``__holds``: like ``__icontains``, but full-width letters equal others (ＰＰＰ is PPP)."""

    def __init__(self, lhs, rhs):
        super().__init__(NFKC(lhs), searchable(rhs))


for field in (CharField, TextField):
    field.register_lookup(Holds, "holds")
