"""Sections and issues at the desk."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.models import Bulletin, Section
from people.shared.admin import PublicViewOnSite
from people.shared.following import FollowingForm


@admin.register(Section)
class SectionAdmin(admin.ModelAdmin):
    """Sections, in the order of the navigation."""

    form = FollowingForm
    list_display = ("name", "order", "slug")
    list_editable = ("order",)
    search_fields = ("name__holds",)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Field with a name of its own: a number in the list has no label beside it."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "order":
            field.widget.attrs["aria-label"] = _("次序")
        return field


@admin.register(Bulletin)
class BulletinAdmin(PublicViewOnSite):
    """Issues."""

    form = FollowingForm
    list_display = ("title", "issued_on", "quarter")
    date_hierarchy = "issued_on"
    search_fields = ("title__holds", "slug")
