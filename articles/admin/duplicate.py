"""A new event that begins like an earlier one: the same people in the same order."""

from django.contrib import admin
from django.forms import model_to_dict

#: Query parameter that names the earlier event.
LIKE = "like"


class DuplicateAdmin(admin.ModelAdmin):
    """Fills the form of a new event from that of an earlier one; days and demands stay empty."""

    change_form_template = "admin/articles/event_form.html"
    #: Fields of the event that are the same again, the relation that is, and its fields.
    same_again = ()
    rows_again, row_again = "attendance", ()

    def _earlier(self, request):
        """The event that the address names; None where there is none, or a form was sent."""
        key = request.GET.get(LIKE)
        return self.get_object(request, key) if key and request.method == "GET" else None

    def get_changeform_initial_data(self, request):
        """Values of the earlier event."""
        earlier = self._earlier(request)
        initial = super().get_changeform_initial_data(request)
        return initial | model_to_dict(earlier, fields=self.same_again) if earlier else initial

    def _rows(self, request, obj):
        earlier = None if obj and obj.pk else self._earlier(request)
        if earlier is None:
            return []
        rows = getattr(earlier, self.rows_again).all()
        return [model_to_dict(row, fields=self.row_again) for row in rows]

    def get_formsets_with_inlines(self, request, obj=None):
        """Room for the rows of the earlier event."""
        for formset, inline in super().get_formsets_with_inlines(request, obj):
            if formset.get_default_prefix() == self.rows_again:
                formset.extra += len(self._rows(request, obj))
            yield formset, inline

    def get_formset_kwargs(self, request, obj, inline, prefix):
        """The rows of the earlier event, to be saved as new ones."""
        options = super().get_formset_kwargs(request, obj, inline, prefix)
        if prefix == self.rows_again and (rows := self._rows(request, obj)):
            options["initial"] = rows
        return options
