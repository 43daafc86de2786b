"""The desk's pages of accounts."""

from axes.utils import reset
from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.db import models, transaction
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.accounts.credentials import log_set_password
from people.accounts.passwords import PasswordForm
from people.models import CredentialChange, User

# The roles are a table in the code, written anew after each migration: there is nothing to edit.
admin.site.unregister(Group)


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
