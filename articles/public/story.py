"""The page of a story. All rows of its record come in one query: no page is read more often."""

import datetime
import json
from functools import cache
from itertools import chain

from django.db.models import F, JSONField, Q, Value
from django.db.models.functions import JSONObject
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import DetailView

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
from articles.public.base import NoSuchPage, PublicPage
from articles.public.body import Names, body_parts
from articles.public.queries import ANY_KEY, fetch_compiled, fill_events
from articles.public.related import further_reading
from articles.public.seo import page_metadata, story_metadata
from articles.public.story_layout import Contents, choose_layout

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
    return model(**{field.attname: _value(field, data[field.attname]) for field in fields})


def _value(field, packed):
    """Value of a packed column; SQLite packs a column of JSON as its text."""
    if isinstance(field, JSONField) and isinstance(packed, str):
        return json.loads(packed)
    return field.to_python(packed)


@cache
def _statement():
    """SQL of all parts, and its parameters."""
    first, *others = [
        model.objects.filter(belonging(ANY_KEY))
        .order_by()
        .distinct()
        .values_list(Value(part), _packed(model, relations))
        for part, (model, belonging, relations) in PARTS.items()
    ]
    return first.union(*others, all=True).query.sql_with_params()


def load_story_record(story) -> dict[str, list]:
    """Bylines, mentions, photos, projects, inspections and meetings of a story, laid out.

    One query, and one for the posts of the officials who were there or are named.
    """
    rows = {part: [] for part in PARTS}
    for part, data in fetch_compiled(_statement(), story.pk):
        rows[part].append(json.loads(data))
    rows = {part: _instances(part, data) for part, data in rows.items()}
    for mention in rows["mentions"]:
        mention.article = story
    return _laid_out(rows)


def _instances(part, packed):
    model, _belonging, relations = PARTS[part]
    instances = {}
    for data in packed:
        instance = instances.setdefault(data["id"], _unpacked(model, data))
        for name in relations:
            field = model._meta.get_field(name)
            far = _unpacked(field.related_model, data[name])
            if field.many_to_many:
                instance.seen = [*getattr(instance, "seen", []), *filter(None, [far])]
            else:
                setattr(instance, name, far)
    return sorted(instances.values(), key=lambda row: (getattr(row, "order", 0), row.pk))


def _laid_out(rows):
    stops = rows.pop("stops")
    attendance = [*rows.pop("at_inspections"), *rows.pop("at_meetings")]
    for inspection in rows["inspections"]:
        inspection.route = [stop for stop in stops if stop.inspection_id == inspection.pk]
    meetings = {meeting.pk: meeting for meeting in rows["meetings"]}
    fill_events(rows["inspections"], rows["meetings"], attendance, meetings, rows["mentions"])
    return rows


def _age(day):
    """Full years since ``day``."""
    today = timezone.localdate()
    return today.year - day.year - ((today.month, today.day) < (day.month, day.day))


def _names(contents):
    """Whom and what the page has on record, as the text may call it."""
    people = chain(contents.mentions, *(event.present for event in contents.events))
    stops = chain.from_iterable(event.route for event in contents.inspections)
    return Names.of(people, chain(contents.projects, *(stop.seen for stop in stops)))


def live_story_at(*, year, month, day, slug, **_further) -> Article:
    """The live story of an address, with section and issue."""
    try:
        issued_on = datetime.date(year, month, day)
    except ValueError:
        raise NoSuchPage(_("没有这个日期。")) from None
    stories = Article.objects.live().select_related("section", "bulletin")
    return get_object_or_404(stories, issued_on=issued_on, slug=slug)


class ArticlePage(PublicPage, DetailView):
    """A story, and what it records: who was where, what was seen and asked."""

    model = Article
    template_name = "articles/article.html"
    here = "articles"

    def get_object(self, queryset=None):
        """Live story of the address."""
        return live_story_at(**self.kwargs)

    def get_context_data(self, **context):
        """Context with all rows of the story and of its events, and where to go on from it."""
        story, rows = self.object, load_story_record(self.object)
        further = further_reading(story)
        contents = Contents(
            *(rows[name] for name in ("inspections", "meetings", "mentions", "projects")),
            related=further["related"],
        )
        context = super().get_context_data(
            **rows,
            **further,
            contents=contents,
            parts=body_parts(story, _names(contents), rows["photos"]),
            places=choose_layout(story.body, len(rows["photos"]), contents),
            age=_age(story.issued_on),
            **context,
        )
        return {**context, "here": story.section.slug if story.section else self.here}

    def page_metadata(self, site, context):
        """The story with its record."""
        return story_metadata(site, self.object, context)


class PreviewPage(ArticlePage):
    """A story that readers do not have, as they would see it; the desk's address, for the desk."""

    #: The row to show: a draft, or the working copy of a live story.
    row = None

    def get_object(self, queryset=None):
        """The row, with the day and the hour that it would have."""
        row = self.row
        day = row.bulletin.issued_on if row.bulletin else timezone.localdate()
        row.issued_on = row.issued_on or day
        if row.copy_of_id:
            row.page, row.position = row.copy_of.page, row.copy_of.position
        row.published_at = row.published_at or timezone.now()
        return row

    def get_context_data(self, **context):
        """Context that says it is a preview."""
        return super().get_context_data(is_preview=True, **context)

    def page_metadata(self, site, context):
        """Its headline; nothing of it is for machines."""
        return page_metadata(self.object.headline, is_indexed=False)
