"""Django's own, ending where each write ends: what follows from it is derived once."""

from django.core.management.commands import loaddata

from articles.editorial import touch_public, writing


class Command(loaddata.Command):
    def loaddata(self, fixture_labels):
        """Load all of them in one transaction, after which public pages are made anew."""
        with writing():
            touch_public()
            super().loaddata(fixture_labels)
