"""Days as they are typed: one of a year that is hardly meant is taken only where it is."""

import datetime

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

FIRST_YEAR = 1949


def last_year() -> int:
    """The next one: terms and hours are set ahead."""
    return timezone.localdate().year + 1


def is_likely(when) -> bool:
    """Whether someone who writes this day, moment or quarter is likely to mean it."""
    return FIRST_YEAR <= when.year <= last_year()


def refuse_unlikely(when, advice="") -> None:
    """ValidationError for what is hardly meant; a validator by itself."""
    if not is_likely(when):
        said = {"year": when.year, "first": FIRST_YEAR, "last": last_year(), "advice": advice}
        line = _("年份是%(year)d，不在%(first)d到%(last)d之间，请看看有没有写错。%(advice)s")
        raise ValidationError(line, code="unlikely", params=said)


class Sure:
    """For an input: beside what is hardly meant stands a tick that it is, good for that alone."""

    #: What was ticked; None in a form that was just opened, whose value was ticked once.
    sure = None
    asks = False

    def value_from_datadict(self, data, files, name):
        """What was typed; the tick is remembered."""
        self.sure = data.get(f"{name}-sure", "")
        return super().value_from_datadict(data, files, name)

    def render(self, name, value, attrs=None, renderer=None):
        """The input, and the tick where it is needed."""
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


class Asked:
    """For a field whose values have a year: asks where it is unlikely. Its widget is Sure."""

    def clean(self, value):
        """The value, if it is likely or ticked."""
        when = super().clean(value)
        if when and self.widget.sure != str(value):
            refuse_unlikely(when, _("确实是这样，就在旁边打勾，再保存。"))
        return when

    def prepare_value(self, value):
        """The value as it is drawn, of which the widget hears whether it has to ask."""
        value = super().prepare_value(value)
        try:
            when = self.to_python(value)
        except ValidationError:
            when = None
        self.widget.asks = bool(when) and not is_likely(when)
        return value


class DayInput(Sure, AdminDateWidget):
    """A day, with the desk's calendar."""


class DayField(Asked, forms.DateField):
    """A day."""

    widget = DayInput


class MomentInput(Sure, forms.DateTimeInput):
    """A moment, in the browser's own picker."""

    input_type = "datetime-local"

    def __init__(self, attrs=None):
        """Minutes, as that picker writes them."""
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class MomentField(Asked, forms.DateTimeField):
    """A moment in the paper's time zone."""

    widget = MomentInput

    def to_python(self, value):
        """The moment; a message for one that no other time zone has."""
        moment = super().to_python(value)
        if moment:
            try:
                moment.astimezone(datetime.UTC)
            except OverflowError:
                raise ValidationError(self.error_messages["invalid"], "invalid") from None
        return moment
