"""Deletion of drafts, which go into a bin and can be restored from it."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from articles.editorial import KEPT_FOR, bin_draft, in_bin, is_record, take_from_bin
from people.shared.formsets import is_key


class BinAdmin(admin.ModelAdmin):
    """Mixin that moves a deleted draft into the bin, with a page that shows the bin."""

    def has_delete_permission(self, request, obj=None):
        """Refuse working copies, and the record: stories that were submitted or published."""
        if obj and is_record(obj):
            return False
        return super().has_delete_permission(request, obj)

    def get_deleted_objects(self, objs, request):
        """List the stories only, as their rows stay; say which may not be deleted."""
        *_found, lacking, protected = super().get_deleted_objects(objs, request)
        stay = [story for story in objs if not self.has_delete_permission(request, story)]
        if stay and super().has_delete_permission(request):
            line = _(
                "《%(story)s》送审过、排过版或发布过，留作记录，不能删除。不想让读者看到，请撤回。"
            )
            protected = [line % {"story": story.headline} for story in stay]
            lacking -= {self.opts.verbose_name}
        deleted = [str(story) for story in objs]
        return deleted, {self.opts.verbose_name: len(deleted)}, lacking, protected

    def delete_model(self, request, obj):
        bin_draft(obj, person=request.user)

    def delete_queryset(self, request, queryset):
        for story in queryset:
            bin_draft(story, person=request.user)

    def get_urls(self):
        view = self.admin_site.admin_view(self.bin_view)
        return [path("bin/", view, name="articles_article_bin"), *super().get_urls()]

    def bin_view(self, request):
        """Show the bin; a POST restores one story."""
        if not super().has_delete_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            return self._take_back(request)
        context = {
            **self.admin_site.each_context(request),
            "title": _("回收站"),
            "opts": self.opts,
            "days": KEPT_FOR.days,
            "stories": [
                (story, story.binned_at + KEPT_FOR)
                for story in in_bin().select_related("binned_by").defer("body")
            ],
        }
        return render(request, "admin/articles/article/bin.html", context)

    def _take_back(self, request):
        key = request.POST.get("story", "")
        if not is_key(self.model, key):
            raise Http404
        story = get_object_or_404(in_bin(), pk=key)
        renamed = take_from_bin(story, person=request.user)
        done = _("《%(story)s》放回来了，历史也在。") % {"story": story.headline}
        self.message_user(request, done, messages.SUCCESS)
        if renamed:
            line = _("原来的网址名已经给了另一篇稿件，它换了一个新的。")
            self.message_user(request, line, messages.WARNING)
        return redirect(reverse("admin:articles_article_change", args=[story.pk]))
