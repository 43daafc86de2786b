"""Rows of each kind that nothing forbids, but for the columns that a test gives; unsaved."""

import datetime
from uuid import UUID

from articles.models import (
    Article,
    Attendance,
    Byline,
    ErrorReport,
    Inspection,
    Meeting,
    Milestone,
    Photo,
    Placement,
    SignOff,
    Transition,
    Version,
)
from people.models import (
    Appointment,
    CredentialChange,
    OrganisationName,
    Submission,
    User,
)

DAY = datetime.date(2021, 4, 1)
YESTERDAY = DAY - datetime.timedelta(1)
NOON = datetime.datetime(2021, 4, 1, 4, tzinfo=datetime.UTC)
STATE = {"number": 1, "content": {"label": "甲"}, "digest": "0", "made_at": NOON}
RECORD = {"record_model": "articles.meeting", "record_id": 1}


def story(**fields):
    """A story that nothing forbids, but for ``fields``."""
    return Article(**{"headline": "丙", "slug": "bing", "quarter": "2021q2", **fields})


def live(**fields):
    """A live story that nothing forbids, but for ``fields``."""
    state = {"visibility": "live", "issued_on": DAY, "published_at": NOON}
    return story(**{**state, **fields})


def term(known, **fields):
    """A term of office."""
    return Appointment(
        official=known.official, organisation=known.organisation, title="区长", **fields
    )


def logged(known, **fields):
    """A line of the log, unsaved."""
    line = {"name": "publish", "stage": "signed", "visibility": "live", "made_at": NOON}
    return Transition(story=known.article, **{**line, **fields})


def twice(make, **fields):
    """A row like one that is stored already."""
    make(**fields).save()
    return make(**fields)


def called(known, **fields):
    """A name of an organisation."""
    return OrganisationName(organisation=known.organisation, name="甲区", **fields)


def credential(known, **fields):
    person = User.objects.create(username="zhang")
    whole = {"account": known.user, "person": person, "kind": "reset", **fields}
    return CredentialChange(**whole)


def submission(known):
    """A form that made a row."""
    return Submission(
        person=known.user, model="articles.article", token=UUID(int=1), row=1, digest="0"
    )


def second_byline(known):
    """A name that signs as the same thing twice."""
    fields = {"article": known.article, "printed_name": "李某", "role": "reporter"}
    Byline.objects.create(**fields)
    return Byline(**fields, order=2)


def second_milestone(known):
    """A step that is stored already."""
    fields = {"project": known.project, "article": known.article, "reached_on": DAY}
    Milestone.objects.create(**fields, status="signed")
    return Milestone(**fields, status="signed")


def placed(known, **fields):
    """A placement that nothing forbids, but for ``fields``."""
    return Placement(article=known.article, person=known.user, ends=NOON, **fields)


def report(known, **fields):
    """A reader's report that nothing forbids, but for ``fields``."""
    return ErrorReport(article=known.article, wrong="甲", right="乙", **fields)


def photo(**fields):
    """A picture that nothing forbids, but for ``fields``."""
    return Photo(image="photos/1.png", width=1, height=1, **{"digest": "1", **fields})


def meeting(**fields):
    """A meeting that nothing forbids, but for ``fields``."""
    return Meeting(name="乙区会议", slug="x", held_on=DAY, quarter="2021q2", **fields)


def inspection(**fields):
    """An inspection that nothing forbids, but for ``fields``."""
    return Inspection(title="乙区观摩", slug="x", held_on=DAY, quarter="2021q2", **fields)


def attendance(**fields):
    """A named person, at whatever ``fields`` say."""
    return Attendance(**{"printed_name": "王某某", **fields})


def version(**fields):
    """A first version."""
    return Version(**STATE, **fields)


def signed(known, **fields):
    """A signature that nothing forbids, but for ``fields``."""
    fields = {"stage": "first", "verdict": "passed", "made_at": NOON, **fields}
    return SignOff(version=known.version, person=known.user, **fields)
