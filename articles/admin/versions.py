"""Versions in the admin: saves that overwrite nobody's changes, history, compare, restore."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.base import desk_page
from articles.admin.edit_conflict import Late, differences, late_of, rebased_rows
from articles.editorial import Refused, at_stake, lock_stories_of
from articles.models import Version
from articles.versions import bare, newest_of_row, resolved, restored, save_version, snapshot
from articles.versions.diff import compare
from people.shared.admin import change_address

#: Hidden input with the row and its newest version when the form was opened.
OPENED = "_opened"
#: Why a user who may change drafts may not change this row.
FOR_AMENDERS = gettext_lazy("已经发布或者定时发布，只有责任编辑或更高的角色可以改。")


def opened_on(row, version) -> str:
    """Value of the hidden input, for a row and its newest version."""
    return f"{row.pk}.{version.number if version else 0}"


class VersionedAdmin(admin.ModelAdmin):
    """Mixin for stories and records: each save that changes something makes a version."""

    def row_to_edit(self, thing):
        """Row that the form edits: a hook for stories, which have working copies."""
        return thing

    def lock_row(self, row):
        """Lock and reload the row; Refused if its state forbids an edit."""
        lock_stories_of(row)
        return type(row)._default_manager.get(pk=row.pk)

    def has_edit_permission(self, request, obj=None):
        """Whether the user may change the row, apart from its state."""
        return self.has_change_permission(request, obj)

    def why_read_only(self, request, row) -> str:
        """Why a user who may change such rows cannot change this one now; else empty."""
        return "" if self.has_edit_permission(request, row) else FOR_AMENDERS

    def get_object(self, request, object_id, from_field=None):
        """Return the row of the form while one is shown or saved."""
        thing = super().get_object(request, object_id, from_field)
        if thing is None or not getattr(request, "shows_form", False):
            return thing
        row = self.row_to_edit(thing)
        if request.method == "POST" and self._may_have_had_inputs(request, row):
            request.late = self._late(request, row)
        return row

    def _may_have_had_inputs(self, request, row):
        """Whether the user may edit the row, or could when the form was opened. If not: 403."""
        if self.has_edit_permission(request, row):
            return True
        opened, newest = self._opened(request, row), newest_of_row(row)
        return opened and opened != newest and self.has_change_permission(request)

    def _opened(self, request, row):
        """Version that was the newest when the form was opened, as it says; None if unknown."""
        return self._numbered(row, request.POST.get(OPENED, "").rpartition(".")[2])

    def _late(self, request, row):
        """Why the save of a form is refused; None if it is not."""
        read_only, newest = self.why_read_only(request, row), newest_of_row(row)
        is_newest = request.POST.get(OPENED) == opened_on(row, newest)
        if is_newest and not (request.why or read_only):
            return None
        stale = _(
            "您打开之后，%(person)s在%(when)s保存过新的一版，所以没有保存。您写的都在下面，新的一版"
            "也放进来了：看过以后再按保存，就按下面的写进去。"
        ) % {
            "person": (newest and newest.person) or _("系统"),
            "when": newest and date_format(localtime(newest.made_at), "SHORT_DATETIME_FORMAT"),
        }
        opened = self._opened(request, row)
        return Late(
            request.why or read_only or stale,
            opened and resolved(opened.content),
            is_editable=not read_only,
        )

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Draw the form again if someone else has saved the row since it was opened."""
        request.shows_form, request.late, request.why = True, None, ""
        if request.method != "POST" or object_id is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        # Without Django's transaction, so that validation takes no locks.
        try:
            return self._changeform_view(request, object_id, form_url, extra_context)
        except Refused as refused:  # another save has come first while this one waited for locks
            request.why = " ".join(refused.messages)
            return self._changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request, obj=None, change=False, **kwargs):  # noqa: FBT002  Django's own
        """Tell the form if it is late."""
        form = super().get_form(request, obj, change, **kwargs)
        form.late = late_of(request)
        return form

    def get_formset_kwargs(self, request, obj, inline, prefix):
        """Merge the rows of a late form into what is stored now."""
        options = super().get_formset_kwargs(request, obj, inline, prefix)
        if late := late_of(request):
            table = inline.get_formset(request, obj)
            options["data"] = rebased_rows(table, options, late)
        return options

    def save_model(self, request, obj, form, change):
        """Lock the row first, so that the second of two saves at once sees the first."""
        if change:
            try:
                stored = self.lock_row(obj)
            except self.model.DoesNotExist as gone:
                raise Http404 from gone
            if late := self._late(request, stored):
                raise Refused(late.why)
            typed = {*form.fields, *(f"{name}_follows" for name in obj.following)}
            for field in obj._meta.concrete_fields:
                if field.name not in typed:  # may have changed since the form was read
                    setattr(obj, field.attname, getattr(stored, field.attname))
        super().save_model(request, obj, form, change)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        """Add the version that the form is opened on; of a late form what is stored now."""
        if obj and "opened" not in context:
            context["opened"] = opened_on(obj, newest_of_row(obj))
        late = late_of(request)
        if late:
            names = ("show_save", "show_save_and_continue", "show_save_and_add_another")
            tables = context["inline_admin_formsets"]
            tables = [one.formset for one in tables if one.has_change_permission]
            context |= {
                **dict.fromkeys(names, late.is_editable),
                "title": _("没有保存，您写的都在下面"),
                "late": late,
                "differences": differences(obj, context["adminform"].form, tables),
            }
        answer = super().render_change_form(request, context, *args, obj=obj, **kwargs)
        if late:
            answer.status_code = 409
        return answer

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        self.keep_version(request, form)

    def keep_version(self, request, form):
        """Save a version; return None if nothing changed."""
        return save_version(
            form.instance, person=request.user, reason=form.cleaned_data.get("reason", "")
        )

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
        version = self._numbered(thing, wanted) or self.named_version(thing, wanted)
        if version is None:
            raise Http404
        return version

    @staticmethod
    def _numbered(thing, wanted):
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
