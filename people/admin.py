"""The desk's pages of people, organisations and accounts."""

from itertools import combinations

from axes.utils import reset
from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.autocomplete import AutocompleteInline, Autocompletes
from people.credentials import log_set_password
from people.following import FollowingForm
from people.formsets import RowInline, RowInlineFormSet
from people.merge_admin import MergeAdmin
from people.models import (
    Appointment,
    CredentialChange,
    Official,
    Organisation,
    OrganisationName,
    Reporter,
    User,
)
from people.on_site import PublicOnSite
from people.passwords import PasswordForm
from people.uses import SaysUses

# The roles are a table in the code, written anew after each migration: there is nothing to edit.
admin.site.unregister(Group)


class CalledAdmin(PublicOnSite):
    """People, found by name, pinyin or initials, here and in every autocomplete."""

    form = FollowingForm
    # The admin offers its search box only where this names something; see get_search_results.
    search_fields = ("name",)
    ordering = ("pinyin", "pk")

    def get_search_results(self, request, queryset, search_term):
        """People called that; no duplicates to remove."""
        return (queryset.called(search_term) if search_term.strip() else queryset), False


class AppointmentInline(AutocompleteInline):
    """Posts of an official."""

    model = Appointment
    extra = 1
    autocomplete_fields = ("organisation",)


@admin.register(Official)
class OfficialAdmin(MergeAdmin, CalledAdmin):
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
class ReporterAdmin(Autocompletes, CalledAdmin):
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
class OrganisationAdmin(Autocompletes, SaysUses):
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


def _manages(request):
    """Whether accounts are not the operator's alone, or an operator asks: a superuser."""
    return settings.ACCOUNTS_BY == "chief" or request.user.is_superuser


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    """Accounts. Whoever manages them without being superuser can make no superuser."""

    change_password_form = PasswordForm
    list_display = ("username", "name", "roles", "state", "last_login")
    list_filter = ("is_active", "groups")
    search_fields = ("username", "name", "email")
    filter_horizontal = ()
    # A handful of roles is ticked, not moved between two boxes.
    formfield_overrides = {models.ManyToManyField: {"widget": forms.CheckboxSelectMultiple}}
    readonly_fields = ("last_login", "date_joined", "set_by")
    actions = ("unlock",)
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("本人"), {"fields": ("name", "email")}),
        (_("角色"), {"fields": ("is_active", "is_staff", "groups")}),
        (_("时间"), {"fields": ("last_login", "date_joined", "set_by")}),
    )
    add_fieldsets = (
        (
            None,
            {
                "classes": ("wide",),
                "fields": ("username", "name", "usable_password", "password1", "password2"),
            },
        ),
        (_("角色"), {"fields": ("is_staff", "groups")}),
    )

    def get_queryset(self, request):
        """Accounts with their roles, for the list."""
        return super().get_queryset(request).prefetch_related("groups")

    def get_fieldsets(self, request, obj=None):
        """The same for all; a superuser also sees that switch."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or not request.user.is_superuser:
            return fieldsets
        return (*fieldsets, (_("超级用户"), {"fields": ("is_superuser",)}))

    def has_view_permission(self, request, obj=None):
        """Nobody but a superuser, where accounts are the operator's."""
        return _manages(request) and super().has_view_permission(request, obj)

    def has_add_permission(self, request):
        """The same."""
        return _manages(request) and super().has_add_permission(request)

    def has_change_permission(self, request, obj=None):
        """The same; and only a superuser changes a superuser, password included."""
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return _manages(request) and super().has_change_permission(request, obj)

    def save_model(self, request, obj, form, change):
        """Whoever opens an account has set its password."""
        super().save_model(request, obj, form, change)
        if not change:
            log_set_password(obj, person=request.user, kind=CredentialChange.Kind.OPENED)

    def user_change_password(self, request, id, form_url=""):  # noqa: A002  Django's own signature
        """Django's page; a password that it sets for another is logged with it."""
        if request.method != "POST":
            return super().user_change_password(request, id, form_url)
        with transaction.atomic():
            account = self.get_object(request, unquote(id))
            answer = super().user_change_password(request, id, form_url)
            if account:
                before = account.password
                account.refresh_from_db(fields=["password"])
                if account.password != before and account.has_usable_password():
                    kind = CredentialChange.Kind.RESET
                    log_set_password(account, person=request.user, kind=kind)
        return answer

    @admin.display(description=_("由别人开通、重设密码"))
    def set_by(self, user):
        """The log of it, newest first."""
        changes = user.credential_changes.select_related("person")
        return format_html_join(mark_safe("<br>"), "{}", ((change,) for change in changes))

    @admin.action(description=_("解除登录锁定"), permissions=["change"])
    def unlock(self, request, queryset):
        """Forget the wrong passwords of accounts, so that they may try again."""
        for user in queryset:
            reset(username=user.username)
            self.log_change(request, user, gettext("解除登录锁定"))
        self.message_user(request, gettext("已经可以再试登录。"))

    @admin.display(description=_("角色"))
    def roles(self, user):
        """Names of the groups."""
        return "、".join(group.name for group in user.groups.all())

    @admin.display(description=_("状态"), ordering="is_active")
    def state(self, user):
        """Whether the account may log in, in words: Django's icon says True."""
        return _("在用") if user.is_active else _("停用")
