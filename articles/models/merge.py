"""Which row a row was merged into."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MergeQuerySet(models.QuerySet):
    """Merges."""

    def targets(self) -> dict[tuple[str, int], int]:
        """By model and key of what was absorbed, the key of what it is today, however many later.

        The kept row may be gone since, as any row.
        """
        merges = self.values_list("model", "absorbed", "kept")
        rows = {(model, absorbed): kept for model, absorbed, kept in merges}
        return {row: _last(rows, row) for row in rows}


def _last(rows, row):
    model, key = row
    while (model, key) in rows:
        key = rows[model, key]
    return key


class Merge(models.Model):
    """A row that became part of another. Append-only: versions of before still name it by its key.

    Both are named and not linked: the absorbed row is gone, the kept one may go.
    """

    model = models.CharField(_("记录类型"), max_length=40)
    absorbed = models.BigIntegerField(_("并入的编号"))
    kept = models.BigIntegerField(_("保留的编号"))

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("合并")
        verbose_name_plural = _("合并")
        default_permissions = ()
        constraints = (
            # With it no chain of merges leads back to where it began.
            models.UniqueConstraint(
                fields=["model", "absorbed"],
                name="merged_once",
                violation_error_message=_("这一条已经合并过了。"),
            ),
        )

    def __str__(self):
        """Both keys."""
        return f"{self.model} {self.absorbed} → {self.kept}"
