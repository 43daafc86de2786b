"""What is in use cannot be deleted, and what is not can."""

import pytest
from django.db.models import ProtectedError

from articles.models import (
    ArticlePhoto,
    Byline,
    Mention,
    Stop,
    Transition,
)
from tests.support.rows import NOON, attendance, inspection, second_milestone, story, term


def stop(known, **fields):
    """A stop of the inspection."""
    return Stop.objects.create(inspection=known.inspection, place="甲处", **fields)


def move(known):
    """A line in the log."""
    return Transition.objects.create(
        story=known.article,
        name="publish",
        stage="signed",
        visibility="live",
        person=known.user,
        made_at=NOON,
    )


#: What is in use, and how.
USES = [
    ("official", lambda known: attendance(meeting=known.meeting, official=known.official).save()),
    ("official", lambda known: known.article.mentions.create(official=known.official)),
    ("reporter", lambda known: known.article.bylines.create(reporter=known.reporter)),
    ("section", lambda known: story(section=known.section).save()),
    ("bulletin", lambda known: story(bulletin=known.bulletin).save()),
    ("project", lambda known: known.article.projects.add(known.project)),
    ("project", lambda known: stop(known).projects.add(known.project)),
    ("inspection", lambda known: known.article.inspections.add(known.inspection)),
    ("meeting", lambda known: known.article.meetings.add(known.meeting)),
    ("meeting", lambda known: inspection(meeting=known.meeting).save()),
    ("organisation", lambda known: term(known).save()),
    ("organisation", lambda known: stop(known, organisation=known.organisation)),
    ("organisation", lambda known: known.meeting.organisers.add(known.organisation)),
    ("organisation", lambda known: known.organisation.children.create(name="甲区某局")),
    (
        "photo",
        lambda known: ArticlePhoto.objects.create(article=known.article, photo=known.photo),
    ),
    ("article", second_milestone),
    ("article", move),
    ("user", move),
]


@pytest.fixture(params=["instance", "queryset"])
def delete(request):
    """Deletion of a thing by either way that Django has."""
    if request.param == "instance":
        return lambda thing: thing.delete()
    return lambda thing: type(thing)._base_manager.filter(pk=thing.pk).delete()


@pytest.mark.parametrize(("name", "use"), USES)
def test_what_is_in_use_cannot_be_deleted(known, delete, name, use):
    use(known)
    with pytest.raises(ProtectedError):
        delete(getattr(known, name))
    assert type(getattr(known, name)).objects.filter(pk=getattr(known, name).pk).exists()


@pytest.mark.parametrize("name", sorted({name for name, _use in USES}))
def test_what_is_not_in_use_can_be_deleted(known, delete, name):
    thing = getattr(known, name)
    delete(thing)
    assert not type(thing).objects.filter(pk=thing.pk).exists()


def test_a_draft_takes_its_rows_and_links_along(known, delete):
    known.article.projects.add(known.project)
    known.article.inspections.add(known.inspection)
    known.article.bylines.create(printed_name="李某", reporter=known.reporter)
    known.article.mentions.create(printed_name="王某某", official=known.official)
    delete(known.article)
    assert not Byline.objects.exists()
    assert not Mention.objects.exists()
    for name in ("project", "inspection", "reporter", "official"):
        delete(getattr(known, name))
