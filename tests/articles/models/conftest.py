"""One of each thing, for what the database refuses and what it keeps."""

from types import SimpleNamespace

import pytest

from articles.models import (
    Article,
    Bulletin,
    Inspection,
    Meeting,
    Photo,
    Project,
    Section,
    Version,
)
from people.models import (
    Official,
    Organisation,
    Reporter,
    User,
)
from tests.support.rows import DAY, STATE


@pytest.fixture
def known(db):
    """One of each thing, by name."""
    return SimpleNamespace(
        article=Article.objects.create(headline="甲", slug="jia", issued_on=DAY),
        bulletin=Bulletin.objects.create(title="一季度专刊", issued_on=DAY),
        inspection=Inspection.objects.create(title="甲区观摩", held_on=DAY),
        meeting=Meeting.objects.create(name="甲区工作会议", held_on=DAY),
        official=Official.objects.create(name="王某某"),
        organisation=Organisation.objects.create(name="甲区政府"),
        photo=Photo.objects.create(image="photos/0.png", digest="0", width=1, height=1),
        project=Project.objects.create(name="甲项目"),
        reporter=Reporter.objects.create(name="李某"),
        section=Section.objects.create(name="要闻"),
        undated=Article.objects.create(headline="乙", slug="yi"),
        user=User.objects.create(username="li"),
        version=Version.objects.create(record_model="articles.project", record_id=1, **STATE),
    )
