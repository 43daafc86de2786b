"""The desk's action that makes one of two rows."""

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.autocomplete import choice_label
from people.merging import merge


class MergeAdmin(admin.ModelAdmin):
    """Adds the action 合并; whoever may delete such rows may merge them."""

    actions = ("merge_selected",)

    @admin.action(description=gettext_lazy("合并所选（其实是同一个）"), permissions=("delete",))
    def merge_selected(self, request, queryset):
        """Ask which row stays, then merge the others into it."""
        rows = list(queryset.order_by("pk"))
        if len(rows) < 2:  # noqa: PLR2004  one is one already
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
        merge(kept, absorbed)
        message = _("并入“%(name)s”（原网址 %(path)s）") % {"name": name, "path": former}
        LogEntry.objects.log_actions(
            request.user.pk, [kept], CHANGE, change_message=message, single_object=True
        )

    def _ask(self, request, rows):
        context = {
            **self.admin_site.each_context(request),
            "title": _("合并"),
            "opts": self.opts,
            "rows": [(row, choice_label(row)) for row in rows],
            "action_checkbox_name": admin.helpers.ACTION_CHECKBOX_NAME,
        }
        return render(request, "admin/merge.html", context)
