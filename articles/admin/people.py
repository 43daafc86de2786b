"""Officials at the desk, with their history: the register is part of the public record."""

from django.contrib import admin

from articles.admin.record import RecordAdmin
from people.admin import OfficialAdmin
from people.models import Official

admin.site.unregister(Official)


@admin.register(Official)
class VersionedOfficialAdmin(RecordAdmin, OfficialAdmin):
    """Officials, whose dossier is made of stories: amended with a reason, kept in versions."""
