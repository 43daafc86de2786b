"""Mixins of the admin: merging of rows, what protects a row from deletion, its public page."""

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.utils import NestedObjects
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.shared.autocomplete import choice_label
from people.shared.merging import merge


class MergeAdmin(admin.ModelAdmin):
    """Adds the action 合并 for those who may delete such rows."""

    actions = ("merge_selected",)

    @admin.action(description=gettext_lazy("合并所选（其实是同一个）"), permissions=("delete",))
    def merge_selected(self, request, queryset) -> HttpResponse | None:
        """Ask which row stays, then merge the others into it."""
        rows = list(queryset.order_by("pk"))
        if len(rows) < 2:  # noqa: PLR2004
            self.message_user(request, _("请至少选两个再合并。"), messages.WARNING)
            return None
        if not all(self.has_change_permission(request, row) for row in rows):
            raise PermissionDenied
        kept = {str(row.pk): row for row in rows}.get(request.POST.get("kept"))
        if kept is None:
            return self._ask(request, rows)
        for row in rows:
            if row is not kept:
                self._merge(request, kept, row)
        self.message_user(request, _("已合并到“%(kept)s”。") % {"kept": kept}, messages.SUCCESS)
        return None

    def _merge(self, request, kept, absorbed):
        name, former = str(absorbed), absorbed.get_absolute_url()
        self.merge_rows(request, kept, absorbed)
        message = _("并入“%(name)s”（原网址 %(path)s）") % {"name": name, "path": former}
        LogEntry.objects.log_actions(
            request.user.pk, [kept], CHANGE, change_message=message, single_object=True
        )

    def merge_rows(self, request, kept, absorbed) -> None:
        """Merge two rows; a hook for subclasses."""
        merge(kept, absorbed)

    def _ask(self, request, rows):
        context = {
            **self.admin_site.each_context(request),
            "title": _("合并"),
            "opts": self.opts,
            "rows": [(row, choice_label(row)) for row in rows],
            "action_checkbox_name": ACTION_CHECKBOX_NAME,
        }
        return render(request, "admin/merge.html", context)


class ProtectedUses(admin.ModelAdmin):
    """Says which rows protect a row from deletion; Django says only which link table does."""

    def get_deleted_objects(
        self, objs, request
    ) -> tuple[list, dict[str, int], set[str], list[str]]:
        """List linked rows in place of the rows of link tables."""
        listed, counts, denied, protected = super().get_deleted_objects(objs, request)
        if protected:
            collector = NestedObjects(using=self.model.objects.db)
            collector.collect(objs)
            uses = (self._far_side(row) for row in collector.protected)
            protected = sorted({f"{capfirst(use._meta.verbose_name)}：{use}" for use in uses})
        return listed, counts, denied, protected

    def _far_side(self, row):
        """Row at the other end of a link table's row; any other row is returned as it is."""
        if not row._meta.auto_created:
            return row
        fields = [field for field in row._meta.fields if field.is_relation]
        return next(
            getattr(row, field.name) for field in fields if field.related_model is not self.model
        )


def change_address(row: Model) -> str:
    """Path of the row's form in the admin."""
    opts = row._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[row.pk])


class PublicViewOnSite(admin.ModelAdmin):
    """Links to the public page of a row that has one at present."""

    def get_view_on_site_url(self, obj=None) -> str | None:
        public = obj and type(obj).objects.public().filter(pk=obj.pk).exists()
        return super().get_view_on_site_url(obj) if public else None
