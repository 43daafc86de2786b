"""Autocompletes that redraw a form with any value in it.

Django's own look the posted value up before they draw it again, and a value that is no key, which
only a crafted request has, ends in a server error.
"""

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.forms.models import ModelChoiceField, ModelForm, ModelMultipleChoiceField

from people.shared.formsets import ReadRows, RowInline, RowInlineFormSet, is_key


class _KeysOnly:
    def optgroups(self, name, value, attrs=None):
        """Options for what can be a key; the message on the field speaks of the rest."""
        model = self.field.remote_field.model
        keys = [item for item in value if not item or is_key(model, item)]
        return super().optgroups(name, keys, attrs)


def choice_label(row) -> str:
    """What tells ``row`` from others where one is chosen: more than a name that two may share."""
    return getattr(row, "choice_label", None) or str(row)


class OneField(ModelChoiceField):
    """One linked row."""

    def label_from_instance(self, row):
        """As in every choice."""
        return choice_label(row)


class SeveralField(ModelMultipleChoiceField):
    """Several linked rows; what can be no key is a message, not an error of the database."""

    label_from_instance = OneField.label_from_instance

    def _check_values(self, value):
        for key in value:
            if not is_key(self.queryset.model, key):
                raise ValidationError(
                    self.error_messages["invalid_choice"], "invalid_choice", {"value": key}
                )
        return super()._check_values(value)


class ForeignKeyAutocomplete(_KeysOnly, AutocompleteSelect):
    """For a foreign key."""


class ManyToManyAutocomplete(_KeysOnly, AutocompleteSelectMultiple):
    """For a many-to-many field."""


class Autocompletes:
    """For a ModelAdmin or an inline: draws its ``autocomplete_fields`` with these."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Field of one linked row."""
        options = self._drawn(
            ForeignKeyAutocomplete, db_field, request, {"form_class": OneField, **kwargs}
        )
        return super().formfield_for_foreignkey(db_field, request, **options)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """Field of several linked rows."""
        options = self._drawn(
            ManyToManyAutocomplete, db_field, request, {"form_class": SeveralField, **kwargs}
        )
        return super().formfield_for_manytomany(db_field, request, **options)

    def _drawn(self, widget, db_field, request, options):
        if db_field.name in self.get_autocomplete_fields(request):
            options.setdefault("widget", widget(db_field, self.admin_site))
        return options


def _is_drawn_by(field, widget):
    """Whether a form field is drawn by ``widget``, with or without the icons beside it."""
    return isinstance(getattr(field.widget, "widget", field.widget), widget)


class AutocompleteFormSet(RowInlineFormSet):
    """Rows whose autocompletes show what was read along with the rows, and ask no more."""

    def add_fields(self, form, index):
        """Hand each autocomplete the linked rows of its own row."""
        super().add_fields(form, index)
        if form.instance.pk is None:
            return
        for name, field in form.fields.items():
            if _is_drawn_by(field, ForeignKeyAutocomplete):
                linked = getattr(form.instance, name)
                field.queryset = ReadRows([linked] if linked else [], field.queryset)
            elif _is_drawn_by(field, ManyToManyAutocomplete):
                field.queryset = ReadRows(getattr(form.instance, name).all(), field.queryset)


class AutocompleteForm(ModelForm):
    """A form whose autocompletes of several rows show those that its values were read from."""

    def __init__(self, *args, **options):
        """Hand each the rows of its initial value."""
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            if self.instance.pk and _is_drawn_by(field, ManyToManyAutocomplete):
                field.queryset = ReadRows(self.initial.get(name, []), field.queryset)

    def _post_clean(self):
        super()._post_clean()
        # A list that was left as it is stored is not written.
        for name, field in self.fields.items():
            if isinstance(field, SeveralField) and name not in self.changed_data:
                self.cleaned_data.pop(name, None)


class AutocompleteInline(Autocompletes, RowInline):
    """A table of rows that is read in as many queries however many rows and links it has."""

    formset = AutocompleteFormSet

    def get_queryset(self, request):
        """Rows with what their autocompletes show."""
        fields = [self.model._meta.get_field(name) for name in self.autocomplete_fields]
        needs = [
            need
            for field in fields
            if hasattr(field.related_model, "choice_label_needs")
            for need in field.related_model.choice_label_needs(f"{field.name}__")
        ]
        rows = super().get_queryset(request)
        rows = rows.select_related(*[one.name for one in fields if not one.many_to_many])
        return rows.prefetch_related(*[one.name for one in fields if one.many_to_many], *needs)
