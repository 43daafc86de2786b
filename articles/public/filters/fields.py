"""Filters of one parameter each, and how their inputs are drawn."""

import django_filters as filters
from django import forms
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Project
from articles.models.loose import distinct_values
from articles.quarter import QuarterFormField
from people.models import Official


class QuarterChoice(forms.Select):
    """The quarters on record to choose from; the field itself takes any."""

    def optgroups(self, name, value, attrs=None):
        """Look the quarters up when the list is drawn."""
        on_record = Article.objects.live().quarters()
        self.choices = [("", _("全部")), *((quarter, quarter.label) for quarter in on_record)]
        return super().optgroups(name, value, attrs)


class QuarterFilter(filters.Filter):
    """Rows of one quarter; a bad value is a message on the form."""

    field_class = QuarterFormField

    def __init__(self, *args, **options):
        """Offer the quarters on record."""
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

    def filter(self, qs, value):
        """The rows in that order."""
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


def public_rows(model):
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
