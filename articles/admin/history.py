"""History of a row in the admin: list its versions, compare two, restore one."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _

from articles.admin.base import desk_page
from articles.editorial import at_stake
from articles.models import Version
from articles.versions import bare, newest_of_row, resolved, restored, snapshot
from articles.versions.diff import compare
from people.shared.admin import change_address


class HistoryAdmin(admin.ModelAdmin):
    """Mixin for stories and records: pages of their versions beside Django's own."""

    def row_to_edit(self, thing):
        """Row that the form edits: a hook for stories, which have working copies."""
        return thing

    def has_edit_permission(self, request, obj=None):
        """Whether the user may change the row, apart from its state."""
        return self.has_change_permission(request, obj)

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path(
                "<int:object_id>/compare/",
                self.admin_site.admin_view(self.compare_view),
                name=f"{name}_compare",
            ),
            path(
                "<int:object_id>/restore/<int:number>/",
                self.admin_site.admin_view(self.restore_view),
                name=f"{name}_restore",
            ),
            *super().get_urls(),
        ]

    def viewed(self, request, object_id):
        """Get a row that the user may view; raise Http404 or PermissionDenied otherwise."""
        thing = self.get_object(request, str(object_id))
        if thing is None:
            raise Http404
        if not self.has_view_or_change_permission(request, thing):
            raise PermissionDenied
        return thing

    def history_view(self, request, object_id, extra_context=None):
        """List the versions, the newest first, with links to compare and restore."""
        thing = self.viewed(request, object_id)
        versions = Version.objects.of(thing).defer("content").select_related("person")
        versions = versions.prefetch_related("transitions__person")
        context = {
            "title": _("历史"),
            "versions": list(versions),
            "may_restore": self.has_restore_permission(request, thing),
            **self.history_context(request, thing),
            **(extra_context or {}),
        }
        return desk_page(self, request, "history.html", thing, **context)

    def history_context(self, request, thing):
        """Additional context of the history page: a hook for stories."""
        return {}

    def compare_view(self, request, object_id):
        """Compare two versions, each named by number or as in ``named_version``."""
        thing = self.viewed(request, object_id)
        old, new = (self._chosen(thing, request.GET.get(name)) for name in ("old", "new"))
        comparison = compare(resolved(old.content), resolved(new.content))
        context = {"sides": (old, new), "comparison": comparison}
        return desk_page(self, request, "compare.html", thing, title=_("比较"), **context)

    def named_version(self, thing, name):
        """Version by a name instead of a number, or None: a hook for stories."""
        return newest_of_row(thing) if name == "newest" else None

    def _chosen(self, thing, wanted):
        version = self.numbered(thing, wanted) or self.named_version(thing, wanted)
        if version is None:
            raise Http404
        return version

    @staticmethod
    def numbered(thing, wanted):
        """Version by its number from a request, or None."""
        if not (wanted and wanted.isascii() and wanted.isdigit() and len(wanted) < 10):  # noqa: PLR2004
            return None
        return Version.objects.of(thing).filter(number=int(wanted)).first()

    def has_restore_permission(self, request, thing):
        """Whether the user may change the row and all its inlines, which are rewritten."""
        return self.has_edit_permission(request, thing) and all(
            inline.has_add_permission(request, thing)
            and inline.has_change_permission(request, thing)
            and inline.has_delete_permission(request, thing)
            for inline in (one(self.model, self.admin_site) for one in self.inlines)
        )

    def restore_view(self, request, object_id, number):
        """Show what restoring a version would change; a POST restores it."""
        thing = self.viewed(request, object_id)
        if not self.has_restore_permission(request, thing):
            raise PermissionDenied
        version = self._chosen(thing, str(number))
        if request.method == "POST":
            return self._restored(request, thing, version)
        row = self.row_to_edit(thing)
        now = snapshot(row)
        content, lost = restored(self.content_to_restore(row, version))
        context = {
            "comparison": compare(bare(now), content),
            "outcome": self.restored_as(thing),
            "untouched": self.not_restored(row, version),
            "lost": lost,
            "at_stake": self.signatures_at_stake(thing),
        }
        title = _("恢复第%(number)d版") % {"number": version.number}
        return desk_page(self, request, "restore.html", thing, title=title, **context)

    def _restored(self, request, thing, version):
        try:
            lost = self.restore(request, thing, version)
        except ValidationError as refused:
            self.message_user(request, " ".join(refused.messages), "error")
        else:
            done = _("已恢复第%(number)d版的内容。") % {"number": version.number}
            self.message_user(request, done, "success")
            for label in dict.fromkeys(lost):
                gone = _("“%(label)s”已经不在，没有连上。") % {"label": label}
                self.message_user(request, gone, "warning")
        return redirect(change_address(thing))

    def signatures_at_stake(self, thing):
        return at_stake(thing)

    def content_to_restore(self, row, version):
        """Content that is written to ``row``: a hook for stories."""
        return version.content

    def restored_as(self, thing) -> list[str]:
        """Sentences about the state after restoring, and what the public sees of it."""
        raise NotImplementedError

    def not_restored(self, row, version) -> list[str]:
        """Sentences about what is not restored."""
        return [_("网址名不在恢复之内，保持不变。")]

    def restore(self, request, thing, version) -> list[str]:
        """Restore a version; return the labels of links to rows that are gone."""
        raise NotImplementedError
