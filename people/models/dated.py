"""What holds for a time."""

import datetime

from django.db import models


class Dated(models.Model):
    """Holds from ``starts`` up to, not including, ``ends``; either may be unknown."""

    class Meta:
        abstract = True

    @property
    def is_dated(self) -> bool:
        """Whether either end is known."""
        return self.starts is not None or self.ends is not None

    def has_begun(self, day: datetime.date) -> bool:
        """Whether ``day`` is not before the first."""
        return self.starts is None or self.starts <= day

    def has_ended(self, day: datetime.date) -> bool:
        """Whether ``day`` is after the last."""
        return self.ends is not None and self.ends <= day

    def covers(self, day: datetime.date) -> bool:
        """Whether it held on ``day``, as far as is known."""
        return self.has_begun(day) and not self.has_ended(day)

    def nearest(self, day: datetime.date) -> datetime.date:
        """The day on which it held that is nearest to ``day``."""
        if self.has_ended(day):
            return max(self.ends, datetime.date(1, 1, 2)) - datetime.timedelta(1)
        return day if self.has_begun(day) else self.starts
