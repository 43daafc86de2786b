"""Which people the public may see."""

from django.db import models
from django.db.models import Exists, OuterRef


class ShownInStories(models.QuerySet):
    """Rows that are public as long as a live story shows them.

    The stories are another app's, which this one never imports: it hangs a model with a
    ``live(at)`` queryset on ours under the related name in ``shown_by``.
    """

    shown_by = "stories"

    def public(self, at=None):
        """Those that a story live at ``at`` (now, unless told) shows."""
        relation = self.model._meta.get_field(self.shown_by)
        shown = relation.related_model.objects.live(at)
        return self.filter(Exists(shown.filter(**{relation.field.name: OuterRef("pk")})))
