"""The desk: Django's admin under the paper's name."""

from django.conf import settings
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.workflow import QUEUES, counts


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

    def get_app_list(self, request, app_label=None):
        """The stories' room first: that is what people come for."""
        apps = super().get_app_list(request, app_label)
        return sorted(apps, key=lambda app: app["app_label"] != "articles")

    @property
    def site_header(self):
        """Name of the paper, as the settings have it."""
        return f"{settings.SITE_NAME} · {_('编辑部')}"

    @property
    def site_title(self):
        """The same in the browser's tab."""
        return self.site_header
