"""The paper's pages about itself, at the desk."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.models import Page
from people.on_site import PublicOnSite


@admin.register(Page)
class PageAdmin(PublicOnSite):
    """Pages, in the order of the foot."""

    list_display = ("title", "order", "is_public")
    search_fields = ("title", "slug")
    fields = ("title", "body", "order", "slug")

    def render_change_form(self, request, context, *args, **kwargs):
        """Allow the editor's import map by its nonce."""
        if hasattr(context["media"], "with_nonce"):
            context["media"] = context["media"].with_nonce(str(request.csp_nonce))
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description=_("对外"))
    def is_public(self, page):
        """Whether readers see it, in words: Django's icon says True."""
        return _("有正文，已对外") if page.body else _("没有正文，不对外")
