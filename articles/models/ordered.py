"""Rows of a list that an editor puts in order."""

from django.db import models
from django.utils.translation import gettext_lazy as _

#: A row without an order stands after all that have one.
LAST = 32767


class OrderField(models.PositiveSmallIntegerField):
    """Place in a list, counted from 1; what a person leaves empty goes last."""

    def __init__(self, *args, **options):
        """Default to the end of the list."""
        super().__init__(*args, **{"default": LAST, "blank": True, **options})

    def get_prep_value(self, value):
        """Number of the row; the end for none."""
        return LAST if value is None else super().get_prep_value(value)

    def formfield(self, **options):
        """Optional number, empty in a new row."""
        return super().formfield(**{"required": False, "initial": None, **options})


class Ordered(models.Model):
    """A row with a place among its siblings. No constraint: the desk's formset renumbers."""

    order = OrderField(_("次序"))

    class Meta:
        abstract = True
        ordering = ("order", "pk")


class PrintsName(Ordered):
    """A row with a ``printed_name`` that links whom it names, where that is known."""

    #: Name of the foreign key to that person.
    person_field = "official"

    class Meta(Ordered.Meta):
        abstract = True

    @property
    def person_id(self):
        """Key of who is linked, or None."""
        return getattr(self, f"{self.person_field}_id")
