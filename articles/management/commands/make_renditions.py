"""Sizes and formats of the library's pictures."""

from django.core.management.base import BaseCommand, CommandError

from articles.models import Photo
from articles.rendition_files import make_renditions


class Command(BaseCommand):
    """Make the renditions of pictures; one that fails does not stop the others."""

    help = "Make the renditions of the named pictures, or of all that have none yet."

    def add_arguments(self, parser):
        """Keys of pictures."""
        parser.add_argument("pks", metavar="PK", nargs="*", type=int, help="key of a picture")

    def handle(self, *, pks, **_options):
        """Say what became of each; an error at the end where any failed."""
        lacking = Photo.objects.filter(renditions=[]).order_by("pk").values_list("pk", flat=True)
        failed = 0
        for pk, problem in make_renditions(pks or lacking):
            if problem:
                failed += 1
                self.stderr.write(f"picture {pk}: {problem}")
            else:
                self.stdout.write(f"picture {pk}: made")
        if failed:
            msg = f"{failed} failed"
            raise CommandError(msg)
