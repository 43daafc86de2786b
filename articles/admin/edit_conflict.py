"""Forms that came too late: drawn again, with what was typed merged into what is stored now."""

from dataclasses import dataclass
from itertools import chain, repeat

from django.forms.models import ModelForm
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Version
from articles.versions import SPECS, bare, snapshot
from articles.versions.describe import Part, describe

#: Title of a late form.
LATE_TITLE = gettext_lazy("没有保存，您写的都在下面")


@dataclass(frozen=True)
class Late:
    """Why a save is refused, and the content when its form was opened, if that is known."""

    why: str
    opened: dict | None
    #: Whether the form that is drawn again may be saved.
    is_editable: bool = True


def late_of(request) -> Late | None:
    """Why the save that a request asks for is refused; None if it is not."""
    return getattr(request, "late", None)


def late_message(newest: Version | None) -> str:
    """Why a save is refused because someone else has saved ``newest`` meanwhile."""
    return _(
        "您打开之后，%(person)s在%(when)s保存过新的一版。为了不覆盖那一版，您这次的内容没有保存："
        "都在下面，新的一版也放进来了。看过以后再按保存，就按下面的写进去。"
    ) % {
        "person": (newest and newest.person) or _("系统"),
        "when": newest and date_format(localtime(newest.made_at), "SHORT_DATETIME_FORMAT"),
    }


@dataclass(frozen=True)
class Difference:
    """A field or table of a late form that differs from what is stored; None is stored if empty."""

    label: str
    #: Id of the element with what was typed.
    html_id: str
    stored: Part | None


class VersionedForm(ModelForm):
    """A form of a row with versions. A late one is drawn again, and never saved."""

    late: Late | None = None

    def __init__(self, data=None, *args, **options):
        """Give fields of a late form that the user has not changed the values stored now."""
        super().__init__(data, *args, **options)
        if self.late:
            opened = self.late.opened and _initial(type(self.instance), self.late.opened)
            self.data = data.copy()
            for name in set(self.fields) - _touched(self, opened):
                self.data.setlist(self.add_prefix(name), _stored(self, name))

    def is_valid(self):
        return super().is_valid() and not self.late


def rebased_rows(table, options: dict, late: Late) -> QueryDict:
    """Data of a late formset, merged into what is stored now, as a browser would post it.

    ``table`` is the class of the formset, ``options`` are its arguments. First come the rows that
    are stored, with what was typed in them; then new rows, and changed ones that are gone now.
    """
    typed = table(**options)
    drawn = table(**{**options, "data": None, "files": None})
    was_drawn = typed.initial_form_count()
    # A content has no keys of its rows, but they are in the order of the form's.
    before = late.opened["children"].get(typed.prefix, ()) if late.opened else ()
    before = [_initial(table.model, row) | {"order": at} for at, row in enumerate(before, 1)]
    if len(before) != was_drawn:
        before = [None] * was_drawn
    rows = {form.instance.pk: _row(form, ()) for form in drawn.initial_forms}
    new = []
    for form, opened in zip(typed.forms, chain(before, repeat(None)), strict=False):
        touched = _touched(form, opened)
        if form.instance.pk in rows:
            rows[form.instance.pk] = _row(form, touched)
        elif opened is None or (touched and "DELETE" not in touched):
            new.append(_row(form, _touched(form, None)))
    data = QueryDict(mutable=True)
    data[f"{typed.prefix}-INITIAL_FORMS"] = str(len(rows))
    data[f"{typed.prefix}-TOTAL_FORMS"] = str(len(rows) + len(new))
    for index, row in enumerate([*rows.values(), *new]):
        for name, values in row.items():
            data.setlist(f"{typed.prefix}-{index}-{name}", values)
    return data


def differences(row, form, tables) -> list[Difference]:
    """Fields of a late ``form``, and tables, that differ from what is stored of ``row``."""
    parts = {part.name: part for part in describe(bare(snapshot(row))).parts}
    spec = SPECS[type(row)]
    found = [
        Difference(form[name].label, form[name].id_for_label, parts.get(name))
        for name in form.changed_data
        if name in (*spec.fields, *spec.links, *spec.lists)
    ]
    for table in tables:
        if table.has_changed():
            label = str(table.model._meta.verbose_name_plural)
            found.append(Difference(label, f"{table.prefix}-group", parts.get(table.prefix)))
    return found


def _initial(model, content):
    """Values by field of a form that was opened on ``content``, that of a row of ``model``."""
    fields = content["fields"]
    values = {
        field.name: field.to_python(fields[field.name])
        for field in model._meta.fields
        if field.name in fields
    }
    values |= {name: link and link["key"] for name, link in content["links"].items()}
    values |= {name: [one["key"] for one in links] for name, links in content["lists"].items()}
    return values


def _touched(form, opened) -> set[str]:
    """Fields that the user has changed; all of them if ``opened`` is unknown."""
    return {name for name in form.fields if _is_touched(form, name, opened)}


def _is_touched(form, name, opened):
    bound = form[name]
    widget = bound.field.widget
    if bound.is_hidden or widget.value_omitted_from_data(form.data, form.files, bound.html_name):
        return False
    if name in getattr(form.instance, "following", ()) and not bound.data:
        return False
    return opened is None or bound.field.has_changed(opened.get(name), bound.data)


def _row(form, touched):
    """Data of a row: touched fields as posted, others as stored."""
    return {
        name: form.data.getlist(form.add_prefix(name)) if name in touched else _stored(form, name)
        for name in form.fields
    }


def _stored(form, name):
    """Values that a browser would post for a field that was not changed."""
    value = form[name].field.prepare_value(form[name].initial)
    if isinstance(value, list | tuple):
        return [str(one) for one in value]
    if value is True:
        return ["on"]
    return [] if value is None or value is False else [str(value)]
