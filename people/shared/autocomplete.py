"""Autocompletes that redraw a form with any posted value, and that read links with their rows.

Django's own look up a posted value to draw it again, and fail with a server error where a crafted
request has sent something that cannot be a primary key.
"""

from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import (
    AutocompleteMixin,
    AutocompleteSelect,
    AutocompleteSelectMultiple,
)
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.forms.models import ModelChoiceField, ModelForm, ModelMultipleChoiceField

from people.shared.formsets import RowInline, RowInlineFormSet, choose_from, is_key


class _KeysOnly(AutocompleteMixin):
    def optgroups(self, name, value, attrs=None) -> list:
        """Draw only what can be a key; the field has a message for the rest."""
        model = self.field.remote_field.model
        keys = [item for item in value if not item or is_key(model, item)]
        return super().optgroups(name, keys, attrs)


def choice_label(row: Model) -> str:
    """Label of a row in a list of choices: with more than its name, as two may share one."""
    return getattr(row, "choice_label", None) or str(row)


class OneField(ModelChoiceField):
    def label_from_instance(self, obj) -> str:
        return choice_label(obj)


class SeveralField(ModelMultipleChoiceField):
    """Several linked rows; what cannot be a key is a message, not an error of the database."""

    def label_from_instance(self, obj) -> str:
        return choice_label(obj)

    def _check_values(self, value):
        for key in value:
            if not is_key(self.queryset.model, key):  # type: ignore[union-attr]  # it has one
                raise ValidationError(
                    self.error_messages["invalid_choice"], "invalid_choice", {"value": key}
                )
        return super()._check_values(value)  # type: ignore[misc]  # the stubs leave it out


class ForeignKeyAutocomplete(_KeysOnly, AutocompleteSelect):
    pass


class ManyToManyAutocomplete(_KeysOnly, AutocompleteSelectMultiple):
    pass


class Autocompletes(BaseModelAdmin):
    """Mixin of a ModelAdmin or an inline: draws its ``autocomplete_fields`` with these widgets."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs) -> ModelChoiceField | None:
        options = self._drawn(
            ForeignKeyAutocomplete, db_field, request, {"form_class": OneField, **kwargs}
        )
        return super().formfield_for_foreignkey(db_field, request, **options)

    def formfield_for_manytomany(
        self, db_field, request, **kwargs
    ) -> ModelMultipleChoiceField | None:
        options = self._drawn(
            ManyToManyAutocomplete, db_field, request, {"form_class": SeveralField, **kwargs}
        )
        return super().formfield_for_manytomany(db_field, request, **options)

    def _drawn(self, widget, db_field, request, options):
        if db_field.name in self.get_autocomplete_fields(request):
            options.setdefault("widget", widget(db_field, self.admin_site))
        return options


def _is_drawn_by(field, widget):
    """Whether a field has such a widget, bare or inside the admin's wrapper with its icons."""
    return isinstance(getattr(field.widget, "widget", field.widget), widget)


class AutocompleteFormSet(RowInlineFormSet):
    """Rows whose autocompletes draw what was read along with the rows, without further queries."""

    def add_fields(self, form, index) -> None:
        super().add_fields(form, index)
        if form.instance.pk is None:
            return
        for name, field in form.fields.items():
            if _is_drawn_by(field, ForeignKeyAutocomplete):
                linked = getattr(form.instance, name)
                choose_from(field, [linked] if linked else [])
            elif _is_drawn_by(field, ManyToManyAutocomplete):
                choose_from(field, getattr(form.instance, name).all())


class AutocompleteForm(ModelForm):
    """A form whose many-to-many autocompletes draw its initial values without further queries."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            if self.instance.pk and _is_drawn_by(field, ManyToManyAutocomplete):
                choose_from(field, self.initial.get(name, []))

    def _post_clean(self):
        super()._post_clean()  # type: ignore[misc]  # the stubs leave it out
        # Do not write lists that were not changed.
        for name, field in self.fields.items():
            if isinstance(field, SeveralField) and name not in self.changed_data:
                self.cleaned_data.pop(name, None)


class AutocompleteInline(Autocompletes, RowInline):
    """A table whose number of queries does not grow with its rows and links."""

    formset = AutocompleteFormSet

    def get_queryset(self, request) -> QuerySet:
        """Load what the autocompletes draw along with the rows."""
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
