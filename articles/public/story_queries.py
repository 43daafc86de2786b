"""What the page of a story loads: all its rows in one query, and in one where a reader goes on."""

import datetime
import json
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from operator import itemgetter

from django.db import DEFAULT_DB_ALIAS
from django.db.models import DateField, F, JSONField, OuterRef, Q, Subquery, Value
from django.db.models.functions import JSONObject, Now
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.models import (
    Article,
    ArticlePhoto,
    Attendance,
    Byline,
    Inspection,
    Meeting,
    Mention,
    OfficialAppearance,
    Project,
    ProjectAppearance,
    Stop,
)
from articles.public.event_queries import (
    EventRecord,
    event_records,
    load_posts,
    printed_stop,
)
from articles.public.prepared import ANY_KEY, fetch_prepared
from articles.quarter import QuarterField

#: What hangs on a story: its rows, and the relations whose far side the page prints.
PARTS = {
    "bylines": (Byline, lambda story: Q(article=story), ("reporter",)),
    "mentions": (Mention, lambda story: Q(article=story), ("official",)),
    "photos": (ArticlePhoto, lambda story: Q(article=story), ("photo",)),
    "projects": (Project, lambda story: Q(articles=story), ()),
    "inspections": (Inspection, lambda story: Q(articles=story), ()),
    "meetings": (Meeting, lambda story: Q(articles=story), ()),
    # In two halves: no database finds its way through an OR over two joins.
    "at_inspections": (Attendance, lambda story: Q(inspection__articles=story), ("official",)),
    "at_meetings": (Attendance, lambda story: Q(meeting__articles=story), ("official",)),
    "stops": (Stop, lambda story: Q(inspection__articles=story), ("projects",)),
}
#: Fields whose values JSON holds as text.
_UNLIKE_JSON = (DateField, QuarterField)
#: Related stories that a page names.
MOST = 6
#: Stories that one project or official brings.
EACH = 3
#: Why a story is related, the strongest reason first.
REASONS = {
    "project": _("同一项目"),
    "inspection": _("同一活动"),
    "meeting": _("同一会议"),
    "official": _("同一人物"),
}
#: What a link to a story needs, in the order of its model.
LINKED = ("id", "headline", "issued_on", "slug")
#: Order of the stories of an issue.
IN_ISSUE = ("page", "position", "pk")


@dataclass
class StoryRecord:
    """All that hangs on a story, each in its order."""

    bylines: list[Byline] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    photos: list[ArticlePhoto] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)
    inspections: list[EventRecord] = field(default_factory=list)
    meetings: list[EventRecord] = field(default_factory=list)

    @property
    def events(self) -> list[EventRecord]:
        """Inspections, then meetings."""
        return [*self.inspections, *self.meetings]

    @property
    def asked(self) -> list[Attendance]:
        """Who asked something at any of its events."""
        return list(chain.from_iterable(record.asked for record in self.events))

    @property
    def counts(self) -> dict[str, int]:
        """How many people, stops and demands the page lists, for its contents line."""
        parties = [party for record in self.inspections for party in record.parties]
        return {
            "present": sum(len(record.named) for record in self.events),
            "stops": sum(len(party.stops) for party in parties),
            "is_route": any(party.name for party in parties),
            "demands": sum(record.demand_count for record in self.events),
        }


def load_story_record(story) -> StoryRecord:
    """The record of a story.

    One query, and one for the posts of the officials who were there or are named.
    """
    packed = {part: [] for part in PARTS}
    for part, data in fetch_prepared("parts_of_story", _parts_statement(), story.pk):
        packed[part].append(json.loads(data))
    rows = {part: _instances(part, data) for part, data in packed.items() if part != "stops"}
    for mention in rows["mentions"]:
        mention.article = story
    attendance = [*rows.pop("at_inspections"), *rows.pop("at_meetings")]
    load_posts((*attendance, *rows["mentions"]))
    inspections, meetings = event_records(
        rows["inspections"],
        rows["meetings"],
        attendance,
        _stops(packed["stops"], rows["inspections"]),
        {meeting.pk: meeting for meeting in rows["meetings"]},
    )
    return StoryRecord(**{**rows, "inspections": inspections, "meetings": meetings})


@cache
def _parts_statement():
    """SQL of all parts, and its parameters."""
    first, *others = [
        model.objects.filter(belonging(ANY_KEY))
        .order_by()
        .values_list(Value(part), _packed(model, relations))
        for part, (model, belonging, relations) in PARTS.items()
    ]
    return first.union(*others, all=True).query.sql_with_params()


def _packed(model, relations=(), prefix=""):
    """Expression: a row of ``model`` as JSON, with the far sides of ``relations`` inside it."""
    columns = {field.attname: F(prefix + field.attname) for field in model._meta.concrete_fields}
    nested = {
        name: _packed(model._meta.get_field(name).related_model, prefix=f"{prefix}{name}__")
        for name in relations
    }
    return JSONObject(**columns, **nested)


def _unpacked(model, data):
    """Instance of ``model`` from a packed row; None for the empty side of an outer join."""
    if data["id"] is None:
        return None
    fields = model._meta.concrete_fields
    values = [_value(field, data[field.attname]) for field in fields]
    return model.from_db(DEFAULT_DB_ALIAS, [field.attname for field in fields], values)


