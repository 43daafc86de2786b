"""Base of pages of the desk: their context, and forms with a rich-text editor."""

from django.contrib import admin
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy


def desk_page(model_admin, request, template, thing, *, status=200, **context):
    """Render a template in ``admin/articles/`` with the context of the admin's pages of a model."""
    frame = model_admin.admin_site.each_context(request)
    context = {**frame, "opts": model_admin.opts, "original": thing, **context}
    return render(request, f"admin/articles/{template}", context, status=status)


class EditorAdmin(admin.ModelAdmin):
    """Mixin for models with a body; the template extends ``admin/articles/editor_form.html``."""

    def render_change_form(self, request, context, *args, **kwargs):
        """Give the editor's import map the nonce that the Content-Security-Policy asks for."""
        if hasattr(context["media"], "with_nonce"):
            context["media"] = context["media"].with_nonce(str(request.csp_nonce))
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description=gettext_lazy("正文"))
    def printed_body(self, thing):
        return mark_safe(thing.body)  # noqa: S308  BodyField stores nothing unsanitised
