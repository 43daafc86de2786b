"""Checks of names: who stands in the titles and not in the record, who in the record unlinked."""

from django.db.models import Value
from django.db.models.functions import StrIndex
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.editorial.checklist import Finding, check
from articles.models import Article, Attendance, Mention
from people.models import Official, Reporter
from people.names import fold, names_in
from people.shared.text import folded

#: Columns of a story that say in short whom it is about.
TITLES = ("kicker", "headline", "subhead", "summary")
#: Letters of a name that is looked for, its dots aside: one alone is a word, or a surname.
SHORTEST, LONGEST = 2, 20


def day_of(thing):
    """Day as of which an event or a story calls people: its own, that of its issue, or today."""
    if not isinstance(thing, Article):
        return thing.held_on
    issue = thing.bulletin and thing.bulletin.issued_on
    return thing.issued_on or issue or timezone.localdate()


@check
def names(row):
    """Names in the titles that the record lacks, and names of the record that link nobody."""
    rows = list(printed(row))
    yield from titles(row, rows)
    yield from links(rows)


def printed(row):
    """Rows that print a name, of a story and of its events, each with its day."""
    day = day_of(row)
    yield from ((one, day) for relation in (row.mentions, row.bylines) for one in relation.all())
    for relation in (row.inspections, row.meetings):
        for event in relation.all():
            day = day_of(event)
            yield from ((one, day) for one in event.attendance.all() if one.printed_name)


def titles(row, rows):
    """Names in the titles that the record of the story, the ``printed`` rows, does not have."""
    told = {fold(one.printed_name) for one, _day in rows}
    people = {(one.person_field, one.person_id) for one, _day in rows if one.person_id}
    texts = {column: fold(getattr(row, column)) for column in TITLES}
    known = _known_in("\n".join(texts.values()))
    for column, text in texts.items():
        for name in names_in(text, {*known, *told}):
            if name in told or known[name].people & people:
                continue
            told.add(name)
            message = _(
                "%(where)s里有“%(name)s”，公共记录里没有这个人：请登记到文中人物或活动的出席。"
                "说的不是人，就不用管。"
            )
            where = row._meta.get_field(column).verbose_name
            yield Finding(message % {"where": where, "name": known[name].written})


class _Known:
    """A name as it is written, and who is called so."""

    def __init__(self, written):
        self.written, self.people = written, set()


def _known_in(text):
    """By the folded name, what the register or any row has and ``text`` may hold. One query."""
    officials, reporters = Official.objects.perhaps_in(text), Reporter.objects.perhaps_in(text)
    # Of whom a row links, the register has the name.
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
    known = {}
    for field, key, name, aliases in found:
        for one in [name, *aliases.splitlines()]:
            if SHORTEST <= len(fold(one)) <= LONGEST:
                known.setdefault(fold(one), _Known(one)).people.add((field, key))
    return known


def links(rows):
    """Names that the register has, in ``printed`` rows that link nobody."""
    for one, day, people in registered([pair for pair in rows if not pair[0].person_id]):
        message = _(
            "%(kind)s“%(name)s”没有连到登记的人：%(people)s。是同一个人，请在那一行选上；"
            "不是，就不用管。"
        )
        said = {"kind": one._meta.verbose_name, "name": one.printed_name}
        yield Finding(message % {**said, "people": labels(people, day)})


def registered(rows):
    """Of rows ``(row, day)`` those with a name that the register has, and whose it is.

    Two queries and the posts for each kind of people, however many rows.
    """
    people = {}
    for model in (Official, Reporter):
        field = model._meta.model_name
        wanted = {fold(one.printed_name) for one, _day in rows if one.person_field == field}
        people[field] = model.objects.with_posts().by_names(wanted)
    for one, day in rows:
        if found := people[one.person_field].get(fold(one.printed_name)):
            yield one, day, found


def labels(people, day) -> str:
    """Who is who, as of a day."""
    return "；".join(one.label_on(day) for one in people)
