"""Columns derived from others of their row until an editor sets them or the row is published."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.forms.models import ModelForm
from django.utils.translation import gettext as _


def follows_flag(label) -> models.BooleanField:
    """Make the column ``<name>_follows``; false for rows that no form has written."""
    return models.BooleanField(label, default=False, editable=False)


class Following(models.Model):
    """Derives the columns named in ``following`` where they are empty, and as long as they follow.

    Each ``name`` has a column ``<name>_follows``, a method ``derived_<name>(stored)`` that takes
    the stored row (None for a new one), and a method ``source_of_<name>()`` that says in Chinese
    what the value comes from.
    """

    following: tuple[str, ...] = ()

    class Meta:
        abstract = True

    def save(self, **options) -> None:
        """Derive the columns that follow, then write the row."""
        written = self._follow()
        if options.get("update_fields") is not None:
            options["update_fields"] = {*options["update_fields"], *written}
        super().save(**options)

    def follows(self, name: str) -> bool:
        """Whether the column is derived: no editor has set it and the row was never published."""
        return getattr(self, f"{name}_follows") and not self.was_published()

    def was_published(self) -> bool:
        """Whether readers may have seen the row; its columns then no longer follow."""
        raise NotImplementedError

    def source_of(self, name: str) -> str:
        """What the value of the column comes from, in Chinese."""
        return getattr(self, f"source_of_{name}")()

    def keep_given(self, names: Iterable[str]) -> None:
        """Keep values that code has assigned: a column that would be derived otherwise is set."""
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
        """Derive what is empty or follows; return the names of the columns that changed."""
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
            # Assigned by code rather than typed in a form, which would have cleared the flag.
            setattr(self, flag, False)
            return
        setattr(self, name, derived)


class FollowingForm(ModelForm):
    """Draws a column that follows as an empty input with the derived value beside it.

    What an editor types is set, even where it equals the derived value; an emptied input follows
    again.
    """

    def __init__(self, *args, **options):
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

    def get_initial_for_field(self, field, field_name) -> Any:
        """Draw nothing for what follows; ``self.initial`` still has the stored value."""
        if field_name in self._follow:
            return ""
        return super().get_initial_for_field(field, field_name)

    def _post_clean(self):
        """Mark what was typed as set; saving derives the others."""
        super()._post_clean()  # type: ignore[misc]  # the stubs leave it out
        for name in self.instance.following:
            if self.cleaned_data.get(name):
                setattr(self.instance, f"{name}_follows", False)
