"""Columns that follow others of their row until an editor sets them, or it is published."""

from django.db import models
from django.forms.models import ModelForm
from django.utils.translation import gettext as _


def follows_flag(label):
    """Column that says whether another one follows; what is stored by other ways counts as set."""
    return models.BooleanField(label, default=False, editable=False)


class Following(models.Model):
    """Derives the columns named in ``following`` where they are empty, and as long as they follow.

    For each ``name`` there are a column ``<name>_follows``, a method ``derived_<name>`` that takes
    the row as it is stored (None where it is not), and ``source_of_<name>``, words for what it
    follows.
    """

    following: tuple[str, ...] = ()

    class Meta:
        abstract = True

    def save(self, **options):
        """Bring up to date what follows before the row is written."""
        written = self._follow()
        if options.get("update_fields") is not None:
            options["update_fields"] = {*options["update_fields"], *written}
        super().save(**options)

    def follows(self, name: str) -> bool:
        """Whether the column follows: nobody has set it, and it was never published."""
        return getattr(self, f"{name}_follows") and not self.was_published()

    def was_published(self) -> bool:
        """Whether readers may know the row: what they know follows nothing any more."""
        raise NotImplementedError

    def source_of(self, name: str) -> str:
        """What the column follows, in words."""
        return getattr(self, f"source_of_{name}")()

    def keep_given(self, names) -> None:
        """Call set what code has just written, where the column would follow to another value."""
        follow = [name for name in names if self.follows(name)]
        stored = self._stored() if follow else None
        for name in follow:
            if getattr(self, name) != self._derived(name, stored):
                setattr(self, f"{name}_follows", False)

    def _stored(self):
        return type(self)._base_manager.filter(pk=self.pk).first() if self.pk else None

    def _derived(self, name, stored):
        return getattr(self, f"derived_{name}")(stored)

    def _follow(self) -> set[str]:
        """Derive what is empty or follows; names of the columns that are others now."""
        asked = [
            name
            for name in self.following
            if not getattr(self, name) or getattr(self, f"{name}_follows")
        ]
        if not asked:
            return set()
        stored = self._stored()
        published = bool(stored) and stored.was_published()
        columns = [column for name in asked for column in (name, f"{name}_follows")]
        before = [getattr(self, column) for column in columns]
        for name in asked:
            self._derive(name, stored, published=published)
        return {
            column
            for column, value in zip(columns, before, strict=True)
            if getattr(self, column) != value
        }

    def _derive(self, name, stored, *, published):
        flag, value = f"{name}_follows", getattr(self, name)
        if value and published:
            setattr(self, flag, False)
            return
        derived = self._derived(name, stored)
        if not value:
            setattr(self, flag, not published)
        elif stored and value not in (getattr(stored, name), derived):
            # Given by code: no form has said so.
            setattr(self, flag, False)
            return
        setattr(self, name, derived)


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
