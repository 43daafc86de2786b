"""Projects, inspections and meetings in the admin."""

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.forms import model_to_dict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.admin.edit_conflict import VersionedForm, late_of
from articles.admin.inlines import OrderedFormSet, OrderedInline, PrintedNameForm
from articles.admin.linking import LinkingAdmin, LinksNames
from articles.admin.versions import FOR_AMENDERS, VersionedAdmin
from articles.editorial import amended, at_stake, is_shown, restore_record
from articles.models import Attendance, Inspection, Meeting, Milestone, Project, Stop
from articles.models.choices import Visibility
from people.shared.admin import MergeAdmin, ProtectedUses, PublicViewOnSite
from people.shared.autocomplete import AutocompleteForm, AutocompleteInline, Autocompletes
from people.shared.following import FollowingForm
from people.shared.text import Words

#: Query parameter with the key of the earlier event.
LIKE = "like"


class DuplicateAdmin(admin.ModelAdmin):
    """Mixin that fills in a new event from an earlier one; days and demands stay empty."""

    change_form_template = "admin/articles/event_form.html"
    #: Fields of the event that are copied.
    same_again: tuple[str, ...] = ()
    #: Relation whose rows are copied, and the fields of those.
    rows_again = "attendance"
    row_again: tuple[str, ...] = ()

    def _earlier(self, request):
        """Event named in the URL; None if there is none or the form was sent."""
        key = request.GET.get(LIKE)
        return self.get_object(request, key) if key and request.method == "GET" else None

    def get_changeform_initial_data(self, request):
        earlier = self._earlier(request)
        initial = super().get_changeform_initial_data(request)
        return initial | model_to_dict(earlier, fields=self.same_again) if earlier else initial

    def _rows(self, request, obj):
        earlier = None if obj and obj.pk else self._earlier(request)
        if earlier is None:
            return []
        rows = getattr(earlier, self.rows_again).all()
        return [model_to_dict(row, fields=self.row_again) for row in rows]

    def get_formsets_with_inlines(self, request, obj=None):
        """Add empty forms for the rows of the earlier event."""
        for formset, inline in super().get_formsets_with_inlines(request, obj):
            if formset.get_default_prefix() == self.rows_again:
                formset.extra += len(self._rows(request, obj))
            yield formset, inline

    def get_formset_kwargs(self, request, obj, inline, prefix):
        options = super().get_formset_kwargs(request, obj, inline, prefix)
        if prefix == self.rows_again and (rows := self._rows(request, obj)):
            options["initial"] = rows
        return options


