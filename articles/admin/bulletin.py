"""Sections and bulletins in the admin."""

from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.record import AmendedAdmin, RecordForm
from articles.editorial import move_issue
from articles.models import Bulletin, Section
from people.shared.following import FollowingForm


@admin.register(Section)
class SectionAdmin(admin.ModelAdmin):
    form = FollowingForm
    list_display = ("name", "order", "slug")
    list_editable = ("order",)
    search_fields = ("name__holds",)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Label the input of the order for screen readers: in the list it has no label."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "order":
            field.widget.attrs["aria-label"] = _("次序")
        return field


@admin.register(Bulletin)
class BulletinAdmin(AmendedAdmin):
    """Bulletins. Changing a public one needs a reason."""

    form = RecordForm
    for_amenders = gettext_lazy("已经发布，只有部门主任或总编可以改。")
    fields = ("title", "quarter", "issued_on", "slug")
    list_display = ("title", "issued_on", "quarter")
    date_hierarchy = "issued_on"
    search_fields = ("title__holds", "slug")

    def save_model(self, request, obj, form, change):
        """Move the stories and events to the new quarter if it was changed."""
        super().save_model(request, obj, form, change)
        before = form.initial.get("quarter") if change else None
        if before and before != obj.quarter:
            reason = form.cleaned_data.get("reason") or _("记入季度随专刊")
            move_issue(obj, before, person=request.user, reason=reason)
