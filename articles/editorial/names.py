"""Checks of names: those in titles that the record lacks, and those that are not linked."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import Value
from django.db.models.functions import StrIndex
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, Attendance, Inspection, Meeting, Mention
from articles.models.base import PrintsName
from people.models import Official, Reporter
from people.names import fold, names_in
from people.shared.text import folded

Person = Official | Reporter
#: What has rows with names.
Thing = Article | Inspection | Meeting

#: Columns of a story whose names should be in the record.
HEADLINES = ("kicker", "headline", "subhead", "summary")
#: Characters of a name that is searched for, without dots. A single one is a word or a surname.
SHORTEST, LONGEST = 2, 20


def day_of(thing: Thing) -> datetime.date:
    """Day whose titles and labels a story or event uses: its own, that of its issue, or today."""
    if not isinstance(thing, Article):
        return thing.held_on
    issue = thing.bulletin and thing.bulletin.issued_on
    return thing.issued_on or issue or timezone.localdate()


def name_warnings(row: Article) -> Iterator[str]:
    rows = list(printed(row))
    yield from unrecorded_names(row, rows)
    yield from unlinked_names(rows)


def printed(row: Article) -> Iterator[tuple[PrintsName, datetime.date]]:
    """Rows with a name, of a story and of its events, each with its day."""
    day = day_of(row)
    yield from ((one, day) for relation in (row.mentions, row.bylines) for one in relation.all())
    for relation in (row.inspections, row.meetings):
        for event in relation.all():
            day = day_of(event)
            yield from ((one, day) for one in event.attendance.all() if one.printed_name)


def unrecorded_names(row: Article, rows: list[tuple[PrintsName, datetime.date]]) -> Iterator[str]:
    """Names in headlines and summary that the ``printed`` rows do not have."""
    recorded = {fold(one.printed_name) for one, _day in rows}
    people = {(one.person_field, one.person_id) for one, _day in rows if one.person_id}
    columns = [column for column in row._meta.fields if column.name in HEADLINES]
    texts = {column.verbose_name: fold(getattr(row, column.name)) for column in columns}
    known = _known_in("\n".join(texts.values()))
    for where, text in texts.items():
        for name in names_in(text, {*known, *recorded}):
            if name in recorded or known[name].people & people:
                continue
            recorded.add(name)
            message = _(
                "%(where)s里有“%(name)s”，公共记录里没有这个人：请登记到文中人物或活动的出席。"
                "说的不是人，就不用管。"
            )
            yield message % {"where": where, "name": known[name].written}


@dataclass
class _Known:
    """A name as it is written, and the people with that name: foreign key and primary key."""

    written: str
    people: set[tuple[str, int]] = field(default_factory=set)


def _known_in(text: str) -> dict[str, _Known]:
    """Registered or printed names that may be in ``text``, by the folded name. One query."""
    officials, reporters = Official.objects.perhaps_in(text), Reporter.objects.perhaps_in(text)
    # Linked rows are left out: the person's own name is registered.
    rows = (
        model.objects.filter(official=None)
        .exclude(printed_name="")
        .alias(place=StrIndex(Value(text), folded("printed_name")))
        .filter(place__gt=0)
        .order_by()
        .values_list(Value(""), Value(0), "printed_name", Value(""))
        for model in (Mention, Attendance)
    )
    found = officials.values_list(Value("official"), "pk", "name", "aliases").union(
        reporters.values_list(Value("reporter"), "pk", "name", Value("")), *rows
    )
    known: dict[str, _Known] = {}
    for kind, key, name, aliases in found:
        for one in [name, *aliases.splitlines()]:
            if SHORTEST <= len(fold(one)) <= LONGEST:
                known.setdefault(fold(one), _Known(one)).people.add((kind, key))
    return known


def unlinked_names(rows: list[tuple[PrintsName, datetime.date]]) -> Iterator[str]:
    """Registered names in ``printed`` rows without a link."""
    for one, day, people in registered([pair for pair in rows if not pair[0].person_id]):
        message = _(
            "%(kind)s“%(name)s”没有连到登记的人：%(people)s。是同一个人，请在那一行选上；"
            "不是，就不用管。"
        )
        said = {"kind": one._meta.verbose_name, "name": one.printed_name}
        yield message % {**said, "people": labels(people, day)}


def registered(
    rows: Iterable[tuple[PrintsName, datetime.date]],
) -> Iterator[tuple[PrintsName, datetime.date, list[Person]]]:
    """Rows and days of ``rows`` whose name is registered, each with the people of that name.

    Two queries, and those for posts, for officials and for reporters, however many rows.
    """
    rows = list(rows)
    people: dict[str, dict[str, list[Person]]] = {}
    for kind, model in (("official", Official), ("reporter", Reporter)):
        wanted = {fold(one.printed_name) for one, _day in rows if one.person_field == kind}
        people[kind] = model.objects.with_posts().by_names(wanted)
    for one, day in rows:
        if found := people[one.person_field].get(fold(one.printed_name)):
            yield one, day, found


def labels(people: Iterable[Person], day: datetime.date) -> str:
    """Labels of people as of a day, to tell them apart."""
    return "；".join(one.label_on(day) for one in people)
