"""People and organisations in the admin. Django imports this module, and through it UserAdmin."""

from itertools import combinations

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
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
    """People, found by name, pinyin or initials in the list and in every autocomplete."""

    form = FollowingForm
    # Only switches the search box on: get_search_results does the search.
    search_fields = ("name",)
    ordering = ("pinyin", "pk")

    def get_search_results(self, request, queryset, search_term) -> tuple[QuerySet, bool]:
        return (queryset.search(search_term) if search_term.strip() else queryset), False


class AppointmentInline(AutocompleteInline):
    model = Appointment
    extra = 1
    autocomplete_fields = ("organisation",)


@admin.register(Official)
class OfficialAdmin(MergeAdmin, PersonAdmin):
    list_display = ("name", "posts", "pinyin", "slug")
    list_filter = ("appointments__organisation",)
    inlines = (AppointmentInline,)
    fieldsets = (
        (None, {"fields": ("name", "aliases")}),
        (_("检索与网址"), {"fields": ("pinyin", "initials", "slug"), "classes": ("collapse",)}),
    )

    def get_queryset(self, request) -> QuerySet:
        return super().get_queryset(request).prefetch_related(*Official.choice_label_needs())

    @admin.display(description=_("登记的职务"))
    def posts(self, official) -> str:
        return official.said_on(timezone.localdate())


@admin.register(Reporter)
class ReporterAdmin(Autocompletes, PersonAdmin):
    list_display = ("name", "kind", "unit", "user")
    list_filter = ("kind",)
    list_select_related = ("user",)
    autocomplete_fields = ("user",)
    fieldsets = (
        (None, {"fields": ("name", "kind", "unit", "user")}),
        (_("检索与网址"), {"fields": ("pinyin", "initials", "slug"), "classes": ("collapse",)}),
    )


class OrganisationNameFormSet(RowInlineFormSet):
    """Names of one organisation, at most one of which may hold on a day."""

    def clean(self) -> None:
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
    model = OrganisationName
    formset = OrganisationNameFormSet
    extra = 1


@admin.register(Organisation)
class OrganisationAdmin(Autocompletes, ProtectedUses):
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

    def get_queryset(self, request) -> QuerySet:
        # A join would not load the names of the parents.
        return super().get_queryset(request).prefetch_related("parent")

    def get_readonly_fields(self, request, obj=None) -> tuple[str, ...]:
        """Keep the name: a new one is another row, and old pages print the name of their day."""
        return ("name",) if obj else ()

    @admin.display(description=_("全称"), ordering="name")
    def name_today(self, organisation) -> str:
        return str(organisation)

    @admin.display(description=_("简称"), ordering="short_name")
    def short_name_today(self, organisation) -> str:
        return organisation.named_on(timezone.localdate()).short_name