def _value(field, packed):
    """Value of a packed column: JSON has no dates; SQLite packs a column of JSON as text."""
    if isinstance(field, JSONField) and isinstance(packed, str):
        return json.loads(packed)
    return field.to_python(packed) if isinstance(field, _UNLIKE_JSON) else packed


def _instances(part, packed):
    """Rows in their order, each with the far sides of its relations."""
    model, _belonging, relations = PARTS[part]
    instances = []
    for data in packed:
        instance = _unpacked(model, data)
        for name in relations:
            far = model._meta.get_field(name).related_model
            setattr(instance, name, _unpacked(far, data[name]))
        instances.append(instance)
    return sorted(instances, key=lambda row: (getattr(row, "order", 0), row.pk))


def _stops(packed, inspections):
    """Stops by the key of their inspection; a packed row has a stop and one of its projects."""
    found = {}
    for data in packed:
        stop, projects = found.setdefault(data["id"], (_unpacked(Stop, data), []))
        projects += filter(None, [_unpacked(Project, data["projects"])])
    stops = {inspection.pk: [] for inspection in inspections}
    for stop, projects in sorted(found.values(), key=lambda row: (row[0].order, row[0].pk)):
        stops[stop.inspection_id].append(printed_stop(stop, projects))
    return stops


@dataclass
class RelatedStory:
    """Another story, why it is related, and the name of what the two share."""

    story: Article
    reason: str | Promise
    subject: str


def further_reading(story) -> dict:
    """``previous`` and ``next`` of the same issue, or None; ``related``, at most ``MOST``.

    Each project and official of the story brings the ``EACH`` newest other stories that show it,
    each event the newest, so that the cost does not grow with the paper. All in one query. A
    working copy goes on from where its original does.
    """
    beside, sharing = {"previous": None, "next": None}, []
    for kind, subject, packed in fetch_prepared(
        "related_to_story", _related_statement(), story.copy_of_id or story.pk
    ):
        if not packed:
            continue
        other = _story(json.loads(packed))
        if kind in beside:
            beside[kind] = other
        else:
            other = RelatedStory(other, REASONS[kind], subject)
            sharing.append((list(REASONS).index(kind), -other.story.issued_on.toordinal(), other))
    related = {}
    for _rank, _age, other in sorted(sharing, key=itemgetter(0, 1)):
        related.setdefault(other.story.pk, other)
    return {**beside, "related": list(related.values())[:MOST]}


def _story(card):
    card["issued_on"] = datetime.date.fromisoformat(card["issued_on"])
    return Article.from_db(DEFAULT_DB_ALIAS, LINKED, [card[name] for name in LINKED])


@cache
def _related_statement():
    """SQL of all that is asked, and its parameters; the database's own clock says what is live."""
    here = Article.objects.filter(pk=ANY_KEY)
    first, *others = (
        rows.order_by().values_list(Value(kind), subject, other)
        for kind, rows, subject, other in (
            ("previous", here, Value(""), _neighbour("-", "lt")),
            ("next", here, Value(""), _neighbour("", "gt")),
            *(_shown_by(ProjectAppearance, place) for place in range(EACH)),
            *(_shown_by(OfficialAppearance, place) for place in range(EACH)),
            _recorded_by(Article.inspections, "inspection__title"),
            _recorded_by(Article.meetings, "meeting__name"),
        )
    )
    return first.union(*others, all=True).query.sql_with_params()


def _newest(rows, path="", place=0):
    """Subquery: what a link to the first of ``rows`` needs, or to a later one by its ``place``.

    ``path`` leads to their story.
    """
    columns = {name: F(path + name) for name in LINKED}
    return Subquery(rows.values(card=JSONObject(**columns))[place : place + 1])


def _neighbour(sign, compare):
    """The story next to the outer one in its issue, on the side of ``compare``."""
    beyond, same = Q(), {}
    for name in IN_ISSUE:
        beyond |= Q(**same, **{f"{name}__{compare}": OuterRef(name)})
        same[name] = OuterRef(name)
    issue = Article.objects.live(Now()).filter(beyond, bulletin=OuterRef("bulletin"))
    return _newest(issue.order_by(*(sign + name for name in IN_ISSUE)))


def _shown_by(appearances, place):
    """Arm for each row of a derived table: another story with the same subject, newest first."""
    kind = appearances.subject
    others = appearances.objects.live(Now()).filter(**{kind: OuterRef(kind)})
    others = others.exclude(article=OuterRef("article")).order_by("-issued_on", "-article_id")
    mine = appearances.objects.filter(article=ANY_KEY)
    return kind, mine, F(f"{kind}__name"), _newest(others, "article__", place)


def _recorded_by(relation, name):
    """Arm for each event of the story: the newest other story that records it."""
    kind = name.partition("__")[0]
    others = Article.objects.live(Now()).filter(**{relation.field.name: OuterRef(kind)})
    others = others.exclude(pk=OuterRef("article")).order_by("-issued_on", "-pk")
    return kind, relation.through.objects.filter(article=ANY_KEY), F(name), _newest(others)
