"""What is written of each thing, by weight; a few queries for any number of things."""

import html
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import F, Model, Q, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Concat, NullIf

from articles.models import (
    Article,
    ArticlePhoto,
    Attendance,
    Byline,
    Inspection,
    Meeting,
    Mention,
    Project,
    Stop,
)
from articles.models.choices import Visibility
from people.models import Appointment, Official, Reporter

#: Weights, the heaviest first.
HEADLINES, NAMES, RECORD, BODY = range(4)
#: Keys of things, by model.
Things = Mapping[type[Model], Iterable[int]]


def _lines(*columns: str) -> Combinable:
    """Columns below each other."""
    first, *others = columns
    parts = (part for column in others for part in (Value("\n"), column))
    return Concat(first, *parts, output_field=TextField()) if others else F(first)


_PERSON = Concat("printed_title", "printed_name", output_field=TextField())
_SAID = Concat(_PERSON, Value("\n"), "remarks", output_field=TextField())
_VISIT = _lines("title", "place", "summary")
_STOP = _lines("group", "place")
_SESSION = _lines("name", "form", "venue", "summary")
_CAPTION = Coalesce(NullIf("caption", Value("")), "photo__caption")


class _Source(NamedTuple):
    """Lines of rows, in their order, for the things that they belong to."""

    model: type[Model]
    owner: str
    weight: int
    text: Combinable
    order: str = "pk"


_SOURCES: dict[type[Model], tuple[_Source, ...]] = {
    Official: (
        _Source(Official, "pk", HEADLINES, _lines("name", "aliases")),
        _Source(Appointment, "official", NAMES, F("title")),
    ),
    Reporter: (
        _Source(Reporter, "pk", HEADLINES, F("name")),
        _Source(Reporter, "pk", NAMES, F("unit")),
    ),
    Project: (
        _Source(Project, "pk", HEADLINES, _lines("name", "aliases")),
        _Source(Project, "pk", RECORD, _lines("area", "sector", "developer", "place")),
    ),
    Inspection: (
        _Source(Inspection, "pk", HEADLINES, F("title")),
        _Source(Attendance, "inspection", NAMES, _PERSON, "order"),
        _Source(Stop, "inspection", RECORD, _STOP, "order"),
        _Source(Attendance, "inspection", RECORD, F("remarks"), "order"),
        _Source(Inspection, "pk", BODY, _lines("place", "summary")),
    ),
    Meeting: (
        _Source(Meeting, "pk", HEADLINES, F("name")),
        _Source(Attendance, "meeting", NAMES, _PERSON, "order"),
        _Source(Attendance, "meeting", RECORD, F("remarks"), "order"),
        _Source(Meeting, "pk", BODY, _lines("form", "venue", "summary")),
    ),
    Article: (
        _Source(Byline, "article", NAMES, F("printed_name"), "order"),
        _Source(Mention, "article", NAMES, _PERSON, "order"),
        _Source(Inspection, "articles", RECORD, _VISIT),
        _Source(Stop, "inspection__articles", RECORD, _STOP, "order"),
        _Source(Attendance, "inspection__articles", RECORD, _SAID, "order"),
        _Source(Meeting, "articles", RECORD, _SESSION),
        _Source(Attendance, "meeting__articles", RECORD, _SAID, "order"),
        _Source(ArticlePhoto, "article", BODY, _CAPTION, "order"),
    ),
}
#: What is for the desk alone stands last in its documents.
_NOTES = {Project: (_Source(Project, "pk", BODY, F("note")),)}

# Tags of a body between which a text goes on.
_BREAK = re.compile(r"<(?!/?(?:strong|em|s|sup|sub|a)\b)[^>]*>")
_TAG = re.compile("<[^>]*>")


@dataclass(frozen=True)
class Written:
    """What is written of a thing for readers, for the desk or for both: lines by weight."""

    model: type[Model]
    key: int
    day: date | None
    lines: tuple[list[str], ...]
    for_public: bool = True
    for_desk: bool = True


def written(things: Things) -> Iterator[Written]:
    """What is written now of ``things``; nothing of what is gone or in the bin."""
    keys = {model: set(some) for model, some in things.items()}
    stories = _stories(keys.get(Article, set()))
    keys[Article] = {story.pk for story in stories}
    lines, notes = _read(_SOURCES, keys), _read(_NOTES, keys)
    copied = {story.copy_of_id for story in stories}
    for story in stories:
        yield _of_story(story, lines[Article, story.pk], is_copied=story.pk in copied)
    days = {model: _days(model, keys.get(model)) for model in (Inspection, Meeting)}
    for (model, key), own in lines.items():
        if model is Article:
            continue
        day = days[model][key] if model in days else None
        note = notes.get((model, key))
        yield Written(model, key, day, own, for_desk=not note)
        if note:
            *others, last = own
            yield Written(model, key, day, (*others, last + note[BODY]), for_public=False)


def _stories(keys: set[int]) -> list[Article]:
    """Rows of stories and of their working copies, but for those in the bin."""
    return list(Article.objects.filter(Q(pk__in=keys) | Q(copy_of__in=keys))) if keys else []


def _of_story(story: Article, own: tuple[list[str], ...], *, is_copied: bool) -> Written:
    headlines, _names, record, body = own
    headlines += [story.kicker, story.headline, story.subhead]
    record += [story.keywords, story.source]
    texts = _BREAK.split(story.body)
    body[:0] = [
        *story.summary.splitlines(),
        story.dateline,
        *(html.unescape(_TAG.sub("", text)) for text in texts),
    ]
    return Written(
        Article,
        story.copy_of_id or story.pk,
        story.issued_on,
        own,
        for_public=story.visibility == Visibility.LIVE,
        for_desk=not is_copied,
    )


def _days(model: type[Model], keys: set[int] | None) -> dict[int, date]:
    rows = model._default_manager.filter(pk__in=keys or ())
    return dict(rows.order_by().values_list("pk", "held_on"))


def _read(
    sources: Mapping[type[Model], Iterable[_Source]], keys: Mapping[type[Model], set[int]]
) -> dict[tuple[type[Model], int], tuple[list[str], ...]]:
    """Lines by weight, by model and key of what they belong to; one query."""
    found: defaultdict = defaultdict(lambda: ([], [], [], []))
    parts = [(model, part) for model in sources if keys.get(model) for part in sources[model]]
    if not parts:
        return found
    first, *others = (
        part.model._default_manager.filter(**{f"{part.owner}__in": keys[model]})
        .order_by()
        .values_list(Value(number), part.owner, part.order, "pk", part.text)
        for number, (model, part) in enumerate(parts)
    )
    for number, key, _order, _pk, text in sorted(first.union(*others, all=True)):
        model, part = parts[number]
        found[model, key][part.weight].extend(text.splitlines())
    return found
