"""The desk's pages of people and organisations; Django looks here for all that the app has."""

from itertools import combinations

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.accounts.admin import UserAdmin
from people.models import Appointment, Official, Organisation, OrganisationName, Reporter
from people.shared.admin import MergeAdmin, ProtectedUses, PublicViewOnSite
from people.shared.autocomplete import AutocompleteInline, Autocompletes
from people.shared.following import FollowingForm
from people.shared.formsets import RowInline, RowInlineFormSet

__all__ = ["OfficialAdmin", "OrganisationAdmin", "PersonAdmin", "ReporterAdmin", "UserAdmin"]


class PersonAdmin(PublicViewOnSite):
    """People, found by name, pinyin or initials, here and in every autocomplete."""

    form = FollowingForm
    # The admin offers its search box only where this names something; see get_search_results.
    search_fields = ("name",)
    ordering = ("pinyin", "pk")

    def get_search_results(self, request, queryset, search_term):
        """People called that; no duplicates to remove."""
        return (queryset.search(search_term) if search_term.strip() else queryset), False


class AppointmentInline(AutocompleteInline):
    """Posts of an official."""

    model = Appointment
    extra = 1
    autocomplete_fields = ("organisation",)


@admin.register(Official)
class OfficialAdmin(MergeAdmin, PersonAdmin):
    """Officials with their posts."""

    list_display = ("name", "posts", "pinyin", "slug")
    list_filter = ("appointments__organisation",)
    inlines = (AppointmentInline,)
    fieldsets = (
        (None, {"fields": ("name", "aliases")}),
        (_("检索与网址"), {"fields": ("pinyin", "initials", "slug"), "classes": ("collapse",)}),
    )

    def get_queryset(self, request):
        """Officials with their posts, for the list."""
        return super().get_queryset(request).with_posts()

    @admin.display(description=_("登记的职务"))
    def posts(self, official):
        """Posts of today; of who has none, those that were."""
        return official.said_on(timezone.localdate())


@admin.register(Reporter)
class ReporterAdmin(Autocompletes, PersonAdmin):
    """Reporters and correspondents."""

    list_display = ("name", "kind", "unit", "user")
    list_filter = ("kind",)
    list_select_related = ("user",)
    autocomplete_fields = ("user",)
    fieldsets = (
        (None, {"fields": ("name", "kind", "unit", "user")}),
        (_("检索与网址"), {"fields": ("pinyin", "initials", "slug"), "classes": ("collapse",)}),
    )


class OrganisationNameFormSet(RowInlineFormSet):
    """Names of one body, no two of which hold on one day."""

    def clean(self):
        """Name the two that do."""
        super().clean()
        rows = [form for form in self.forms if form.is_valid() and form.cleaned_data]
        names = [form.instance for form in rows if not form.cleaned_data.get("DELETE")]
        for one, other in combinations(names, 2):
            if one.overlaps(other):
                raise ValidationError(
                    _("“%(one)s”和“%(other)s”的时间有重叠：先用的，请把停用填成后用的启用那天。"),
                    params={"one": one.name, "other": other.name},
                )


class OrganisationNameInline(RowInline):
    """What a body was called before, or is called since."""

    model = OrganisationName
    formset = OrganisationNameFormSet
    extra = 1


@admin.register(Organisation)
class OrganisationAdmin(Autocompletes, ProtectedUses):
    """Organisations, in the order of the paper."""

    list_display = ("name_today", "short_name_today", "parent", "block_order")
    search_fields = (
        "name__holds",
        "short_name__holds",
        "names__name__holds",
        "names__short_name__holds",
    )
    search_help_text = _("按现在或以前的名称查找")
    autocomplete_fields = ("parent",)
    inlines = (OrganisationNameInline,)

    def get_queryset(self, request):
        """Organisations with what the list prints: one query for all parents, not a join."""
        return super().get_queryset(request).prefetch_related("parent")

    def get_readonly_fields(self, request, obj=None):
        """A body that is renamed gets a row: pages of earlier days keep the name of theirs."""
        return ("name",) if obj else ()

    @admin.display(description=_("全称"), ordering="name")
    def name_today(self, organisation):
        """Full name."""
        return str(organisation)

    @admin.display(description=_("简称"), ordering="short_name")
    def short_name_today(self, organisation):
        """Short name."""
        return organisation.named_on(timezone.localdate()).short_name
