"""Fields and abstract models that several models of stories and records share."""

from collections.abc import Sequence
from typing import Self

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.quarter import Quarter
from people.shared.following import Following, follows_flag

#: Order of a row for which none was given: after all others.
LAST = 32767


class OrderField(models.PositiveSmallIntegerField):
    """Place in a list, counted from 1; a row whose input is left empty goes last."""

    def __init__(self, *args, **options):
        super().__init__(*args, **{"default": LAST, "blank": True, **options})

    def get_prep_value(self, value) -> int:
        return LAST if value is None else super().get_prep_value(value)

    def formfield(self, **options) -> forms.Field | None:
        return super().formfield(**{"required": False, "initial": None, **options})


class Ordered(models.Model):
    """A row with a place among its siblings, without a constraint, as formsets renumber rows."""

    order = OrderField(_("次序"))

    class Meta:
        abstract = True
        ordering = ("order", "pk")


class PrintsName(Ordered):
    """A row with a ``printed_name``, and a link to the person if that is known."""

    #: Name of the foreign key to that person.
    person_field = "official"
    printed_name: models.CharField

    class Meta(Ordered.Meta):
        abstract = True

    @property
    def person_id(self) -> int | None:
        return getattr(self, f"{self.person_field}_id")


class ProtectedManyToManyField(models.ManyToManyField):
    """A many-to-many field that protects the linked rows from deletion.

    A through model with PROTECT would do that too, but the admin leaves its field out of forms
    (admin.E013) and a dump leaves out its rows. Migrations see an ordinary ManyToManyField, as
    databases do not know ``on_delete``.
    """

    def contribute_to_class(self, cls, name, **options) -> None:
        """Set PROTECT on the last column of the link table, the foreign key to the linked row."""
        super().contribute_to_class(cls, name, **options)
        self.remote_field.through._meta.local_fields[-1].remote_field.on_delete = models.PROTECT

    def deconstruct(self) -> tuple[str, str, Sequence, dict]:
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.ManyToManyField", args, options


class QuarterFollows(Following):
    """A row whose ``quarter`` follows ``natural_quarter``."""

    quarter_follows = follows_flag(_("季度随刊期或日期"))

    class Meta:
        abstract = True

    def natural_quarter(self) -> Quarter:
        """Quarter of the bulletin or the day."""
        raise NotImplementedError

    def derived_quarter(self, _stored: Self | None) -> Quarter:
        return self.natural_quarter()
