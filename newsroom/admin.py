"""The desk: Django's admin under the paper's name."""

from django.conf import settings
from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class NewsroomAdminSite(admin.AdminSite):
    """One site for every role; what each may do is decided by its permissions."""

    site_url = "/"
    index_title = _("编辑部")
    empty_value_display = "—"

    @property
    def site_header(self):
        """Name of the paper, as the settings have it."""
        return f"{settings.SITE_NAME} · {_('编辑部')}"

    @property
    def site_title(self):
        """The same in the browser's tab."""
        return self.site_header
