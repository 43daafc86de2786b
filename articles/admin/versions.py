"""Versions in the admin: saves that overwrite nobody's changes."""

from django.http import Http404
from django.utils.translation import gettext_lazy

from articles.admin.edit_conflict import (
    LATE_TITLE,
    Late,
    differences,
    late_message,
    late_of,
    rebased_rows,
)
from articles.admin.history import HistoryAdmin
from articles.editorial import Refused, keep_received, lock_stories_of
from articles.models import Version
from articles.versions import newest_of_row, resolved, save_version
from people.shared.formsets import is_key

#: Hidden input with the row and its newest version when the form was opened.
OPENED = "_opened"
#: Why a user who may change drafts may not change this row.
FOR_AMENDERS = gettext_lazy("已经发布或者定时发布，只有责任编辑或更高的角色可以改。")


def opened_on(row, newest: dict[bool, int]) -> str:
    """Value of the hidden input, for a row and the numbers of ``newest_numbers``."""
    is_copy = getattr(row, "copy_of_id", None) is not None
    return f"{row.pk}.{newest.get(is_copy, 0)}"


class VersionedAdmin(HistoryAdmin):
    """Mixin for stories and records: each save that changes something makes a version."""

    def lock_row(self, row):
        """Lock and reload the row; Refused if its state forbids an edit."""
        lock_stories_of(row)
        return type(row)._default_manager.get(pk=row.pk)

    def why_read_only(self, request, row) -> str:
        """Why a user who may change such rows cannot change this one now; else empty."""
        return "" if self.has_edit_permission(request, row) else FOR_AMENDERS

    def get_object(self, request, object_id, from_field=None):
        """Return the row of the form while one is shown or saved."""
        shows_form = getattr(request, "shows_form", False)
        if shows_form and is_key(self.model, object_id):
            # Before the row: a save between the two makes this form late.
            versions = Version.objects.of(self.model(pk=object_id))
            request.newest = versions.newest_numbers()
        thing = super().get_object(request, object_id, from_field)
        if thing is None or not shows_form:
            return thing
        row = self.row_to_edit(thing)
        if request.method == "POST" and self._may_have_had_inputs(request, row):
            request.late = self._late(request, row, request.newest)
        return row

    def _may_have_had_inputs(self, request, row):
        """Whether the user may edit the row, or could when the form was opened. If not: 403."""
        if self.has_edit_permission(request, row):
            return True
        opened, newest = self._opened(request, row), newest_of_row(row)
        return opened and opened != newest and self.has_change_permission(request)

    def _opened(self, request, row):
        """Version that was the newest when the form was opened, as it says; None if unknown."""
        return self.numbered(row, request.POST.get(OPENED, "").rpartition(".")[2])

    def _late(self, request, row, newest):
        """Why the save of a form is refused; None if it is not."""
        read_only = self.why_read_only(request, row)
        is_newest = request.POST.get(OPENED) == opened_on(row, newest)
        if is_newest and not (request.why or read_only):
            return None
        opened = self._opened(request, row)
        return Late(
            request.why or read_only or late_message(newest_of_row(row)),
            opened and resolved(opened.content),
            is_editable=not read_only,
        )

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Draw the form again if someone else has saved the row since it was opened."""
        request.shows_form, request.late, request.why = True, None, ""
        if request.method != "POST" or object_id is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        # Without Django's transaction, so that validation takes no locks.
        try:
            return self._changeform_view(request, object_id, form_url, extra_context)
        except Refused as refused:  # another save has come first while this one waited for locks
            request.why = " ".join(refused.messages)
            return self._changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request, obj=None, change=False, **kwargs):  # noqa: FBT002  Django's own
        """Tell the form if it is late."""
        form = super().get_form(request, obj, change, **kwargs)
        form.late = late_of(request)
        return form

    def get_formset_kwargs(self, request, obj, inline, prefix):
        """Merge the rows of a late form into what is stored now."""
        options = super().get_formset_kwargs(request, obj, inline, prefix)
        if late := late_of(request):
            table = inline.get_formset(request, obj)
            options["data"] = rebased_rows(table, options, late)
        return options

    def save_model(self, request, obj, form, change):
        """Lock the row first, so that the second of two saves at once sees the first."""
        if change:
            try:
                stored = self.lock_row(obj)
            except self.model.DoesNotExist as gone:
                raise Http404 from gone
            if late := self._late(request, stored, Version.objects.of(stored).newest_numbers()):
                raise Refused(late.why)
            keep_received(stored)
            typed = {*form.fields, *(f"{name}_follows" for name in obj.following)}
            for field in obj._meta.concrete_fields:
                if field.name not in typed:  # may have changed since the form was read
                    setattr(obj, field.attname, getattr(stored, field.attname))
        super().save_model(request, obj, form, change)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        """Add the version that the form is opened on; of a late form what is stored now."""
        if obj:
            context["opened"] = opened_on(obj, request.newest)
        late = late_of(request)
        if late:
            names = ("show_save", "show_save_and_continue", "show_save_and_add_another")
            tables = context["inline_admin_formsets"]
            tables = [one.formset for one in tables if one.has_change_permission]
            context |= {
                **dict.fromkeys(names, late.is_editable),
                "title": LATE_TITLE,
                "late": late,
                "differences": differences(obj, context["adminform"].form, tables),
            }
        answer = super().render_change_form(request, context, *args, obj=obj, **kwargs)
        if late:
            answer.status_code = 409
        return answer

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        self.keep_version(request, form)

    def keep_version(self, request, form):
        """Save a version; return None if nothing changed."""
        return save_version(
            form.instance, person=request.user, reason=form.cleaned_data.get("reason", "")
        )
