"""Why the desk does not delete what something else refers to."""

from django.contrib import admin
from django.contrib.admin.utils import NestedObjects
from django.utils.text import capfirst


class SaysUses(admin.ModelAdmin):
    """Names what stands against a deletion; Django names the rows of bare link tables."""

    def get_deleted_objects(self, objs, request):
        """As Django's, with what is linked in the place of the links."""
        *found, protected = super().get_deleted_objects(objs, request)
        if protected:
            collector = NestedObjects(using=self.model.objects.db)
            collector.collect(objs)
            uses = (self._far_side(row) for row in collector.protected)
            protected = sorted({f"{capfirst(use._meta.verbose_name)}：{use}" for use in uses})
        return *found, protected

    def _far_side(self, row):
        """What a row of a link table links to a row of ours; any other row is itself."""
        if not row._meta.auto_created:
            return row
        fields = [field for field in row._meta.fields if field.is_relation]
        return next(
            getattr(row, field.name) for field in fields if field.related_model is not self.model
        )
