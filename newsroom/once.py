"""A form for a new row creates one row, however often it is sent (double click, Back and save)."""

from uuid import uuid4

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.forms.models import ModelForm
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.translation import gettext as _

from people.shared.admin import change_address
from people.shared.submissions import claim, content_digest, token_of

#: Hidden input of a form for a new row.
ONCE = "_once"


class OnceAdmin(admin.ModelAdmin):
    """Remembers the form that created a row.

    If the same form is sent again, the user is redirected to the row. If the form was changed, it
    is drawn again as it was sent, with a link to the row.
    """

    def _changeform_view(self, request, object_id, form_url, extra_context):
        view, args = super()._changeform_view, (request, object_id, form_url, extra_context)
        request.submission = request.saved_before = None
        token = token_of(request.POST.get(ONCE)) if object_id is None else None
        if token is None or not self.has_add_permission(request):
            return view(*args)
        digest = content_digest(request)
        submission = claim(token, self.opts.label_lower, request)
        # A row that was deleted since may be created again.
        row = self.get_queryset(request).filter(pk=submission.row).first()
        if row and submission.digest == digest:
            return self._lead_to(request, row)
        request.submission, request.saved_before = submission, row
        submission.digest = submission.digest if row else digest
        answer = view(*args)
        if submission.row is None:
            submission.delete()
        return answer

    def _lead_to(self, request, row):
        if IS_POPUP_VAR in request.POST:
            return super().response_add(request, row)
        said = _("“%(thing)s”已经保存，没有再存一份。") % {"thing": row}
        self.message_user(request, said, messages.SUCCESS)
        return redirect(change_address(row))

    def response_add(self, request, obj, post_url_continue=None) -> HttpResponse:
        """Note the row that the form has created."""
        if request.submission:
            request.submission.row = obj.pk
            request.submission.save()
        return super().response_add(request, obj, post_url_continue)

    def get_form(self, request, *args, **kwargs) -> type[ModelForm]:
        """Have a form that has created its row refuse any further input."""
        form = super().get_form(request, *args, **kwargs)
        if row := getattr(request, "saved_before", None):
            said = _(
                "这份表单已经保存过：<a href='{}' target='_blank'>{}</a>。您后来改的都在下面，"
                "还没有保存：请打开它，把改动写进去。"
            )
            said = format_html(said, change_address(row), row)
            # Django's own validation would report the row as a duplicate.
            form._post_clean = lambda form: form.add_error(None, said)  # noqa: SLF001
        return form

    def render_change_form(self, request, context, *args, add=False, **kwargs) -> HttpResponse:
        """Give a form for a new row a token, or the one that it was sent with."""
        if add:
            context["once"] = (token_of(request.POST.get(ONCE)) or uuid4()).hex
        return super().render_change_form(request, context, *args, add=add, **kwargs)
