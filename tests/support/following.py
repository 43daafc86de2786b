"""Things that follow: one of each kind, and what happens to it."""

import datetime

from django.utils import timezone

from articles.editorial import rebuild_appearances
from articles.models import (
    Article,
    Bulletin,
    Inspection,
    Meeting,
    Mention,
    Page,
    Project,
    Section,
)
from articles.quarter import Quarter
from people.models import Official, Reporter
from tests.support.desk import change, filled
from tests.support.stories import put

MARCH, APRIL, JULY = (datetime.date(2021, month, 6) for month in (3, 4, 7))
FIRST, SECOND, THIRD = (Quarter(2021, number) for number in (1, 2, 3))
#: Each kind of thing that has an address: its model, what it is called by, what else it needs.
KINDS = {
    "article": (Article, "headline", {}),
    "bulletin": (Bulletin, "title", {"issued_on": MARCH}),
    "inspection": (Inspection, "title", {"held_on": MARCH}),
    "meeting": (Meeting, "name", {"held_on": MARCH}),
    "official": (Official, "name", {}),
    "page": (Page, "title", {}),
    "project": (Project, "name", {}),
    "reporter": (Reporter, "name", {}),
    "section": (Section, "name", {}),
}
#: Those with a quarter, and the day that it follows.
DATED = {"article": "issued_on", "bulletin": "issued_on", "inspection": "held_on"}
DATED["meeting"] = "held_on"
EVENTS = [(Inspection, "title"), (Meeting, "name")]


def made(kind, name="王新路", **fields):
    """A new thing of the kind."""
    model, named, needs = KINDS[kind]
    return model.objects.create(**{named: name}, **{**needs, **fields})


def again(thing, **changes):
    """The thing read, changed and saved; as it is stored then."""
    row = type(thing)._base_manager.get(pk=thing.pk)
    for name, value in changes.items():
        setattr(row, name, value)
    row.save()
    return type(thing)._base_manager.get(pk=thing.pk)


def named(thing, kind, name):
    """The thing under another name."""
    return again(thing, **{KINDS[kind][1]: name})


def publish(story):
    """The story as one that readers had, and have no more."""
    put([story], visibility="withdrawn", published_at=timezone.now(), issued_on=APRIL)
    rebuild_appearances([story])


def shown_by(story, thing):
    """Link the thing to the story, as its kind is linked."""
    name = type(thing).__name__.lower()
    if name in ("section", "bulletin"):
        again(story, **{name: thing})
    elif name == "official":
        Mention.objects.create(article=story, official=thing, printed_name=thing.name)
    elif name == "reporter":
        story.bylines.create(reporter=thing, printed_name=thing.name)
    else:
        getattr(story, f"{name}s").add(thing)


def form_of(client, thing, **changes):
    """What the desk's form of a thing would post."""
    return filled(client.get(change(thing)), **changes)


def saved(client, thing, **changes):
    """The thing after the form was sent."""
    answer = client.post(change(thing), form_of(client, thing, **changes))
    assert answer.status_code == 302, answer.context["errors"]
    return type(thing)._base_manager.get(pk=thing.pk)
