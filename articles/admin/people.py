"""People at the desk, with their history: the register is part of the public record."""

from django.contrib import admin

from articles.admin.offers import OffersAdmin
from articles.admin.record import RecordAdmin
from people.admin import OfficialAdmin, ReporterAdmin
from people.models import Official, Reporter

admin.site.unregister([Official, Reporter])


@admin.register(Official)
class VersionedOfficialAdmin(OffersAdmin, RecordAdmin, OfficialAdmin):
    """Officials, whose dossier is made of stories: amended with a reason, kept in versions."""


@admin.register(Reporter)
class OfferedReporterAdmin(OffersAdmin, ReporterAdmin):
    """Reporters and correspondents."""
