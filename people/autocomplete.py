"""Autocompletes that redraw a form with any value in it.

Django's own look the posted value up before they draw it again, and a value that is no key, which
only a crafted request has, ends in a server error.
"""

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError


class _KeysOnly:
    def optgroups(self, name, value, attrs=None):
        """Options for what can be a key; the message on the field speaks of the rest."""
        return super().optgroups(name, [item for item in value if self._is_key(item)], attrs)

    def _is_key(self, value):
        if not value:
            return True
        try:
            number = self.field.remote_field.model._meta.pk.to_python(value)
        except ValidationError:
            return False
        return 0 < number < 2**63


class OneOf(_KeysOnly, AutocompleteSelect):
    """For a foreign key."""


class SomeOf(_KeysOnly, AutocompleteSelectMultiple):
    """For a many-to-many field."""


class Autocompletes:
    """For a ModelAdmin or an inline: draws its ``autocomplete_fields`` with these."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Field of one linked row."""
        return super().formfield_for_foreignkey(
            db_field, request, **self._drawn(OneOf, db_field, request, kwargs)
        )

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """Field of several linked rows."""
        return super().formfield_for_manytomany(
            db_field, request, **self._drawn(SomeOf, db_field, request, kwargs)
        )

    def _drawn(self, widget, db_field, request, options):
        if db_field.name in self.get_autocomplete_fields(request):
            options.setdefault("widget", widget(db_field, self.admin_site))
        return options
