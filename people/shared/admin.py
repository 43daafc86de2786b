"""Mixins of the desk: one row made of two, what forbids a deletion, the page that readers have."""

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.contrib.admin.utils import NestedObjects
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.shared.autocomplete import choice_label
from people.shared.merging import merge


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
        self.merge_rows(request, kept, absorbed)
        message = _("并入“%(name)s”（原网址 %(path)s）") % {"name": name, "path": former}
        LogEntry.objects.log_actions(
            request.user.pk, [kept], CHANGE, change_message=message, single_object=True
        )

    def merge_rows(self, request, kept, absorbed):
        """Hook: make one of two rows."""
        merge(kept, absorbed)

    def _ask(self, request, rows):
        context = {
            **self.admin_site.each_context(request),
            "title": _("合并"),
            "opts": self.opts,
            "rows": [(row, choice_label(row)) for row in rows],
            "action_checkbox_name": admin.helpers.ACTION_CHECKBOX_NAME,
        }
        return render(request, "admin/merge.html", context)


class ProtectedUses(admin.ModelAdmin):
    """Names what stands against a deletion; Django names the rows of bare link tables."""

    def get_deleted_objects(self, objs, request):
        """As Django's, with what is linked in the place of the links."""
        *found, protected = super().get_deleted_objects(objs, request)
        if protected:
            collector = NestedObjects(using=self.model.objects.db)
            collector.collect(objs)
            uses = (self._far_side(row) for row in collector.protected)
            protected = sorted({f"{capfirst(use._meta.verbose_name)}：{use}" for use in uses})
        return *found, protected

    def _far_side(self, row):
        """What a row of a link table links to a row of ours; any other row is itself."""
        if not row._meta.auto_created:
            return row
        fields = [field for field in row._meta.fields if field.is_relation]
        return next(
            getattr(row, field.name) for field in fields if field.related_model is not self.model
        )


def change_address(row) -> str:
    """Address of the form in which ``row`` is changed."""
    return reverse(admin_urlname(row._meta, "change"), args=[row.pk])


class PublicViewOnSite(admin.ModelAdmin):
    """Leads to the page of a thing as long as readers see it."""

    def get_view_on_site_url(self, obj=None):
        """Address of its page; None for what is not public."""
        public = obj and type(obj).objects.public().filter(pk=obj.pk).exists()
        return super().get_view_on_site_url(obj) if public else None
