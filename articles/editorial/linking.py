"""Links from rows that were written before the person they name was registered."""

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from articles.editorial.commands import Refused
from articles.editorial.locking import lock_stories_of, locked
from articles.editorial.names import Person, Thing, day_of
from articles.editorial.records import amended, keep_received
from articles.editorial.write_path import touch, writing
from articles.models import Article, Attendance, Byline, Mention
from articles.models.choices import Stage, Visibility
from articles.versions import save_version
from people.models import Official, Reporter, User
from people.shared.text import folded

Row = Mention | Attendance | Byline

#: Relations of rows that the page of links prints.
_EVENTS, _STORIES = ("meeting", "inspection"), ("article__copy_of", "article__bulletin")
#: Models whose rows may have the name of an official or reporter.
_PRINT = {Official: (Mention, Attendance), Reporter: (Byline,)}


def _unlinked(model: Any, person: Person) -> QuerySet:
    """Rows of a model that have a name of ``person`` and no link."""
    rows = model.objects.filter(**{model.person_field: None})
    first = {name[0] for name in person.folded_names}
    if not any(map(str.isascii, first)):  # a full-width letter may be printed
        # Folding names takes most of the time, so only those with the same beginning are folded.
        begins = (Q(printed_name__startswith=character) for character in first)
        rows = rows.filter(reduce(or_, begins))
    rows = rows.alias(folded_name=folded("printed_name"))
    rows = rows.filter(folded_name__in=person.folded_names)
    if model is Attendance:
        return rows
    # The rows of a working copy will replace those of its original.
    return rows.filter(article__binned_at=None, article__working_copy=None)


def count_unlinked(person: Person, most: int) -> int:
    """Number of unlinked rows with a name of ``person``, at most ``most``. One query."""
    first, *others = (
        _unlinked(model, person).order_by().values_list("pk") for model in _PRINT[type(person)]
    )
    return len(first.union(*others, all=True)[:most])


def unlinked_rows(person: Person, most: int) -> list[Row]:
    """Unlinked rows with a name of ``person``, at most ``most``, with the newest day first."""
    found: list[Row] = []
    for model in _PRINT[type(person)]:
        links = _EVENTS if model is Attendance else _STORIES
        found += _unlinked(model, person).select_related(*links).order_by("-pk")[:most]
    found.sort(key=lambda row: day_of(thing_of(row)), reverse=True)
    return found[:most]


def thing_of(row: Row) -> Thing:
    """Story or event of a row."""
    return row.event if isinstance(row, Attendance) else row.article


def why_not_linked(thing: Thing) -> str:
    """Why rows of a story can only be linked in its own form; else empty, as for events."""
    if not isinstance(thing, Article):
        return ""
    if thing.copy_of_id is None and thing.visibility != Visibility.UNPUBLISHED:
        return _("已经发布过，关联是签过字的内容：请打开稿件改，改好送审。")
    if thing.stage != Stage.DRAFT:
        return _("已经送审，关联是要签字的内容：请打开稿件改，或者等退回、取回。")
    return ""


@writing()
def link_rows(thing: Thing, rows: list[Row], person: Person, *, by: User, reason: str) -> int:
    """Link the ``rows`` of a story or event that are still unlinked to ``person``; how many.

    Refused if the story is no longer a draft. The change of an event is an amendment.
    """
    if isinstance(thing, Article):
        _story, at_work = locked(thing)
        why = why_not_linked(at_work) if at_work.pk == thing.pk else _("刚刚有人开始修改它。")
        if why:
            raise Refused(why)
    else:
        lock_stories_of(thing)
        keep_received(thing)
    model = type(rows[0])
    keys = _unlinked(model, person).filter(pk__in=[row.pk for row in rows]).values_list("pk")
    # Two statements, as not every database can update a table that the statement also reads.
    found = model.objects.filter(pk__in=[key for (key,) in keys])
    count = found.update(**{model.person_field: person})
    if not count:
        return 0
    if isinstance(thing, Article):
        touch([thing])
        save_version(thing, person=by, reason=reason)
    else:
        amended(thing, person=by, reason=reason)
    return count
