"""`manage.py publish_due`: what the clock brings; see articles.editorial.schedule."""

from django.core.management.base import BaseCommand

from articles.editorial import empty_bin, forget_senders, log_failure, publish_due
from people.accounts.log_in import forget_failures
from people.shared.submissions import forget_submissions


class Command(BaseCommand):
    """Publish signed changes whose hour has come."""

    help = "Publish signed changes to live stories whose hour has come; run it every minute."

    def handle(self, **_options):
        """Say what was done, a line a story; nothing where nothing was due."""
        for act in (forget_senders, empty_bin, forget_failures, forget_submissions):
            with log_failure(act.__name__):
                act()
        for result in publish_due():
            said = f"not published: {result.failure}" if result.failure else "published"
            self.stdout.write(f"{result.story}: {said}")
