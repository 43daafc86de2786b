"""The paper's pages about itself, at the desk."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.admin.base import EditorAdmin
from articles.models import Page
from people.shared.admin import PublicViewOnSite
from people.shared.following import FollowingForm


@admin.register(Page)
class PageAdmin(EditorAdmin, PublicViewOnSite):
    """Pages, in the order of the foot."""

    form = FollowingForm
    change_form_template = "admin/articles/editor_form.html"
    list_display = ("title", "order", "is_public")
    search_fields = ("title__holds", "slug")
    fields = ("title", "body", "order", "slug")
    readonly_fields = ("printed_body",)

    def get_fields(self, request, obj=None):
        """For who may only read, the body as it is printed."""
        if self.has_change_permission(request, obj) or not obj:
            return self.fields
        return ["printed_body" if name == "body" else name for name in self.fields]

    @admin.display(description=_("对外"))
    def is_public(self, page):
        """Whether readers see it, in words: Django's icon says True."""
        return _("有正文，已对外") if page.body else _("没有正文，不对外")
