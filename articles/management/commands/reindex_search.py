"""The index of the search from the command line; see articles.editorial.reindexing."""

from django.core.management.base import BaseCommand
from tqdm import tqdm

from articles.editorial import reindex, to_reindex


class Command(BaseCommand):
    """Bring the index of the search up to date, without taking the search down."""

    help = (
        "Bring the index of the search up to date, as after an upgrade. Run it again where it was "
        "broken off: what is right is not made anew."
    )

    def add_arguments(self, parser):
        """Whether to look at everything."""
        parser.add_argument(
            "--all",
            action="store_true",
            dest="everything",
            help="compare every text with the index, also what seems to be there",
        )

    def handle(self, *, everything, **_options):
        """Show progress on a terminal, and say at the end how much was looked at."""
        things = to_reindex(everything=everything)
        total = sum(rows.count() for rows in things.values())
        # No bar where nobody watches: disable=None asks whether stderr is a terminal.
        with tqdm(total=total, unit=" texts", disable=None) as bar:
            for count in reindex(things):
                bar.update(count)
        if total or everything:
            self.stdout.write(f"Indexed for the search: {total:,} texts.")
