"""A story and its people, for what the workflow does with them."""

import pytest

from articles.editorial import execute
from articles.editorial.roles import CHIEF, REPORTER
from articles.models import Article, Byline, Section
from articles.versions import save_version
from tests.support.following import EVENTS, MARCH
from tests.support.stories import signed


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
