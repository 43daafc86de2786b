"""Forms with a body, which is written in the editor."""

from django.contrib import admin
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy


class EditorAdmin(admin.ModelAdmin):
    """A thing with a body; its template extends ``admin/articles/editor_form.html``."""

    def render_change_form(self, request, context, *args, **kwargs):
        """Allow the editor's import map by its nonce."""
        if hasattr(context["media"], "with_nonce"):
            context["media"] = context["media"].with_nonce(str(request.csp_nonce))
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description=gettext_lazy("正文"))
    def printed_body(self, thing):
        """Body as readers see it."""
        return mark_safe(thing.body)  # noqa: S308  BodyField stores nothing unsanitised
