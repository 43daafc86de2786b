"""Where a thing is found: its form at the desk, and from there the page that readers have."""

from django.contrib import admin
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.urls import reverse


def change_address(row) -> str:
    """Address of the form in which ``row`` is changed."""
    return reverse(admin_urlname(row._meta, "change"), args=[row.pk])


class PublicOnSite(admin.ModelAdmin):
    """Leads to the page of a thing as long as readers see it."""

    def get_view_on_site_url(self, obj=None):
        """Address of its page; None for what is not public."""
        public = obj and type(obj).objects.public().filter(pk=obj.pk).exists()
        return super().get_view_on_site_url(obj) if public else None
