"""What the models of stories and records share: kinds of fields and of rows."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.shared.following import Following, follows_flag

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


class ProtectedManyToManyField(models.ManyToManyField):
    """Links whose far side cannot be deleted; the near side takes its links along.

    Explicit through models would say the same, but Django's admin leaves their field out of a form
    (admin.E013) and a dump leaves out their links. Migrations see an ordinary ManyToManyField:
    databases do not know ``on_delete``.
    """

    def contribute_to_class(self, cls, name, **options):
        """Make the link table, and protect what its last column, the far key, names."""
        super().contribute_to_class(cls, name, **options)
        self.remote_field.through._meta.local_fields[-1].remote_field.on_delete = models.PROTECT

    def deconstruct(self):
        """Django's own field."""
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.ManyToManyField", args, options


class QuarterFollows(Following):
    """A row whose ``quarter`` is that of ``natural_quarter`` as long as it follows."""

    quarter_follows = follows_flag(_("季度随刊期或日期"))

    class Meta:
        abstract = True

    def natural_quarter(self):
        """Quarter of what it follows."""
        raise NotImplementedError

    def derived_quarter(self, _stored):
        """The same: what is stored has no say."""
        return self.natural_quarter()
