"""What pages of the desk share: their frame, and forms whose body is written in the editor."""

from django.contrib import admin
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy


def desk_page(model_admin, request, template, thing, *, status=200, **context):
    """Answer with ``template`` of ``admin/articles/``, framed as the pages of its model are."""
    frame = model_admin.admin_site.each_context(request)
    context = {**frame, "opts": model_admin.opts, "original": thing, **context}
    return render(request, f"admin/articles/{template}", context, status=status)


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
