"""Rows that printed a name before its bearer was registered: found, and linked afterwards."""

from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.translation import gettext as _

from articles.editorial.execution import Refused
from articles.editorial.locking import lock_stories_of, locked
from articles.editorial.names import day_of
from articles.editorial.records import amended
from articles.editorial.write_path import touch, writing
from articles.models import Article, Attendance, Byline, Mention
from articles.models.choices import Stage, Visibility
from articles.versions import save_version
from people.models import Official, Reporter
from people.shared.text import folded

#: What an offer says of the thing of a row.
_EVENTS, _STORIES = ("meeting", "inspection"), ("article__copy_of", "article__bulletin")
#: Rows that may print the name of one of each kind.
_PRINT = {Official: (Mention, Attendance), Reporter: (Byline,)}


def _unlinked(model, person):
    """Rows of a model that print a name of ``person`` and link nobody."""
    rows = model.objects.filter(**{model.person_field: None})
    first = {name[0] for name in person.folded_names}
    if not any(map(str.isascii, first)):  # a letter of ours may be printed wide
        # To fold a name costs more than all else: it is done for those that begin alike.
        begins = (Q(printed_name__startswith=character) for character in first)
        rows = rows.filter(reduce(or_, begins))
    rows = rows.alias(folded_name=folded("printed_name"))
    rows = rows.filter(folded_name__in=person.folded_names)
    if model is Attendance:
        return rows
    # A working copy will take the place of its original, rows and all.
    return rows.filter(article__binned_at=None, article__working_copy=None)


def count_unlinked(person, most: int) -> int:
    """How many such rows there are; ``most``, if there are more. One query."""
    first, *others = (
        _unlinked(model, person).order_by().values_list("pk") for model in _PRINT[type(person)]
    )
    return len(first.union(*others, all=True)[:most])


def unlinked_rows(person, most: int) -> list:
    """At most so many of them, each with its ``thing``: the story or event; newest day first."""
    found = []
    for model in _PRINT[type(person)]:
        links = _EVENTS if model is Attendance else _STORIES
        found += _unlinked(model, person).select_related(*links).order_by("-pk")[:most]
    found.sort(key=lambda row: day_of(thing_of(row)), reverse=True)
    return found[:most]


def thing_of(row):
    """The story or event of a row."""
    return row.event if isinstance(row, Attendance) else row.article


def why_not_linked(thing) -> str:
    """Why the rows of a story are linked on its own page alone; empty where they are not."""
    if not isinstance(thing, Article):
        return ""
    if thing.copy_of_id is None and thing.visibility != Visibility.UNPUBLISHED:
        return _("已经发布过，关联是签过字的内容：请打开稿件改，改好送审。")
    if thing.stage != Stage.DRAFT:
        return _("已经送审，关联是要签字的内容：请打开稿件改，或者等退回、取回。")
    return ""


@writing()
def link_rows(thing, rows, person, *, by, reason) -> int:
    """Link to ``person`` those of ``rows``, of one story or event, that still want it; how many.

    Refused where the story is no draft any more. Of an event it is an amendment, like any other.
    """
    is_story = isinstance(thing, Article)
    if is_story:
        _story, at_work = locked(thing)
        why = why_not_linked(at_work) if at_work.pk == thing.pk else _("刚刚有人开始修改它。")
        if why:
            raise Refused(why)
    else:
        lock_stories_of(thing)
    model = type(rows[0])
    keys = _unlinked(model, person).filter(pk__in=[row.pk for row in rows]).values_list("pk")
    # Read before it is written: a table that a statement reads, it may not always write.
    found = model.objects.filter(pk__in=[key for (key,) in keys])
    count = found.update(**{model.person_field: person})
    if not count:
        return 0
    if is_story:
        touch([thing])
        save_version(thing, person=by, reason=reason)
    else:
        amended(thing, person=by, reason=reason)
    return count
