"""Lists of the desk that are narrowed by year, month and day."""

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList


class DatedList(ChangeList):
    """A list whose address may name the last day of the calendar."""

    def get_filters(self, request):
        """Django reckons the day after, which the last one has not."""
        try:
            return super().get_filters(request)
        except (OverflowError, ValueError) as error:
            raise IncorrectLookupParameters(error) from error


class DatedAdmin(admin.ModelAdmin):
    """For a ModelAdmin with a ``date_hierarchy``."""

    def get_changelist(self, request, **kwargs):
        """The list that knows where the calendar ends."""
        return DatedList
