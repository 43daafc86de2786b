"""The desk: the site of Django's admin."""

from collections.abc import Callable
from functools import update_wrapper
from urllib.parse import unquote

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.options import FORMFIELD_FOR_DBFIELD_DEFAULTS
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth.views import PasswordChangeView
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from articles.devdata import component_library
from articles.editorial import QUEUES, counts
from newsroom.desk_admin import DeskAdmin, search_problem
from newsroom.errors import BadInput
from people.accounts.passwords import OwnPasswordForm
from people.models import User
from people.shared.autocomplete import choice_label
from people.shared.days import DayField, MomentField

#: Models that editors use daily, which the index lists first.
_DAILY = ("Article", "Inspection", "Meeting", "Project", "Photo", "Official", "Reporter")
_PLACES = {name: place for place, name in enumerate(_DAILY)}

# Every form of the admin takes its fields from here, so all of them ask about unlikely years.
FORMFIELD_FOR_DBFIELD_DEFAULTS |= {
    models.DateField: {"form_class": DayField},
    models.DateTimeField: {"form_class": MomentField},
}


class Autocomplete(AutocompleteJsonView):
    def get(self, request, *args, **kwargs) -> HttpResponse:
        """Answer a search that is too long with the reason, as a choice that cannot be chosen."""
        problem = search_problem(request.GET.get("term", ""))
        if not problem:
            return super().get(request, *args, **kwargs)
        line = {"id": "", "text": problem, "disabled": True}
        return JsonResponse({"results": [line], "pagination": {"more": False}})

    def process_request(self, request) -> tuple:
        """Refuse fields that no form of the desk has as an autocomplete."""
        asked = tuple(request.GET.get(name) for name in ("app_label", "model_name", "field_name"))
        if asked not in self.admin_site.pickers:
            raise PermissionDenied
        return super().process_request(request)

    def serialize_result(self, obj, to_field_name) -> dict[str, str]:
        return super().serialize_result(obj, to_field_name) | {"text": choice_label(obj)}


class NewsroomAdminSite(admin.AdminSite):
    site_url = "/"
    index_title = _("编辑部")
    empty_value_display = "—"

    def admin_view(self, view, cacheable=False) -> Callable[..., HttpResponse]:  # noqa: FBT002  Django's own signature
        """Send a user whose password someone else has set to the form for a new one."""
        entered = super().admin_view(view, cacheable)
        is_free = view in (self.password_change, self.logout)

        def inner(request, *args, **kwargs):
            if "\0" in unquote(request.META.get("QUERY_STRING", "")):
                # PostgreSQL accepts no NUL, and no link of ours has one.
                raise BadInput(_("网址里有不能用的字符。"))
            if not is_free and self.has_permission(request) and request.user.must_change_password:
                return redirect("admin:password_change")
            return entered(request, *args, **kwargs)

        return update_wrapper(inner, entered)

    def password_change(self, request, extra_context=None) -> HttpResponse:
        """Use our form; show who set the password that must be changed."""
        view = PasswordChangeView.as_view(
            form_class=OwnPasswordForm,
            template_name="admin/password_change_form.html",
            success_url=reverse("admin:password_change_done"),
            extra_context={
                **self.each_context(request),
                "set_by": request.user.must_change_password
                and request.user.credential_changes.select_related("person").first(),
            },
        )
        return view(request)

    def password_read(self, request) -> HttpResponse:
        """Note that the owner has read who set the password, so that the index no longer says it.

        No password can have been set since the page was drawn: it would have ended the session.
        """
        User.objects.filter(pk=request.user.pk).update(notices_read_at=timezone.now())
        return redirect("admin:index")

    def register(self, model_or_iterable, admin_class=None, **options) -> None:
        """Mix ``DeskAdmin`` into every class, third-party ones included."""
        base = admin_class or admin.ModelAdmin
        guarded = type(base.__name__, (DeskAdmin, base), {"__module__": base.__module__})
        super().register(model_or_iterable, guarded, **options)

    @cached_property
    def pickers(self) -> set[tuple[str, str, str]]:
        """App, model and name of each field that some form has as an autocomplete."""
        forms = (form for page in self._registry.values() for form in (page, *page.inlines))
        return {
            (form.model._meta.app_label, form.model._meta.model_name, name)
            for form in forms
            for name in form.autocomplete_fields
        }

    def index(self, request, extra_context=None) -> HttpResponse:
        """Add the queues of stories with their numbers, and who has set the user's password."""
        waiting = []
        if request.user.has_perm("articles.view_article"):
            numbers = counts(request.user)
            waiting = [(queue, numbers[name]) for name, queue in QUEUES.items()]
        own = {"waiting": waiting, "set_by_others": list(request.user.set_by_others())}
        return super().index(request, {**(extra_context or {}), **own})

    def autocomplete_view(self, request) -> HttpResponse:
        return Autocomplete.as_view(admin_site=self)(request)

    def get_urls(self) -> list[URLResolver | URLPattern]:
        """Add pages of ours, and replace Django's ``view_on_site``."""
        urls = [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]
        on_site = path(
            "r/<int:content_type_id>/<path:object_id>/",
            self.admin_view(self.view_on_site),
            name="view_on_site",
        )
        components = path("components/", self.admin_view(component_library), name="components")
        read = path(
            "password_change/read/",
            self.admin_view(require_POST(self.password_read)),
            name="password_change_read",
        )
        return [on_site, components, read, *urls]

    def view_on_site(self, request, content_type_id, object_id) -> HttpResponse:
        """Redirect to the public page of a row that has one and that the user may view.

        Django's view asks for neither, and redirects to the host in the table of sites, which is
        example.com by default.
        """
        kind = ContentType.objects.filter(pk=content_type_id).first()
        model = kind and kind.model_class()
        if not (model and self.is_registered(model)):
            raise Http404
        model_admin = self.get_model_admin(model)
        thing = model_admin.get_object(request, object_id)
        if not (
            thing
            and model_admin.has_view_permission(request, thing)
            and model_admin.get_view_on_site_url(thing)
        ):
            raise Http404
        return redirect(thing.get_absolute_url())

    def get_app_list(self, request, app_label=None) -> list[dict]:
        """Put the app ``articles`` first, and in each app the models that are used daily."""
        apps = super().get_app_list(request, app_label)
        for app in apps:
            # The sort is stable: all others follow in Django's order.
            app["models"].sort(key=lambda listed: _PLACES.get(listed["object_name"], len(_PLACES)))
        return sorted(apps, key=lambda app: app["app_label"] != "articles")

    @property
    def site_header(self) -> str:
        return f"{settings.SITE_NAME} · {_('编辑部')}"

    site_title = site_header
