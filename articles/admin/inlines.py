"""Inlines of rows that editors order by number, and of rows with a printed name."""

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.base import LAST
from people.names import fold, is_phrase
from people.shared.autocomplete import AutocompleteFormSet, AutocompleteInline
from people.shared.formsets import RowForm


class OrderedFormSet(AutocompleteFormSet):
    """Renumbers its rows 1, 2, 3 … on saving.

    Of rows with the same number, one that is new or moved up comes first and one that moved down
    comes last, which is what its editor means. A row without a number goes to the end.
    """

    def add_fields(self, form, index):
        """Label each input for screen readers, as the labels are in the head of the table."""
        super().add_fields(form, index)
        for field in form.fields.values():
            if not field.widget.is_hidden:
                field.widget.attrs.setdefault("aria-label", field.label)
        if form.instance.order == LAST:
            form.initial["order"] = None

    def get_unique_error_message(self, unique_check):
        """Name columns by their labels instead of their names in the code."""
        columns = [name for name in unique_check if name != self.fk.name]
        labels = [str(self.model._meta.get_field(name).verbose_name) for name in columns]
        return _("有两行的%(columns)s相同，请改掉一行。") % {"columns": "、".join(labels)}

    def get_form_error(self):
        return _("这一行和前面的一行重复。")

    def save(self, commit=True):
        moved = self._renumber()
        saved = super().save(commit=commit)
        if commit:
            for row in moved:
                row.save(update_fields=["order"])
        return saved

    def _renumber(self):
        """Number the rows; return those whose form has not changed but whose number has."""
        deleted = self.deleted_forms  # a property that validates each form again
        rows = [
            (self._place(form), index, form)
            for index, form in enumerate(self.forms)
            if (form.instance.pk or form.has_changed()) and form not in deleted
        ]
        moved = []
        for place, (_wish, _index, form) in enumerate(sorted(rows, key=lambda row: row[:2]), 1):
            if form.instance.order != place:
                form.instance.order = place
                if not form.has_changed():
                    moved.append(form.instance)
        return moved

    @staticmethod
    def _place(form):
        """Sort key of a row: its number, and -1, 0 or 1 among rows of the same number."""
        before, after = form.initial.get("order"), form.instance.order
        after = LAST if after is None else after
        if before is None:
            return after, -1
        return after, (after > before) - (after < before)


class SwapFormSet(OrderedFormSet):
    """Lets two rows swap values that a unique constraint covers.

    Changed rows are deleted and inserted again with the same key, so that no row conflicts with a
    value which another is about to give up. For models without foreign keys to them.
    """

    def save_existing_objects(self, commit=True):
        """Delete the changed rows first."""
        deleted = self.deleted_forms
        changed = [
            form.instance.pk
            for form in self.initial_forms
            if form.instance.pk and form.has_changed() and form not in deleted
        ]
        if commit and changed:
            self.model.objects.filter(pk__in=changed).delete()
        return super().save_existing_objects(commit)

    def save_existing(self, form, obj, commit=True):
        """Insert the row again with its key."""
        if commit:
            obj.save(force_insert=True)
            return obj
        return super().save_existing(form, obj, commit=False)


class PrintedNameForm(RowForm):
    """A row with a printed name, which may be left empty if a person is linked."""

    #: Message for a phrase instead of a name; empty where phrases are allowed.
    no_phrase = _(
        "“%(phrase)s”不是人名。没有列名的不登记在这里，请登记为会议或观摩督导的出席，填在“职务或称谓”里。"
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["printed_name"].required = False

    def clean(self):
        """Take the name from the person; refuse a row with neither."""
        cleaned = super().clean()
        person = cleaned.get(self.instance.person_field)
        if person and not cleaned.get("printed_name"):
            cleaned["printed_name"] = person.name
        self._refuse_phrase(cleaned.get("printed_name", ""), person)
        if not cleaned.get("printed_name") and self.needs_name(cleaned):
            self.add_error("printed_name", _("请填写见报的姓名，或选择登记过的人。"))
        return cleaned

    def _refuse_phrase(self, name, person):
        # A name that looks like a phrase is accepted if the linked person has it.
        registered = person and fold(person.name) == fold(name)
        if self.no_phrase and is_phrase(name) and not registered:
            self.add_error("printed_name", self.no_phrase % {"phrase": name})

    def needs_name(self, _cleaned):
        """Whether the row has to have a name; a hook for subclasses."""
        return True


class OrderedInline(AutocompleteInline):
    """A compact table of ordered rows: text areas of two lines, and no icons beside links."""

    formset = OrderedFormSet
    extra = 1
    formfield_overrides = {models.TextField: {"widget": forms.Textarea(attrs={"rows": 2})}}

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Remove the icons for add, change and view, which widen each row."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field
