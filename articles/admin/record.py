"""Projects, inspections and meetings at the desk."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.admin.inlines import OrderedInline, PrintedNameForm
from articles.models import Attendance, Inspection, Meeting, Milestone, Project, Stop, retrace
from people.autocomplete import Autocompletes
from people.merge_admin import MergeAdmin


class RecordAdmin(Autocompletes, admin.ModelAdmin):
    """A record: while a live story shows it, only an amender changes it."""

    save_on_top = True

    def is_public(self, obj):
        """Whether readers see it now."""
        return type(obj).objects.public().filter(pk=obj.pk).exists()

    def has_change_permission(self, request, obj=None):
        """As the role has it; for what readers see, an amender's alone."""
        may = super().has_change_permission(request, obj)
        if may and obj and self.is_public(obj):
            return request.user.has_perm("articles.amend_article")
        return may

    def get_view_on_site_url(self, obj=None):
        """Address of the record, as long as readers see it."""
        return super().get_view_on_site_url(obj) if obj and self.is_public(obj) else None


class MilestoneInline(Autocompletes, admin.TabularInline):
    """Steps of a project, each with the story that shows it."""

    model = Milestone
    extra = 0
    autocomplete_fields = ("article",)


@admin.register(Project)
class ProjectAdmin(MergeAdmin, RecordAdmin):
    """Projects."""

    list_display = ("name", "area", "sector", "developer", "note")
    list_filter = ("area", "sector")
    search_fields = ("name", "aliases", "slug")
    search_help_text = _("按名称、别名或全拼查找")
    inlines = (MilestoneInline,)


class StopInline(OrderedInline):
    """Stops, in the order printed."""

    model = Stop
    fields = ("order", "group", "place", "projects", "organisation")
    autocomplete_fields = ("projects", "organisation")
    extra = 3


class AttendanceForm(PrintedNameForm):
    """Someone at an event: a named person, or a phrase for a body of people."""

    def needs_name(self, cleaned):
        """A phrase in the place of the title stands for those not named."""
        return not cleaned.get("printed_title")


class AttendanceInline(OrderedInline):
    """Who was there, as printed."""

    model = Attendance
    form = AttendanceForm
    fields = ("order", "group", "official", "printed_name", "printed_title", "role", "remarks")
    autocomplete_fields = ("official",)
    extra = 3


class EventAdmin(RecordAdmin):
    """What inspections and meetings share."""

    date_hierarchy = "held_on"

    def save_related(self, request, form, formsets, change):
        """Save the rows of the event, then what stories derive from them."""
        super().save_related(request, form, formsets, change)
        retrace(form.instance.articles.all())


@admin.register(Inspection)
class InspectionAdmin(EventAdmin):
    """Inspections with their stops."""

    list_display = ("title", "kind", "held_on", "place", "quarter")
    list_filter = ("kind",)
    search_fields = ("title", "place", "slug")
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

    list_display = ("name", "form", "held_on", "part_of_day", "quarter")
    list_filter = ("form",)
    search_fields = ("name", "slug")
    autocomplete_fields = ("organisers",)
    inlines = (AttendanceInline,)
    fieldsets = (
        (None, {"fields": ("name", ("held_on", "part_of_day"), ("form", "venue"))}),
        (None, {"fields": ("organisers", "open_ended", "summary", "quarter")}),
        (_("网址"), {"fields": ("slug",), "classes": ("collapse",)}),
    )
