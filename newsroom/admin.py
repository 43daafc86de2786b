"""The desk: Django's admin under the paper's name."""

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
from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.urls import path, reverse
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

#: Places of the rooms that are entered daily.
_DAILY = ("Article", "Inspection", "Meeting", "Project", "Photo", "Official", "Reporter")
_PLACES = {name: place for place, name in enumerate(_DAILY)}

# Where Django looks up how a column is entered, on every page of the desk and in every row: no page
# that comes later can forget to ask for a year that is hardly meant.
FORMFIELD_FOR_DBFIELD_DEFAULTS |= {
    models.DateField: {"form_class": DayField},
    models.DateTimeField: {"form_class": MomentField},
}


class Autocomplete(AutocompleteJsonView):
    """Answers of the pickers."""

    def get(self, request, *args, **kwargs):
        """What is found; for more words than are searched at once, the reason why nothing is."""
        problem = search_problem(request.GET.get("term", ""))
        if not problem:
            return super().get(request, *args, **kwargs)
        line = {"id": "", "text": problem, "disabled": True}
        return JsonResponse({"results": [line], "pagination": {"more": False}})

    def process_request(self, request):
        """What is asked for, if a form of the desk has such a picker."""
        asked = tuple(request.GET.get(name) for name in ("app_label", "model_name", "field_name"))
        if asked not in self.admin_site.pickers:
            raise PermissionDenied
        return super().process_request(request)

    def serialize_result(self, obj, to_field_name):
        """Key and words of a row."""
        return super().serialize_result(obj, to_field_name) | {"text": choice_label(obj)}


class NewsroomAdminSite(admin.AdminSite):
    """One site for every role; what each may do is decided by its permissions."""

    site_url = "/"
    index_title = _("编辑部")
    empty_value_display = "—"

    def admin_view(self, view, cacheable=False):  # noqa: FBT002  Django's own signature
        """Whoever's password another person has set chooses one before anything else."""
        entered = super().admin_view(view, cacheable)
        is_free = view in (self.password_change, self.logout)

        def inner(request, *args, **kwargs):
            if "\0" in unquote(request.META.get("QUERY_STRING", "")):
                # PostgreSQL fails at it, and no page of ours asks for it.
                raise BadInput(_("网址里有不能用的字符。"))
            if not is_free and self.has_permission(request) and request.user.must_change_password:
                return redirect("admin:password_change")
            return entered(request, *args, **kwargs)

        return update_wrapper(inner, entered)

    def password_change(self, request, extra_context=None):
        """Django's page with our form; it says who set the password that must be changed."""
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

    def password_read(self, request):
        """The owner has read who set the password: it is told no more.

        Nothing can have been set since the page was drawn: that would have ended the session.
        """
        User.objects.filter(pk=request.user.pk).update(notices_read_at=timezone.now())
        return redirect("admin:index")

    def register(self, model_or_iterable, admin_class=None, **options):
        """Register pages that answer no more than they ask, whoever wrote them."""
        base = admin_class or admin.ModelAdmin
        guarded = type(base.__name__, (DeskAdmin, base), {"__module__": base.__module__})
        super().register(model_or_iterable, guarded, **options)

    @cached_property
    def pickers(self):
        """Fields that a form finds as one types: app, model and name of each."""
        forms = (form for page in self._registry.values() for form in (page, *page.inlines))
        return {
            (form.model._meta.app_label, form.model._meta.model_name, name)
            for form in forms
            for name in form.autocomplete_fields
        }

    def index(self, request, extra_context=None):
        """The desk's home: who set the password, what waits, for whom, and how much of it."""
        waiting = []
        if request.user.has_perm("articles.view_article"):
            numbers = counts(request.user)
            waiting = [(queue, numbers[name]) for name, queue in QUEUES.items()]
        own = {"waiting": waiting, "set_by_others": list(request.user.set_by_others())}
        return super().index(request, {**(extra_context or {}), **own})

    def autocomplete_view(self, request):
        """What a picker finds."""
        return Autocomplete.as_view(admin_site=self)(request)

    def get_urls(self):
        """The library of components; our own way to the public page, in the place of Django's."""
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

    def view_on_site(self, request, content_type_id, object_id):
        """Lead to the page of what readers see.

        Django's would lead to the address of anything, on the host that a row of the database
        names: by default that of a stranger.
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

    def get_app_list(self, request, app_label=None):
        """The stories' room first, and stories and events first in it: what people come for."""
        apps = super().get_app_list(request, app_label)
        for app in apps:
            # Stable: what is not named follows in Django's order.
            app["models"].sort(key=lambda listed: _PLACES.get(listed["object_name"], len(_PLACES)))
        return sorted(apps, key=lambda app: app["app_label"] != "articles")

    @property
    def site_header(self):
        """Name of the paper, as the settings have it."""
        return f"{settings.SITE_NAME} · {_('编辑部')}"

    @property
    def site_title(self):
        """The same in the browser's tab."""
        return self.site_header
