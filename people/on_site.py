"""The desk's way to a page that readers have."""

from django.contrib import admin


class PublicOnSite(admin.ModelAdmin):
    """Leads to the page of a thing as long as readers see it."""

    def get_view_on_site_url(self, obj=None):
        """Address of its page; None for what is not public."""
        public = obj and type(obj).objects.public().filter(pk=obj.pk).exists()
        return super().get_view_on_site_url(obj) if public else None
