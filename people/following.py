"""Forms whose derived columns stay empty until an editor sets them."""

from django.forms.models import ModelForm
from django.utils.translation import gettext as _


class FollowingForm(ModelForm):
    """Draws a column that follows as an empty input with its value beside it.

    What is typed there is set, even if it is the same; what is emptied follows again.
    """

    def __init__(self, *args, **options):
        """Say what each column follows, and where that leads."""
        super().__init__(*args, **options)
        self._follow = {
            name
            for name in self.instance.following
            if self.instance.pk and name in self.fields and self.instance.follows(name)
        }
        for name in self._follow:
            field, source = self.fields[name], self.instance.source_of(name)
            field.widget.attrs["placeholder"] = _("随%(source)s") % {"source": source}
            field.help_text = _("现在是%(value)s，随%(source)s；填了就不再跟随，清空又跟随。") % {
                "value": getattr(self.instance, name),
                "source": source,
            }

    def get_initial_for_field(self, field, field_name):
        """Nothing for what follows; ``initial`` keeps the value that is stored."""
        if field_name in self._follow:
            return ""
        return super().get_initial_for_field(field, field_name)

    def _post_clean(self):
        """What was typed follows nothing."""
        super()._post_clean()
        for name in self.instance.following:
            if self.cleaned_data.get(name):
                setattr(self.instance, f"{name}_follows", False)
