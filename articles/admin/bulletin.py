"""Sections and issues at the desk."""

from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.record import AmendedAdmin, RecordForm
from articles.editorial import move_issue
from articles.models import Bulletin, Section
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
class BulletinAdmin(AmendedAdmin):
    """Issues; one that readers see is amended with a reason, and takes its stories along."""

    form = RecordForm
    for_amenders = gettext_lazy("已经发布，只有部门主任或总编可以改。")
    fields = ("title", "quarter", "issued_on", "slug")
    list_display = ("title", "issued_on", "quarter")
    date_hierarchy = "issued_on"
    search_fields = ("title__holds", "slug")

    def save_model(self, request, obj, form, change):
        """Save; another quarter is that of its stories and events too."""
        super().save_model(request, obj, form, change)
        before = form.initial.get("quarter") if change else None
        if before and before != obj.quarter:
            reason = form.cleaned_data.get("reason") or _("记入季度随专刊")
            move_issue(obj, before, person=request.user, reason=reason)
