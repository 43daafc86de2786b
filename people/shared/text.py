"""Text as columns keep it, one line where it is one, and as look-ups compare it."""

import re

from django import forms
from django.db import models
from django.db.models import CharField, Func, TextField, Value
from django.db.models.functions import Lower, Replace
from django.db.models.lookups import IContains

from people.shared.characters import DOTS, ideographs, is_seen, searchable, with_dots

# Whatever ends a line somewhere: in a browser, a font, a file. Fonts fail at half of them.
_BREAKS = re.compile("[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]")
_STRANGE_BREAKS = re.compile("\r(?!\n)|[\v\f\x1c-\x1f\x85\u2028\u2029]")
# Controls and halves of characters, which XML forbids and PostgreSQL may; what turns the direction
# of writing around; marks without a width, other than those that join letters; fillers of Korean.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\u115f\u1160\u180e\u3164\uffa0\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)


def one_line(text: str) -> str:
    """Text with a space for each break, without what nobody sees."""
    text = _seen(text)
    parts = _BREAKS.split(text)
    return " ".join(filter(None, map(str.strip, parts))) if len(parts) > 1 else text


def usual_lines(text: str) -> str:
    """Text with usual breaks only, without what nobody sees."""
    return _STRANGE_BREAKS.sub("\n", _seen(text))


def one_name(text: str) -> str:
    """The same as ``one_line``, with the one dot that names have."""
    return with_dots(one_line(text))


def _seen(text):
    """Text of characters that are seen, none for another; empty where it shows nothing at all."""
    return ideographs(_UNSEEN.sub("", text)) if is_seen(text) else ""


class Words(forms.CharField):
    """Input of text; what shows nothing is nothing, and refused where something is asked for."""

    def to_python(self, value):
        """The text; of a NUL in it Django's own check speaks."""
        value = super().to_python(value)
        return value if is_seen(value) or "\0" in value else self.empty_value


class Folded:
    """A column whose text is folded by whatever it is written: form, fixture, bulk, update."""

    #: What folds it, and the class of Django's that migrations are to name.
    fold = django_s = None

    def to_python(self, value):
        """Folded text; what forms and fixtures say and what queries send all comes by here."""
        value = super().to_python(value)
        return self.fold(value) if isinstance(value, str) else value

    def pre_save(self, model_instance, add):
        """Leave on the instance what the row will hold."""
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):  # and no expression
            value = self.fold(value)
            setattr(model_instance, self.attname, value)
        return value

    def formfield(self, **options):
        """Input that is empty where nothing of it is seen."""
        return super().formfield(**{"form_class": Words, **options})

    def deconstruct(self):
        """Describe the column as it is in the database: as Django's."""
        name, _path, args, options = super().deconstruct()
        return name, f"django.db.models.{self.django_s}", args, options


class LineField(Folded, models.CharField):
    """Text of one line."""

    fold, django_s = staticmethod(one_line), "CharField"


class NameField(LineField):
    """Name of a person, as printed."""

    fold = staticmethod(one_name)


class LinesField(Folded, models.TextField):
    """Text of any number of lines."""

    fold, django_s = staticmethod(usual_lines), "TextField"


class NFKC(Func):
    """Text in Unicode's form for comparison; SQLite's function is newsroom.sqlite's."""

    function, output_field = "NFKC", TextField()

    def as_postgresql(self, compiler, connection, **context):
        """As a function of its own."""
        return self.as_sql(
            compiler, connection, template="NORMALIZE(%(expressions)s, NFKC)", **context
        )


def folded(column):
    """Expression: a column as ``fold`` has a name: NFKC, small letters, no spaces and dots."""
    column = Lower(NFKC(column))
    for character in f" .{DOTS}":
        column = Replace(column, Value(character), output_field=TextField())
    return column


class Holds(IContains):
    """Whether a column holds some words, however wide their letters are: PPP is ＰＰＰ."""

    def __init__(self, lhs, rhs):
        """Compare both sides in one form."""
        super().__init__(NFKC(lhs), searchable(rhs))


for field in (CharField, TextField):
    field.register_lookup(Holds, "holds")
