"""Log of merges."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MergeQuerySet(models.QuerySet):
    def targets(self) -> dict[tuple[str, int], int]:
        """Map label and key of each merged row to the key of the row it is part of now.

        That row may have been deleted since.
        """
        merges = self.values_list("model", "absorbed", "kept")
        rows = {(model, absorbed): kept for model, absorbed, kept in merges}
        return {row: _last(rows, row) for row in rows}


def _last(rows: dict[tuple[str, int], int], row: tuple[str, int]) -> int:
    model, key = row
    while (model, key) in rows:
        key = rows[model, key]
    return key


class Merge(models.Model):
    """A row that was merged into another. Append-only, as older versions link it by its key.

    There are no foreign keys: the absorbed row is deleted, and the kept one may be.
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
            # This rules out circles of merges.
            models.UniqueConstraint(
                fields=["model", "absorbed"],
                name="merged_once",
                violation_error_message=_("这一条已经合并过了。"),
            ),
        )

    def __str__(self):
        return f"{self.model} {self.absorbed} → {self.kept}"
