"""Form fields of days and moments. An unlikely year, mostly a typing error, has to be confirmed."""

import datetime
from typing import Any, Protocol

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

FIRST_YEAR = 1949


class WithYear(Protocol):
    """A day, a moment or a quarter."""

    @property
    def year(self) -> int: ...


def last_year() -> int:
    """Last likely year: the next one, as terms of office and publication are set ahead."""
    return timezone.localdate().year + 1


def is_likely(when: WithYear) -> bool:
    """Whether the year is one that an editor may mean."""
    return FIRST_YEAR <= when.year <= last_year()


def refuse_unlikely(when: WithYear, advice: str = "") -> None:
    """ValidationError for an unlikely year. Serves as a validator of a model field as it is."""
    if not is_likely(when):
        said = {"year": when.year, "first": FIRST_YEAR, "last": last_year(), "advice": advice}
        line = _("年份是%(year)d，不在%(first)d到%(last)d之间，请看看有没有写错。%(advice)s")
        raise ValidationError(line, code="unlikely", params=said)


class Sure(forms.Widget):
    """Mixin of an input: a checkbox beside an unlikely value, which confirms that value only."""

    #: The value that was confirmed. None in a form that was just opened: what is stored was
    #: confirmed when it was saved.
    sure: str | None = None
    #: Whether the checkbox is drawn; set by the field.
    asks = False

    def value_from_datadict(self, data, files, name) -> str | None:
        """Read the confirmation along with the value."""
        self.sure = data.get(f"{name}-sure", "")
        return super().value_from_datadict(data, files, name)

    def render(self, name, value, attrs=None, renderer=None) -> SafeString:
        """Draw the input, and the checkbox where the field asks for one."""
        drawn = super().render(name, value, attrs, renderer)
        if not self.asks:
            return drawn
        typed = self.format_value(value)
        return format_html(
            '{}<label class="sure"><input type="checkbox" name="{}-sure" value="{}"{}> {}</label>',
            drawn,
            name,
            typed,
            mark_safe(" checked") if self.sure in (None, typed) else "",
            _("没有写错，就是%(typed)s") % {"typed": typed},
        )


class Asked(forms.Field):
    """Mixin of a field whose values have a year, with a ``Sure`` widget."""

    widget: type[Sure] | Sure

    def clean(self, value) -> Any:
        """Refuse an unlikely year that was not confirmed."""
        when = super().clean(value)
        if when and self.widget.sure != str(value):
            refuse_unlikely(when, _("确实是这样，就在旁边打勾，再保存。"))
        return when

    def prepare_value(self, value) -> Any:
        """Tell the widget whether it has to ask for a confirmation of ``value``."""
        value = super().prepare_value(value)
        try:
            when = self.to_python(value)
        except ValidationError:
            when = None
        self.widget.asks = when is not None and not is_likely(when)
        return value


class DayInput(Sure, AdminDateWidget):
    pass


class DayField(Asked, forms.DateField):
    widget = DayInput


class MomentInput(Sure, forms.DateTimeInput):
    """An input for which the browser draws its own picker of date and time."""

    input_type = "datetime-local"

    def __init__(self, attrs=None):
        """Set the format that browsers send and expect, without seconds."""
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class MomentField(Asked, forms.DateTimeField):
    """Date and time in the paper's time zone."""

    widget = MomentInput

    def to_python(self, value) -> datetime.datetime | None:
        """ValidationError for a moment outside the calendar once it is converted to UTC."""
        moment = super().to_python(value)
        if moment:
            try:
                moment.astimezone(datetime.UTC)
            except OverflowError:
                raise ValidationError(self.error_messages["invalid"], "invalid") from None
        return moment
