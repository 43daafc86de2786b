"""Linking of typed names to registered people, where it is clear who is meant.

Otherwise a message asks the editor. Only new rows and changed names are looked up, so that a link
which an editor has removed stays removed.
"""

from collections.abc import Sequence

from django.contrib import admin, messages
from django.utils.html import format_html
from django.utils.translation import gettext as _

from articles.editorial import day_of, labels, registered
from people.names import fold
from people.shared.admin import change_address

#: People that a message lists; a table may have a thousand rows.
MOST_NAMED = 20


class LinksNames:
    """Mixin of a formset of rows with a printed name."""

    #: Descriptions of the rows that were linked, and of those left to the editor.
    linked: Sequence[str] = ()
    asked: Sequence[str] = ()

    def clean(self):
        """Link names that were typed without a link, if exactly one person may be meant."""
        super().clean()
        self.linked, self.asked = [], []
        day = day_of(self.instance)
        rows = [form.instance for form in self.forms if day and self._lacks_link(form)]
        for row, _day, people in registered([(row, day) for row in rows]):
            title = getattr(row, "printed_title", "")
            is_plain = len(people) == 1 and people[0].may_be_called(title, day)
            if is_plain:
                setattr(row, row.person_field, people[0])
            told = self.linked if is_plain else self.asked
            told.append(_("“%(name)s”：%(people)s") % {"name": row, "people": labels(people, day)})

    @staticmethod
    def _lacks_link(form):
        """Whether a row has a new name and no link."""
        row = form.instance
        if form.errors or not form.has_changed() or form.cleaned_data.get("DELETE"):
            return False
        is_new = row._state.adding or fold(form.initial["printed_name"]) != fold(row.printed_name)
        return is_new and row.printed_name and not row.person_id


class LinkingAdmin(admin.ModelAdmin):
    """Mixin that lists the people who were linked, and those the editor has to decide on."""

    def save_formset(self, request, form, formset, change):
        super().save_formset(request, form, formset, change)
        linked, asked = (getattr(formset, name, ()) for name in ("linked", "asked"))
        if linked:
            line = _(
                "登记过的人，已经连上：%(people)s。不是同一个人的，在那一行清空再保存，不会再连。"
            )
            messages.info(request, line % {"people": _listed(linked)})
        if asked:
            line = _("登记过的姓名，没有连上，请看一看：%(people)s。是同一个人就在那一行选上。")
            thing = formset.instance
            address = change_address(getattr(thing, "copy_of", None) or thing)
            messages.warning(
                request,
                format_html(
                    '{}<a href="{}#{}-group">{}</a>',
                    line % {"people": _listed(asked)},
                    address,
                    formset.prefix,
                    _("去看这些行"),
                ),
            )


def _listed(lines):
    """Join lines, at most ``MOST_NAMED`` of them."""
    said = "；".join(lines[:MOST_NAMED])
    more = len(lines) - MOST_NAMED
    return said if more <= 0 else _("%(said)s，等%(all)d处") % {"said": said, "all": len(lines)}
