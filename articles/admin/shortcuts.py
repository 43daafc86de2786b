"""A page of the desk that is about one thing, beside Django's own."""

from django.shortcuts import render


def desk_page(model_admin, request, template, thing, *, status=200, **context):
    """Answer with ``template`` of ``admin/articles/``, framed as the pages of its model are."""
    frame = model_admin.admin_site.each_context(request)
    context = {**frame, "opts": model_admin.opts, "original": thing, **context}
    return render(request, f"admin/articles/{template}", context, status=status)
