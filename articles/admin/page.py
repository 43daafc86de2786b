"""Pages about the paper in the admin."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.admin.base import EditorAdmin
from articles.models import Page
from people.shared.admin import PublicViewOnSite
from people.shared.following import FollowingForm


@admin.register(Page)
class PageAdmin(EditorAdmin, PublicViewOnSite):
    form = FollowingForm
    change_form_template = "admin/articles/editor_form.html"
    list_display = ("title", "order", "is_public")
    search_fields = ("title__holds", "slug")
    fields = ("title", "body", "order", "slug")
    readonly_fields = ("printed_body",)

    def get_fields(self, request, obj=None):
        """Show the body as text if it is read-only."""
        if self.has_change_permission(request, obj) or not obj:
            return self.fields
        return ["printed_body" if name == "body" else name for name in self.fields]

    @admin.display(description=_("对外"))
    def is_public(self, page):
        """Whether the page is public, in words: a screen reader reads Django's icon as True."""
        return _("有正文，已对外") if page.body else _("没有正文，不对外")
