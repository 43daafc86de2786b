"""A story and its people, for what the workflow does with them."""

import pytest

from articles.editorial import execute
from articles.editorial.roles import CHIEF, REPORTER
from articles.models import (
    Article,
    Bulletin,
    Byline,
    Inspection,
    Meeting,
    Project,
    Section,
)
from articles.versions import (
    save_version,
)
from people.models import Official, Organisation, Reporter
from tests.support.following import EVENTS, MARCH
from tests.support.pictures import halves, stored
from tests.support.scenes import DAY
from tests.support.stories import edited, signed


@pytest.fixture
def author(account):
    """A 记者."""
    return account(REPORTER)


@pytest.fixture
def draft(author):
    """A story that lacks nothing, written by the author."""
    story = Article.objects.create(
        headline="桥通了",
        body="<p>新桥今天通车。</p>",
        summary="新桥通车。",
        section=Section.objects.get_or_create(name="要闻")[0],
    )
    Byline.objects.create(article=story, printed_name="王某")
    save_version(story, person=author)
    return story


@pytest.fixture
def chief(account):
    """A 总编."""
    return account(CHIEF)


@pytest.fixture
def live(draft, account):
    """The draft, signed and published."""
    people = signed(draft, account)
    execute("publish", draft, person=people["sign"])
    return draft


@pytest.fixture(params=EVENTS, ids=["inspection", "meeting"])
def event(request):
    """An event of March of each kind."""
    model, named = request.param
    return model.objects.create(**{named: "看桥"}, held_on=MARCH)


@pytest.fixture
def linked(draft, author):
    """The draft with a link of every kind."""
    body, official = Organisation.objects.create(name="某局"), Official.objects.create(name="苏某")
    project = Project.objects.create(name="桥")
    meeting = Meeting.objects.create(name="大会", held_on=DAY)
    meeting.organisers.add(body)
    meeting.attendance.create(printed_name="苏某", official=official)
    inspection = Inspection.objects.create(title="看桥", held_on=DAY, meeting=meeting)
    inspection.stops.create(place="桥头", organisation=body).projects.add(project)
    inspection.attendance.create(printed_name="苏某", official=official)
    draft.bulletin = Bulletin.objects.create(title="专刊", quarter="2021q1", issued_on=DAY)
    draft.issued_on = DAY
    draft.projects.add(project)
    draft.meetings.add(meeting)
    draft.inspections.add(inspection)
    draft.mentions.create(printed_name="苏某", official=official)
    draft.bylines.create(printed_name="张某", reporter=Reporter.objects.create(name="张某"))
    draft.photos.create(photo=stored(halves(30, 30)))
    return edited(draft, author)
