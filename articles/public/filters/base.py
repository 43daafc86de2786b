"""What the filters of every list have in common, and filters of one parameter each."""

from collections.abc import Callable

import django_filters as filters
from django import forms
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Project
from articles.models.loose_index_scan import distinct_values
from articles.quarter import QuarterFormField
from people.models import Official
from people.shared.days import refuse_unlikely


def _put_in_our_words(field):
    """Give the checks of a text messages for readers: Django's are for those who write forms."""
    for check in field.validators:
        if isinstance(check, MaxLengthValidator):
            check.message = _("最多%(limit_value)d个字，您写了%(show_value)d个。")
        elif isinstance(check, ProhibitNullCharactersValidator):
            check.message = _("网址里有不能用的字符，这一条没有筛选。")


class Conditions(forms.Form):
    """Form of the filters of a list, with the checks that concern several fields."""

    def clean(self) -> None:
        """Say that two dates are the wrong way round; the later condition is left out."""
        first, last = (self.cleaned_data.get(name) for name in ("date_after", "date_before"))
        if first and last and last < first:
            self.add_error("date_before", _("比开始的日期还早，两个日期写反了，这一条没有筛选。"))


class RecordFilters(filters.FilterSet):
    """What every list has in common: messages in the reader's language, kept short."""

    @cached_property
    def form(self) -> forms.Form:
        """The form with its messages; a list without conditions does not make it."""
        form = super().form
        for field in form.fields.values():
            field.error_messages.setdefault("required", "")
            _put_in_our_words(field)
            if isinstance(field, forms.DateField):
                field.widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
                field.error_messages["invalid"] = _("请写成2021-04-06这样的日期。")
                field.validators.append(refuse_unlikely)
            elif isinstance(field, forms.ChoiceField) and not isinstance(
                field, forms.ModelChoiceField
            ):
                field.error_messages["invalid_choice"] = _("“%(value)s”不在可选的范围里。")
        return form

    def get_form_class(self) -> type[forms.Form]:
        """Form with the fields of the filters, and the checks between them."""
        return type(f"{type(self).__name__}Form", (Conditions, super().get_form_class()), {})

    def rendered_fields(self) -> list[dict]:
        """Fields with their inputs as HTML, since some ask the database for choices."""
        return [
            {
                "html": str(field),
                "label": field.label,
                "id": field.id_for_label,
                "errors": list(field.errors),
                "is_hidden": field.is_hidden,
            }
            for field in self.form
        ]

    @property
    def chosen(self) -> list[dict]:
        """Valid conditions in force: name, label, value to show, and the query without each."""
        if not self.is_bound:
            return []
        return [
            {
                "name": name,
                "label": self.form.fields[name].label,
                "value": self._shown(name, value),
                "rest": self._query_without(name),
            }
            for name, value in self.form.cleaned_data.items()
            if value not in (None, "") and name != "sort"
        ]

    @property
    def orders(self) -> list[tuple]:
        """Orders to choose from: label, value of ``sort`` or None, whether it is in force."""
        if "sort" not in self.filters:
            return []
        current = self.form.cleaned_data.get("sort", "") if self.is_bound else ""
        labels = self.filters["sort"].labels
        return [(label, value or None, value == current) for value, label in labels.items()]

    def _query_without(self, name):
        rest = self.data.copy()
        for dropped in (name, "page"):
            rest.pop(dropped, None)
        return rest.urlencode()

    def _shown(self, name, value):
        field = self.form.fields[name]
        if isinstance(field, forms.ChoiceField) and isinstance(value, str):
            return dict(field.choices).get(value, value)
        return getattr(value, "label", getattr(value, "choice_label", value))


class QuarterChoice(forms.Select):
    """The quarters on record to choose from; the field itself takes any."""

    def optgroups(self, name, value, attrs=None) -> list:
        """Look the quarters up when the list is drawn."""
        on_record = Article.objects.live().quarters()
        self.choices = [("", _("全部")), *((quarter, quarter.label) for quarter in on_record)]
        return super().optgroups(name, value, attrs)


class QuarterFilter(filters.Filter):
    """Rows of one quarter; a bad value is a message on the form."""

    field_class = QuarterFormField

    def __init__(self, *args, **options):
        super().__init__(*args, widget=QuarterChoice, **options)


class SlugFilter(filters.ModelChoiceFilter):
    """Rows that have to do with one public thing, named by its slug.

    Set by links and not chosen from a list, as there may be thousands: the form carries it along.
    """

    def __init__(self, *args, unknown, **options):
        """``unknown`` is the message for a slug that nothing public has."""
        super().__init__(
            *args,
            to_field_name="slug",
            widget=forms.HiddenInput,
            error_messages={"invalid_choice": unknown},
            **options,
        )


class SortFilter(filters.ChoiceFilter):
    """Order of the rows, chosen by links: the form carries it along, and it narrows nothing."""

    def __init__(self, usual, **orders):
        """Take the label of the usual order, and label and columns of the others by their value."""
        self.orders = {value: columns for value, (_label, columns) in orders.items()}
        self.labels = {"": usual, **{value: label for value, (label, _columns) in orders.items()}}
        super().__init__(choices=list(self.labels.items())[1:], widget=forms.HiddenInput)

    def filter(self, qs, value) -> QuerySet:
        return qs.order_by(*self.orders[value]) if value else qs


class PrintedFilter(filters.ChoiceFilter):
    """Rows with one of the values that public rows hold in a column."""

    def __init__(self, model, *args, **options):
        """Look the values up anew for each request."""

        def values():
            held = distinct_values(model.objects.public(), self.field_name)
            return [(value, value) for value in reversed(held) if value]

        super().__init__(*args, choices=values, empty_label=_("全部"), **options)


class YearFilter(filters.Filter):
    """Rows of one year; a link sets it, and the form carries it along."""

    field_class = forms.IntegerField

    def __init__(self, *args, **options):
        """Take any year that a date can have."""
        said = dict.fromkeys(("invalid", "min_value", "max_value"), _("请写成2021这样的年份。"))
        limits = {"min_value": 1, "max_value": 9999, "error_messages": said}
        super().__init__(*args, "year", widget=forms.HiddenInput, **limits, **options)


def public_rows(model) -> Callable:
    """Queryset of the public rows, taken anew for each request."""
    return lambda _request: model.objects.public()


OFFICIAL = {
    "queryset": lambda _request: Official.objects.public().with_posts(),
    "label": _("人物"),
    "unknown": _("没有“%(value)s”这个人物，请从人物页点进来。"),
}
PROJECT = {
    "queryset": public_rows(Project),
    "label": _("项目"),
    "unknown": _("没有“%(value)s”这个项目，请从项目页点进来。"),
}
