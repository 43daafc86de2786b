"""Lists that an editor orders by typing numbers; rows that take a name from whom they link."""

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

    Of two rows with one number, a row that moved up or is new goes first and a row that moved
    down goes last, as the person who typed it means; a row without a number goes to the end.
    """

    def add_fields(self, form, index):
        """Label each input for those who cannot see the column's heading."""
        super().add_fields(form, index)
        for field in form.fields.values():
            if not field.widget.is_hidden:
                field.widget.attrs.setdefault("aria-label", field.label)
        if form.instance.order == LAST:
            form.initial["order"] = None

    def get_unique_error_message(self, unique_check):
        """Say which columns two rows share by their labels, not by their names in the code."""
        columns = [name for name in unique_check if name != self.fk.name]
        labels = [str(self.model._meta.get_field(name).verbose_name) for name in columns]
        return _("有两行的%(columns)s相同，请改掉一行。") % {"columns": "、".join(labels)}

    def get_form_error(self):
        """Message on the later of the two rows."""
        return _("这一行和前面的一行重复。")

    def save(self, commit=True):
        """Save the rows in their places."""
        moved = self._renumber()
        saved = super().save(commit=commit)
        if commit:
            for row in moved:
                row.save(update_fields=["order"])
        return saved

    def _renumber(self):
        """Number the rows; those in which nothing but their place is another now."""
        deleted = self.deleted_forms  # asks each form anew whether it is valid
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
        """Where a row wants to stand: the number, then -1, 0 or 1 against rows of that number."""
        before, after = form.initial.get("order"), form.instance.order
        after = LAST if after is None else after
        if before is None:
            return after, -1
        return after, (after > before) - (after < before)


class SwapFormSet(OrderedFormSet):
    """For rows under a unique constraint over typed columns: two of them may swap names.

    Changed rows are deleted and inserted again with the same key, so that no row meets the value
    that another is about to give up. For rows that nothing refers to.
    """

    def save_existing_objects(self, commit=True):
        """Make room before the changed rows are written."""
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
        """Insert the row again under its old key."""
        if commit:
            obj.save(force_insert=True)
            return obj
        return super().save_existing(form, obj, commit=False)


class PrintedNameForm(RowForm):
    """A row with a printed name: left empty, it is taken from the person who is linked."""

    #: Answer to a phrase in the place of the name; none where a body of people may sign.
    no_phrase = _(
        "“%(phrase)s”不是人名。没有列名的不登记在这里，请登记为会议或观摩督导的出席，填在“职务或称谓”里。"
    )

    def __init__(self, *args, **options):
        """Let the name be empty until the person is known."""
        super().__init__(*args, **options)
        self.fields["printed_name"].required = False

    def clean(self):
        """Fill the name; ask for one where there is neither name nor person."""
        cleaned = super().clean()
        person = cleaned.get(self.instance.person_field)
        if person and not cleaned.get("printed_name"):
            cleaned["printed_name"] = person.name
        self._refuse_phrase(cleaned.get("printed_name", ""), person)
        if not cleaned.get("printed_name") and self.needs_name(cleaned):
            self.add_error("printed_name", _("请填写见报的姓名，或选择登记过的人。"))
        return cleaned

    def _refuse_phrase(self, name, person):
        # A long name without a middle dot is believed of whom the record has under it.
        registered = person and fold(person.name) == fold(name)
        if self.no_phrase and is_phrase(name) and not registered:
            self.add_error("printed_name", self.no_phrase % {"phrase": name})

    def needs_name(self, _cleaned):
        """Whether the row is about a person in any case."""
        return True


class OrderedInline(AutocompleteInline):
    """A dense table of ordered rows: two-row texts, a narrow order, no icons beside a link."""

    formset = OrderedFormSet
    extra = 1
    formfield_overrides = {models.TextField: {"widget": forms.Textarea(attrs={"rows": 2})}}

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Field without the add, change and view icons, which widen each row."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field
