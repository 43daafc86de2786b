"""Accounts in the admin."""

from axes.utils import reset
from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.db import models, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.accounts.credentials import log_set_password
from people.accounts.passwords import PasswordForm
from people.models import CredentialChange, User

# Roles are defined in code and written to the database after each migration.
admin.site.unregister(Group)


def _may_manage(request: HttpRequest) -> bool:
    """Whether ``ACCOUNTS_BY`` lets this user manage accounts, apart from the permission to."""
    return settings.ACCOUNTS_BY == "chief" or request.user.is_superuser


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    """Accounts. Only a superuser can create or change a superuser."""

    change_password_form = PasswordForm
    list_display = ("username", "name", "roles", "state", "last_login")
    list_filter = ("is_active", "groups")
    search_fields = ("username", "name", "email")
    filter_horizontal = ()
    # There are few roles: checkboxes instead of Django's two lists.
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

    def get_queryset(self, request) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    def get_fieldsets(self, request, obj=None) -> list | tuple:
        """Offer the superuser status to superusers only."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or not request.user.is_superuser:
            return fieldsets
        return (*fieldsets, (_("超级用户"), {"fields": ("is_superuser",)}))

    def has_view_permission(self, request, obj=None) -> bool:
        return _may_manage(request) and super().has_view_permission(request, obj)

    def has_add_permission(self, request) -> bool:
        return _may_manage(request) and super().has_add_permission(request)

    def has_change_permission(self, request, obj=None) -> bool:
        """Whether the account and its password may be changed; a superuser only by a superuser."""
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return _may_manage(request) and super().has_change_permission(request, obj)

    def save_model(self, request, obj, form, change) -> None:
        """Log who opened the account, as they know its first password."""
        super().save_model(request, obj, form, change)
        if not change:
            log_set_password(obj, person=request.user, kind=CredentialChange.Kind.OPENED)

    def user_change_password(
        self,
        request,
        id,  # noqa: A002  Django's own signature
        form_url="",
    ) -> HttpResponse:
        """Log a password that was set for someone else, in the transaction that sets it."""
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
    def set_by(self, user) -> SafeString:
        changes = user.credential_changes.select_related("person")
        return format_html_join(mark_safe("<br>"), "{}", ((change,) for change in changes))

    @admin.action(description=_("解除登录锁定"), permissions=["change"])
    def unlock(self, request, queryset) -> None:
        """Delete the failed log-ins of accounts, so that their owners may try again at once."""
        for user in queryset:
            reset(username=user.username)
            self.log_change(request, user, gettext("解除登录锁定"))
        self.message_user(request, gettext("已经可以再试登录。"))

    @admin.display(description=_("角色"))
    def roles(self, user) -> str:
        return "、".join(group.name for group in user.groups.all())

    @admin.display(description=_("状态"), ordering="is_active")
    def state(self, user) -> str | Promise:
        """Whether the account may log in, in words: a screen reader reads Django's icon as True."""
        return _("在用") if user.is_active else _("停用")
