"""Projects, inspections and meetings at the desk."""

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

#: Query parameter that names the earlier event.
LIKE = "like"


class DuplicateAdmin(admin.ModelAdmin):
    """Fills the form of a new event from that of an earlier one; days and demands stay empty."""

    change_form_template = "admin/articles/event_form.html"
    #: Fields of the event that are the same again, the relation that is, and its fields.
    same_again = ()
    rows_again, row_again = "attendance", ()

    def _earlier(self, request):
        """The event that the address names; None where there is none, or a form was sent."""
        key = request.GET.get(LIKE)
        return self.get_object(request, key) if key and request.method == "GET" else None

    def get_changeform_initial_data(self, request):
        """Values of the earlier event."""
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
        """Room for the rows of the earlier event."""
        for formset, inline in super().get_formsets_with_inlines(request, obj):
            if formset.get_default_prefix() == self.rows_again:
                formset.extra += len(self._rows(request, obj))
            yield formset, inline

    def get_formset_kwargs(self, request, obj, inline, prefix):
        """The rows of the earlier event, to be saved as new ones."""
        options = super().get_formset_kwargs(request, obj, inline, prefix)
        if prefix == self.rows_again and (rows := self._rows(request, obj)):
            options["initial"] = rows
        return options


class AmendedForm(forms.ModelForm):
    """What readers may see, and why it is amended."""

    reason = Words(
        label=_("修改理由"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("读者已经能看到这条记录，改动会马上对外：请写明为什么改。"),
    )


class AmendedAdmin(Autocompletes, PublicViewOnSite):
    """What stories show: while a live one does, only an amender changes it, with a reason.

    A subclass names its ``fieldsets`` or ``get_fields``: Django would ask the form for its fields,
    and we the fields for the form.
    """

    save_on_top = True
    #: Who may change what readers see, where the page has no button to save.
    for_amenders = FOR_AMENDERS

    def is_shown(self, obj):
        """Whether readers see it."""
        return type(obj).objects.public().filter(pk=obj.pk).exists()

    def _was_shown(self, obj):
        """The same, asked once for an instance: a page wants to know it ten times."""
        if not hasattr(obj, "was_shown"):
            obj.was_shown = self.is_shown(obj)
        return obj.was_shown

    def has_change_permission(self, request, obj=None):
        """As the role has it; for what readers see, an amender's alone. A late form is drawn."""
        may = super().has_change_permission(request, obj)
        if may and obj and not late_of(request) and self._was_shown(obj):
            return request.user.has_perm("articles.amend_article")
        return may

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        """Say why the page has no button to save, where that is so; and what a save would void."""
        if obj and self._was_shown(obj):
            context["why_read_only"] = self.for_amenders
        if obj and self.has_change_permission(request, obj):
            context["at_stake"] = at_stake(obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def get_fieldsets(self, request, obj=None):
        """With the reason on top where one is asked for."""
        fieldsets = [
            (name, {**options, "fields": [one for one in options["fields"] if one != "reason"]})
            for name, options in super().get_fieldsets(request, obj)
        ]
        if obj and self._was_shown(obj) and self.has_change_permission(request, obj):
            return [(None, {"fields": ("reason",)}), *fieldsets]
        return fieldsets

    def get_form(self, request, obj=None, change=False, **kwargs):  # noqa: FBT002  Django's own
        """Form that asks for the reason only where the page shows the field."""
        form = super().get_form(request, obj, change, **kwargs)
        if "reason" not in flatten_fieldsets(self.get_fieldsets(request, obj)):
            form.base_fields.pop("reason", None)
        return form


class RecordForm(AmendedForm, VersionedForm, FollowingForm, AutocompleteForm):
    """A record."""


class RecordAdmin(AmendedAdmin, ProtectedUses, VersionedAdmin):
    """A record: each save is a version."""

    form = RecordForm

    def is_shown(self, obj):
        """Whether a live story shows it, now or at its hour."""
        return obj.appearances.filter(article__visibility=Visibility.LIVE).exists()

    def restored_as(self, thing):
        """Nothing signs a record: what readers see of it, they see at once."""
        if self.is_shown(thing):
            return [gettext("读者已经能看到这条记录，恢复之后马上对外。")]
        return [gettext("读者还看不到这条记录。")]

    def restore(self, request, thing, version):
        """Amend the record to what it was; readers of a live story see it at once."""
        return restore_record(thing, version, request.user)

    def keep_version(self, request, form):
        """The version of a save, and what follows from it."""
        reason, left = form.cleaned_data.get("reason", ""), [form.initial.get("quarter")]
        amended(form.instance, person=request.user, reason=reason, left=left)


class MilestoneInline(AutocompleteInline):
    """Steps of a project, each with the story that shows it."""

    model = Milestone
    extra = 0
    autocomplete_fields = ("article",)


@admin.register(Project)
class ProjectAdmin(MergeAdmin, RecordAdmin):
    """Projects."""

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
    """Stops, in the order printed."""

    model = Stop
    fields = ("order", "group", "place", "projects", "organisation")
    autocomplete_fields = ("projects", "organisation")
    extra = 3


class AttendanceForm(PrintedNameForm):
    """Someone at an event: a named person, or a phrase for a body of people."""

    no_phrase = _("“%(phrase)s”不是人名。请把姓名留空，填在“职务或称谓”里。")

    def needs_name(self, cleaned):
        """A phrase in the place of the title stands for those not named."""
        return not cleaned.get("printed_title")


class AttendanceFormSet(LinksNames, OrderedFormSet):
    """People at an event."""


class AttendanceInline(OrderedInline):
    """Who was there, as printed."""

    model = Attendance
    form = AttendanceForm
    formset = AttendanceFormSet
    fields = ("order", "group", "official", "printed_name", "printed_title", "role", "remarks")
    autocomplete_fields = ("official",)
    extra = 3


class EventAdmin(DuplicateAdmin, LinkingAdmin, RecordAdmin):
    """What inspections and meetings share."""

    date_hierarchy = "held_on"
    row_again = ("official", "printed_name", "printed_title", "group", "role", "order")

    def is_shown(self, obj):
        """Whether a live story tells of it, now or at its hour."""
        return is_shown(obj)


@admin.register(Inspection)
class InspectionAdmin(EventAdmin):
    """Inspections with their stops."""

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
    """Meetings."""

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
