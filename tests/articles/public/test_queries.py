"""What each page costs: the exact number of queries, the same with 6 stories and with 600."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Inspection, Meeting, Project
from people.models import Official, Reporter

STORIES = 600
#: Queries by page type; a page of the contract takes 12 at most, a story 6.
COSTS = {
    "/": 12,
    "/articles/": 8,
    "/articles/2021/": 12,
    "/articles/2021/04/": 12,
    "/articles/2021/04/06/": 11,
    "/sections/hui-yi/": 11,
    "/projects/": 9,
    "/inspections/": 9,
    "/meetings/": 7,
    "/quarters/": 3,
    "/quarters/2021q1/": 11,
    "/officials/": 6,
    "/reporters/": 3,
    "/bulletins/": 5,
    "/bulletins/2021q1/": 6,
    "article": 5,
    "official": 8,
    "project": 10,
    "reporter": 6,
    "inspection": 8,
    "meeting": 10,
}


@pytest.fixture
def addresses(bulletin):
    """Address of each page type; of the bulletin's own things, whatever else there is."""
    things = {
        "article": Article.objects.get(position=1, bulletin__slug="2021q1"),
        "official": Official.objects.get(name="苏建设"),
        "project": Project.objects.get(name="普乐天地项目"),
        "reporter": Reporter.objects.get(name="张改华"),
        "inspection": Inspection.objects.get(title__contains="重大项目"),
        "meeting": Meeting.objects.get(name__contains="电力"),
    }
    named = {name: thing.get_absolute_url() for name, thing in things.items()}
    return {name: named.get(name, name) for name in COSTS}


def costs(client, addresses):
    """Queries that each page takes."""
    found = {}
    for name, address in addresses.items():
        # Django asks SQLite once a process whether it knows JSON.
        assert client.get(address).status_code == 200, address
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        found[name] = len(queries)
    return found


@pytest.mark.usefixtures("no_query_in_templates")
def test_a_page_costs_what_is_written_here_however_many_stories(client, addresses):
    assert costs(client, addresses) == COSTS
    call_command("make_stories", STORIES, seed=7, verbosity=0)
    assert Article.objects.live().count() > STORIES * 0.9
    found = costs(client, addresses)
    # The front page asks for posts only where officials were at the events of its first stories.
    assert COSTS["/"] - 2 <= found.pop("/") <= COSTS["/"]
    assert found == {name: cost for name, cost in COSTS.items() if name != "/"}


def test_no_page_costs_more_than_the_contract_allows():
    assert max(COSTS.values()) <= 12
    assert COSTS["article"] <= 6
