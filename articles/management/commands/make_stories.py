"""Synthetic stories from the command line."""

import argparse
import time
from collections import Counter

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from articles.devdata import OtherCountError, make_stories

MOST, HIGHEST_SEED = 2_000_000, 999_999_999


def number(least, most):
    """Type of an argument: a whole number from ``least`` to ``most``."""

    def parse(text):
        if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
            msg = f"not a whole number from {least:,} to {most:,}: {text!r}"
            raise argparse.ArgumentTypeError(msg)
        return int(text)

    return parse


class Command(BaseCommand):
    """Fill the database with stories of a district that does not exist."""

    help = (
        "Make COUNT synthetic stories with all that they record. The same COUNT and seed give the "
        "same rows; what is already there is not made again, so a run that was broken off is "
        "taken up by the same command."
    )

    def add_arguments(self, parser):
        """COUNT, and the seed of chance."""
        parser.add_argument("count", metavar="COUNT", type=number(1, MOST), help=f"1 to {MOST:,}")
        parser.add_argument(
            "--seed", type=number(0, HIGHEST_SEED), default=1, help="which stories (default: 1)"
        )

    def handle(self, *, count, seed, **_options):
        """Show progress on a terminal, and say at the end what was added."""
        added, began = Counter(), time.monotonic()
        try:
            # No bar where nobody watches: disable=None asks whether stderr is a terminal.
            with tqdm(total=count, unit=" stories", disable=None) as bar:
                for stories, rows in make_stories(count, seed):
                    added += rows
                    bar.update(stories)
        except OtherCountError as error:
            msg = f"Seed {seed}: {error}. Use another seed, or an empty database."
            raise CommandError(msg) from None
        if not added:
            self.stdout.write(f"Seed {seed}: all {count:,} stories are here already.")
            return
        seconds = time.monotonic() - began
        rows = ", ".join(f"{amount:,} {table}" for table, amount in added.items())
        rate = added["article"] / seconds
        self.stdout.write(f"Seed {seed}: {rows} in {seconds:.0f} s, {rate:.0f} stories a second.")
