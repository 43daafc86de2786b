"""Tables of rows at the desk: limits far above what a paper prints, where nothing typed is lost."""

from django.contrib.admin import TabularInline
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet, BaseModelFormSet, ModelForm
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

#: Rows that a table takes; a browser offers no more. Up to ``MOST_DRAWN`` are shown again.
MOST_ROWS = 1000
MOST_DRAWN = 1500
_DIGITS = 5


def is_key(model, value) -> bool:
    """Whether a database can look for a row of ``model`` by what was posted."""
    try:
        number = model._meta.pk.to_python(value)
    except ValidationError:
        return False
    return isinstance(number, int) and 0 < number < 2**63


class ReadRows:
    """Rows that were read already, where a field expects the queryset of its choices."""

    def __init__(self, rows, queryset):
        """Answer with ``rows``; ask ``queryset`` where someone posted another."""
        self._rows = {str(row.pk): row for row in rows}
        self._queryset = queryset

    def __getattr__(self, name):
        """What else a queryset has."""
        return getattr(self._queryset, name)

    def all(self):
        """As a queryset's."""
        return self

    def using(self, alias):
        """As a queryset's."""
        self._queryset = self._queryset.using(alias)
        return self

    def get(self, **lookup):
        """The row of the key that the only lookup names."""
        (key,) = lookup.values()
        return self._rows.get(str(key)) or self._queryset.get(**lookup)

    def filter(self, **lookup):
        """The rows of the keys that the only lookup names."""
        (keys,) = lookup.values()
        if not isinstance(keys, str) and set(keys) <= set(self._rows):
            return [self._rows[key] for key in keys]
        return self._queryset.filter(**lookup)


class RowForm(ModelForm):
    """One row; left as it is stored, it is not asked after once more."""

    def _post_clean(self):
        if self.instance._state.adding or self.has_changed():
            super()._post_clean()


class RowFormSet(BaseModelFormSet):
    """A table that makes forms of the rows that were sent, whatever number of them it is told."""

    default_error_messages = {
        "too_many_forms": _("一张表最多%(num)d行。还没有保存，填写的都在下面；请删去一些行再保存。")
    }

    def add_fields(self, form, index):
        """Take the key of a row for the row that was read: Django reads each once more."""
        super().add_fields(form, index)
        field = form.fields[self._pk_field.name]
        if form.instance.pk:
            field.queryset = ReadRows([form.instance], field.queryset)

    def total_form_count(self):
        """Number of rows; of those sent, at most up to the last with a field."""
        count = super().total_form_count()
        return min(count, self._sent) if self.is_bound else count

    def clean(self):
        """Refuse too many; Django's own check takes a table that nobody may add to for full."""
        if self.total_form_count() - len(self.deleted_forms) > MOST_ROWS:
            raise ValidationError(self.error_messages["too_many_forms"] % {"num": MOST_ROWS})
        super().clean()

    @cached_property
    def _sent(self):
        head = f"{self.prefix}-"
        sent = (name for name in (*self.data, *self.files) if name.startswith(head))
        numbers = (name.removeprefix(head).partition("-")[0] for name in sent)
        known = (int(one) for one in numbers if one.isdecimal() and len(one) <= _DIGITS)
        return 1 + max(known, default=-1)


class RowInlineFormSet(RowFormSet, BaseInlineFormSet):
    """The same, of the rows of one thing."""

    def clean(self):
        """Refuse a row like one that the table does not show: Django compares those it shows."""
        super().clean()
        changed = [form for form in self.forms if form.has_changed() and form.is_valid()]
        if not changed or self.instance._state.adding or not self._has_others():
            return
        for form in changed:
            if form not in self.deleted_forms:
                for constraint in self.model._meta.constraints:
                    try:
                        constraint.validate(self.model, form.instance)
                    except ValidationError as error:
                        form.add_error(None, error)

    def _has_others(self):
        shown = [form.instance.pk for form in self.initial_forms if form.instance.pk]
        rows = self.model._base_manager.filter(**{self.fk.name: self.instance})
        return rows.exclude(pk__in=shown).exists()


class RowInline(TabularInline):
    """A table in the form of a thing, within the limits of all tables."""

    form = RowForm
    formset = RowInlineFormSet
    max_num = MOST_ROWS

    def get_formset(self, request, obj=None, **kwargs):
        """Class of the table."""
        return super().get_formset(request, obj, absolute_max=MOST_DRAWN, **kwargs)
