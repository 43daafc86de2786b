"""The desk: Django's admin under the paper's name."""

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.options import FORMFIELD_FOR_DBFIELD_DEFAULTS
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext_lazy as _

from articles.workflow import QUEUES, counts
from newsroom.gallery import gallery
from people.autocomplete import choice_label
from people.days import DayField, MomentField

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

    def serialize_result(self, obj, to_field_name):
        """Key and words of a row."""
        return super().serialize_result(obj, to_field_name) | {"text": choice_label(obj)}


class NewsroomAdminSite(admin.AdminSite):
    """One site for every role; what each may do is decided by its permissions."""

    site_url = "/"
    index_title = _("编辑部")
    empty_value_display = "—"
    password_change_template = "admin/password_change_form.html"  # noqa: S105  the name of a file

    def index(self, request, extra_context=None):
        """The desk's home: what waits, for whom, and how much of it."""
        waiting = []
        if request.user.has_perm("articles.view_article"):
            numbers = counts(request.user)
            waiting = [(queue, numbers[name]) for name, queue in QUEUES.items()]
        return super().index(request, {**(extra_context or {}), "waiting": waiting})

    def autocomplete_view(self, request):
        """What a picker finds."""
        return Autocomplete.as_view(admin_site=self)(request)

    def get_urls(self):
        """The gallery of components; our own way to the public page, in the place of Django's."""
        urls = [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]
        on_site = path(
            "r/<int:content_type_id>/<path:object_id>/",
            self.admin_view(self.view_on_site),
            name="view_on_site",
        )
        components = path("components/", self.admin_view(gallery), name="components")
        return [on_site, components, *urls]

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
