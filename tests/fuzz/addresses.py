"""Every address of the site, from the URL configuration itself, with arguments of stored rows."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from django.apps import apps
from django.contrib import admin
from django.db import IntegrityError, models, transaction
from django.urls import get_resolver
from django.utils.regex_helper import normalize

from articles.editorial.transitions import TRANSITIONS
from articles.models import Article, Photo
from articles.public.seo import FORMATS, SITEMAPS, SUBJECTS
from tests.fuzz import hostile

#: Parameters of Django's own lists and forms.
DJANGOS = (
    "q o p e all _popup _to_field _changelist_filters _saveasnew next old new page term app_label "
    "model_name field_name ot version"
).split()
SPELLINGS = ("", "__exact", "__in", "__isnull", "__range", "__regex", "__gte", "__year", "__pk")
TEXT_COLUMNS = (models.CharField, models.TextField)
#: Share of the arguments of an address that no row has.
STRANGE = 0.15


@dataclass(frozen=True)
class Route:
    """One address: ``text`` has ``%(name)s`` for each of its arguments."""

    text: str
    arguments: tuple
    view: Callable

    @property
    def is_desk(self):
        """Whether it is the desk's."""
        return self.text.startswith("admin/")

    @property
    def model_admin(self):
        """The desk's page of a model, where the address is one of its own."""
        for model, model_admin in admin.site._registry.items():  # noqa: SLF001  no public way
            if self.text.startswith(f"admin/{model._meta.app_label}/{model._meta.model_name}/"):
                return model_admin
        return None

    @property
    def model(self):
        """What its pages show, where that is one kind of rows."""
        shown = self.model_admin or getattr(self.view, "view_class", None)
        return getattr(shown, "model", None)

    @cached_property
    def parameters(self):
        """Names of parameters, in groups: Django's own, those of its filters, any look-up."""
        view = getattr(self.view, "view_class", None)
        filters = getattr(getattr(view, "filterset_class", None), "base_filters", {})
        declared = [*filters, *getattr(view, "parameters", ())]
        lookups = []
        if self.model_admin:
            declared += _declared(self.model_admin)
            lookups = list(_lookups(self.model_admin.model))
        return [group for group in (DJANGOS, declared, lookups) if group]


def _declared(model_admin):
    for one in (*model_admin.list_filter, model_admin.date_hierarchy):
        if isinstance(one, str):
            yield from (f"{one}{spelling}" for spelling in SPELLINGS)
        elif one:
            yield one.parameter_name


def _lookups(model):
    for field in model._meta.get_fields():
        yield field.name
        yield from (f"{field.name}__{name}" for name in getattr(field, "get_lookups", dict)())
        if field.related_model:
            yield from (
                f"{field.name}__{far.name}" for far in field.related_model._meta.get_fields()
            )


def routes(resolver=None, before=""):
    """All that the URL configuration answers, the desk included."""
    for one in (resolver or get_resolver()).url_patterns:
        [(text, names), *_others] = normalize(one.pattern.regex.pattern)
        if hasattr(one, "url_patterns"):
            yield from routes(one, before + text)
        else:
            yield Route(before + text, tuple(names), one.callback)


class Addresses:
    """Draws addresses; reads the rows once, in the order of their keys."""

    def __init__(self):
        """Read what arguments there are."""
        known = list(routes())
        self.of_readers = [route for route in known if not route.is_desk]
        self.of_desk = [route for route in known if route.is_desk]
        # Most of what the desk does, it does with stories.
        self.of_desk += 2 * [route for route in self.of_desk if route.model is Article]
        self._rows = {model: list(_ordered(model)) for model in apps.get_models()}
        stories = [story for story in self._rows[Article] if story.issued_on]
        self._days = [
            {"slug": story.slug, "year": f"{story.issued_on:%Y}", "month": f"{story.issued_on:%m}",
             "day": f"{story.issued_on:%d}"}
            for story in stories
        ]  # fmt: skip
        self._files = [
            dict(zip(("digest", "name"), photo.image.name.split("/")[-2:], strict=True))
            for photo in self._rows[Photo]
        ]
        self._known = {
            "app_label": [*apps.app_configs],
            "content_type_id": [str(number) for number in range(1, 40)],
            "number": ["1", "1", "2"],
            "quarter": sorted({story.quarter for story in stories if story.quarter}),
            "section": list(SITEMAPS),
            "kind": list(SUBJECTS),
            "ending": list(FORMATS),
            "slug": [row.slug for rows in self._rows.values() for row in rows if _slug(row)],
            "url": ["articles", "articles/article", "nowhere/"],
            "name": list(TRANSITIONS),
        }

    def path(self, rng, route, strange=STRANGE):
        """Path of ``route``, quoted: with arguments of one row, and here and there of none."""
        known = self.arguments(rng, route)
        return "/" + route.text % {
            name: hostile.quoted(rng, hostile.text(rng, longest=1000))
            if rng.random() < strange
            else quote(str(known[name]))
            for name in route.arguments
        }

    def arguments(self, rng, route):
        """What stored rows have for its arguments; anything for one of another name."""
        found = {
            **{name: rng.choice(values) for name, values in self._known.items()},
            **rng.choice(self._days),
            **rng.choice(self._files),
        }
        rows = self._rows.get(route.model) or self._rows[Article]
        row = rng.choice(rows)
        if route.model is not Article and _slug(row):
            found["slug"] = row.slug
        anything = list(found.values())
        return {
            name: found.get(name, row.pk if name.endswith("id") else rng.choice(anything))
            for name in route.arguments
        }

    def spoil(self, rng):
        """Store a hostile text in a column of all rows of a model; what, and the routes to them.

        A form may refuse it, but what a fixture or a command brought in has to be drawn.
        """
        field = rng.choice([field for model in self._rows for field in _texts(model)])
        value = hostile.text(rng, longest=min(field.max_length or 2000, 2000))
        value = value.translate(dict.fromkeys((0, 0xD800, 0xDFFF)))
        with contextlib.suppress(IntegrityError), transaction.atomic():
            field.model._base_manager.update(**{field.name: value})
        everywhere = self.of_readers + self.of_desk
        shown = [route for route in everywhere if route.model is field.model]
        return f"{field} = {value[:100]!r}", shown or everywhere

    def query(self, rng, route):
        """Up to four parameters, most of them such as the address knows."""
        pairs = []
        for _parameter in range(rng.choice((0, 1, 1, 2, 4))):
            group = rng.choice(route.parameters)
            pairs.append(f"{rng.choice(group)}={hostile.quoted(rng, self.value(rng))}")
        return "&".join(pairs)

    def value(self, rng):
        """A value that some row has, or none."""
        if rng.random() < 0.5:
            return hostile.text(rng, longest=3000)
        return str(rng.choice(rng.choice(list(self._known.values()))))


def _texts(model):
    """Columns of a model that hold any words."""
    for field in model._meta.concrete_fields:
        if type(field) in TEXT_COLUMNS and not (field.choices or field.unique):
            yield field


def _ordered(model):
    return model._base_manager.order_by("pk")


def _slug(row):
    return getattr(row, "slug", "")
