"""Number of the state that readers see."""

import json
from bisect import bisect_right
from datetime import datetime
from functools import lru_cache
from typing import Self

from django.db import connection, models
from django.utils import timezone

#: Moments that the row holds: of more, the first.
MOST_MOMENTS = 200


class PublicRevision(models.Model):
    """One row: its number rises with whatever changes what readers see.

    ``moments`` are the next times at which the clock alone changes it (a publication, an expiry,
    the end of a placement), as seconds since 1970, in order. ``articles.editorial`` writes it.
    """

    number = models.PositiveBigIntegerField(default=0)
    moments = models.JSONField(default=list)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def current(cls) -> Self | None:
        """The row, by one query that nothing compiles: each public page asks for it."""
        with connection.cursor() as cursor:
            cursor.execute(_READ)
            row = cursor.fetchone()
        return cls(number=row[0], moments=_loads(row[1])) if row else None

    def state_at(self, at: datetime) -> str:
        """Name of what readers see at ``at``; empty past the last moment of a full list."""
        passed = bisect_right(self.moments, at.timestamp())
        if passed == MOST_MOMENTS:
            return ""
        # Pages say "today", and compare days with it.
        return f"{self.number}.{passed}.{timezone.localdate(at)}"


_READ = f"SELECT number, moments FROM {PublicRevision._meta.db_table}"  # noqa: S608  our own name
_loads = lru_cache(maxsize=1)(json.loads)