class AmendedForm(forms.ModelForm):
    """Form with a reason, which ``AmendedAdmin`` shows for public rows only."""

    reason = Words(
        label=_("修改理由"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("读者已经能看到这条记录，改动会马上对外：请写明为什么改。"),
    )


class AmendedAdmin(Autocompletes, PublicViewOnSite):
    """Mixin for rows that stories show: a public one needs ``amend_article`` and a reason.

    A subclass sets ``fieldsets`` or ``get_fields``: Django would take the fields from the form,
    whose fields depend on them here.
    """

    save_on_top = True
    #: Why a user may not change a public row.
    for_amenders = FOR_AMENDERS

    def is_shown(self, obj):
        """Whether the row is public."""
        return type(obj).objects.public().filter(pk=obj.pk).exists()

    def _was_shown(self, obj):
        """``is_shown``, queried once for an instance: a page needs it ten times."""
        if not hasattr(obj, "was_shown"):
            obj.was_shown = self.is_shown(obj)
        return obj.was_shown

    def has_change_permission(self, request, obj=None):
        """Require ``amend_article`` for a public row; a late form is drawn anyway."""
        may = super().has_change_permission(request, obj)
        if may and obj and not late_of(request) and self._was_shown(obj):
            return request.user.has_perm("articles.amend_article")
        return may

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        """Say why the row is read-only, or which signatures a change would void."""
        if obj and self._was_shown(obj):
            context["why_read_only"] = self.for_amenders
        if obj and self.has_change_permission(request, obj):
            context["at_stake"] = at_stake(obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def get_fieldsets(self, request, obj=None):
        """Put the reason on top where one is needed."""
        fieldsets = [
            (name, {**options, "fields": [one for one in options["fields"] if one != "reason"]})
            for name, options in super().get_fieldsets(request, obj)
        ]
        if obj and self._was_shown(obj) and self.has_change_permission(request, obj):
            return [(None, {"fields": ("reason",)}), *fieldsets]
        return fieldsets

    def get_form(self, request, obj=None, change=False, **kwargs):  # noqa: FBT002  Django's own
        """Drop the reason from a form whose fieldsets do not show it."""
        form = super().get_form(request, obj, change, **kwargs)
        if "reason" not in flatten_fieldsets(self.get_fieldsets(request, obj)):
            form.base_fields.pop("reason", None)
        return form


class RecordForm(AmendedForm, VersionedForm, FollowingForm, AutocompleteForm):
    pass


class RecordAdmin(AmendedAdmin, ProtectedUses, VersionedAdmin):
    """A record with versions."""

    form = RecordForm

    def is_shown(self, obj):
        """Whether it appears in a live story; one that is scheduled counts."""
        return obj.appearances.filter(article__visibility=Visibility.LIVE).exists()

    def restored_as(self, thing):
        """Say that the public sees a restored record at once, as records are not signed."""
        if self.is_shown(thing):
            return [gettext("读者已经能看到这条记录，恢复之后马上对外。")]
        return [gettext("读者还看不到这条记录。")]

    def restore(self, request, thing, version):
        return restore_record(thing, version, request.user)

    def keep_version(self, request, form):
        """Save a version, and flag the live stories that show the record."""
        reason = form.cleaned_data.get("reason", "")
        amended(form.instance, person=request.user, reason=reason)


class MilestoneInline(AutocompleteInline):
    model = Milestone
    extra = 0
    autocomplete_fields = ("article",)


@admin.register(Project)
class ProjectAdmin(MergeAdmin, RecordAdmin):
    list_display = ("name", "area", "sector", "developer", "note")
    list_filter = ("area", "sector")
    search_fields = ("name__holds", "aliases__holds", "slug")
    search_help_text = _("按名称、别名或全拼查找")
    inlines = (MilestoneInline,)
    fieldsets = (
        (None, {"fields": ("name", "aliases")}),
        (None, {"fields": (("area", "sector"), ("developer", "place"), "note")}),
        (_("网址"), {"fields": ("slug",), "classes": ("collapse",)}),
    )


class StopInline(OrderedInline):
    model = Stop
    fields = ("order", "group", "place", "projects", "organisation")
    autocomplete_fields = ("projects", "organisation")
    extra = 3


class AttendanceForm(PrintedNameForm):
    """A named person, or a group without names in ``printed_title``."""

    no_phrase = _("“%(phrase)s”不是人名。请把姓名留空，填在“职务或称谓”里。")

    def needs_name(self, cleaned):
        return not cleaned.get("printed_title")


class AttendanceFormSet(LinksNames, OrderedFormSet):
    pass


class AttendanceInline(OrderedInline):
    model = Attendance
    form = AttendanceForm
    formset = AttendanceFormSet
    fields = ("order", "group", "official", "printed_name", "printed_title", "role", "remarks")
    autocomplete_fields = ("official",)
    extra = 3


class EventAdmin(DuplicateAdmin, LinkingAdmin, RecordAdmin):
    date_hierarchy = "held_on"
    row_again = ("official", "printed_name", "printed_title", "group", "role", "order")

    def is_shown(self, obj):
        """Whether a live story records it; one that is scheduled counts."""
        return is_shown(obj)


@admin.register(Inspection)
class InspectionAdmin(EventAdmin):
    list_display = ("title", "kind", "held_on", "ends_on", "place", "quarter")
    same_again = ("title", "kind", "place", "open_ended")
    list_filter = ("kind",)
    search_fields = ("title__holds", "place__holds", "slug")
    autocomplete_fields = ("meeting",)
    inlines = (StopInline, AttendanceInline)
    fieldsets = (
        (None, {"fields": ("title", ("kind", "meeting"), ("held_on", "ends_on", "part_of_day"))}),
        (None, {"fields": (("place", "open_ended"), "summary", "quarter")}),
        (_("网址"), {"fields": ("slug",), "classes": ("collapse",)}),
    )


@admin.register(Meeting)
class MeetingAdmin(EventAdmin):
    list_display = ("name", "form", "held_on", "ends_on", "part_of_day", "quarter")
    same_again = ("name", "form", "venue", "organisers", "open_ended")
    list_filter = ("form",)
    search_fields = ("name__holds", "slug")
    autocomplete_fields = ("organisers",)
    inlines = (AttendanceInline,)
    fieldsets = (
        (None, {"fields": ("name", ("held_on", "ends_on", "part_of_day"), ("form", "venue"))}),
        (None, {"fields": ("organisers", "open_ended", "summary", "quarter")}),
        (_("网址"), {"fields": ("slug",), "classes": ("collapse",)}),
    )
