"""Formsets of the admin with limits far above real use, which redraw all that was typed."""

from collections.abc import Iterable
from typing import Self

from django.contrib.admin import TabularInline
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.forms.models import BaseInlineFormSet, BaseModelFormSet, ModelForm
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

#: Rows that are accepted; the browser offers no more.
MOST_ROWS = 1000
#: Rows that are drawn again with the message that they are too many.
MOST_DRAWN = 1500
#: Digits of a row's number in the name of an input.
_DIGITS = 5


def is_key(model: type[Model], value: object) -> bool:
    """Whether a posted value can be a primary key of ``model`` on any database."""
    try:
        number = model._meta.pk.to_python(value)
    except ValidationError:
        return False
    return isinstance(number, int) and 0 < number < 2**63


class ReadRows:
    """Stands in for the queryset of a field's choices with rows that were read already."""

    def __init__(self, rows: Iterable[Model], queryset: QuerySet):
        """Answer from ``rows``, and from ``queryset`` where another key was posted."""
        self._rows = {str(row.pk): row for row in rows}
        self._queryset = queryset

    def __getattr__(self, name):
        return getattr(self._queryset, name)

    def all(self) -> Self:
        return self

    def using(self, alias: str) -> Self:
        self._queryset = self._queryset.using(alias)
        return self

    def get(self, **lookup) -> Model:
        """Answer the one lookup that Django makes here: by key."""
        (key,) = lookup.values()
        return self._rows.get(str(key)) or self._queryset.get(**lookup)

    def filter(self, **lookup) -> Iterable[Model]:
        """Answer the one lookup that Django makes here: by keys."""
        (keys,) = lookup.values()
        if not isinstance(keys, str) and set(keys) <= set(self._rows):
            return [self._rows[key] for key in keys]
        return self._queryset.filter(**lookup)


def choose_from(field, rows: Iterable[Model]) -> None:
    """Have a form field look its choices up among ``rows`` before it asks the database."""
    field.queryset = ReadRows(rows, field.queryset)


class RowForm(ModelForm):
    """A row that is validated against the database only if it is new or changed."""

    def _post_clean(self):
        if self.instance._state.adding or self.has_changed():
            super()._post_clean()  # type: ignore[misc]  # the stubs leave it out


class RowFormSet(BaseModelFormSet):
    """A formset that counts the rows that were posted, and does not trust the posted number."""

    error_messages: dict[str, str]
    default_error_messages = {
        "too_many_forms": _("一张表最多%(num)d行。还没有保存，填写的都在下面；请删去一些行再保存。")
    }

    def add_fields(self, form, index) -> None:
        """Look a row's key up among the rows that were read; Django would query for each."""
        super().add_fields(form, index)
        if form.instance.pk:
            choose_from(form.fields[form.instance._meta.pk.name], [form.instance])

    def total_form_count(self) -> int:
        """Number of rows, in a posted form at most up to the last one with a field."""
        count = super().total_form_count()
        return min(count, self._sent) if self.is_bound else count

    def clean(self) -> None:
        """Refuse too many rows.

        Django's ``validate_max`` would refuse any row of a table to which the user may add none.
        """
        if self.total_form_count() - len(self.deleted_forms) > MOST_ROWS:
            raise ValidationError(self.error_messages["too_many_forms"] % {"num": MOST_ROWS})
        super().clean()

    @cached_property
    def _sent(self) -> int:
        """Highest number among the names of posted inputs, plus one."""
        head = f"{self.prefix}-"
        sent = (name for name in (*self.data, *self.files) if name.startswith(head))
        numbers = (name.removeprefix(head).partition("-")[0] for name in sent)
        known = (int(one) for one in numbers if one.isdecimal() and len(one) <= _DIGITS)
        return 1 + max(known, default=-1)


class RowInlineFormSet(RowFormSet, BaseInlineFormSet):
    def clean(self) -> None:
        """Check constraints against rows that the table does not show; Django checks the others."""
        super().clean()
        changed = [form for form in self.forms if form.has_changed() and form.is_valid()]
        if not changed or self.instance._state.adding or not self._has_others():
            return
        for form in changed:
            if form not in self.deleted_forms:
                for constraint in form.instance._meta.constraints:
                    try:
                        constraint.validate(type(form.instance), form.instance)
                    except ValidationError as error:
                        form.add_error(None, error)

    def _has_others(self) -> bool:
        shown = [form.instance.pk for form in self.initial_forms if form.instance.pk]
        rows = self.fk.model._base_manager.filter(**{self.fk.name: self.instance})
        return rows.exclude(pk__in=shown).exists()


class RowInline(TabularInline):
    form = RowForm
    formset = RowInlineFormSet
    max_num = MOST_ROWS

    def get_formset(self, request, obj=None, **kwargs) -> type[BaseInlineFormSet]:
        return super().get_formset(request, obj, absolute_max=MOST_DRAWN, **kwargs)
