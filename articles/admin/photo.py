"""The picture library at the desk."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.models import Photo


@admin.register(Photo)
class PhotoAdmin(admin.ModelAdmin):
    """Pictures."""

    list_display = ("thumbnail", "caption", "alt", "credit", "width", "height")
    list_display_links = ("thumbnail", "caption")
    search_fields = ("caption", "alt", "credit", "image")
    readonly_fields = ("thumbnail", "width", "height")
    fields = (
        "image",
        "thumbnail",
        ("width", "height"),
        "alt",
        "caption",
        "credit",
        ("focal_x", "focal_y"),
    )

    @admin.display(description=_("缩略图"))
    def thumbnail(self, photo):
        """The picture, small."""
        return photo.thumbnail()
