"""What each page may cost: its most queries, the same with 6 stories and with 600."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Inspection, Meeting, Project
from people.models import Official, Reporter

STORIES = 600
#: Reading the state of what readers see: before a page is looked for, and once it is made.
STATE = 2
#: Most queries by page type beside those and what pages of one state share; fewer are welcome, and
#: lower the number here.
MOST = {
    "/": 11,
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
    "/quarters/2021q1/print/": 11,
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
    return {name: named.get(name, name) for name in MOST}


def over_budget(client, addresses):
    """Pages that take more queries than they may, and how many."""
    found = {}
    for name, address in addresses.items():
        # Django asks SQLite once a process whether it knows JSON.
        assert client.get(address).status_code == 200, address
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        found[name] = len(queries)
    return {name: cost for name, cost in found.items() if cost > MOST[name] + STATE}


@pytest.mark.usefixtures("no_query_in_templates", "shell")
def test_no_page_costs_more_than_is_written_here_however_many_stories(client, addresses):
    assert over_budget(client, addresses) == {}
    call_command("make_stories", STORIES, seed=7, verbosity=0)
    assert Article.objects.live().count() > STORIES * 0.9
    assert over_budget(client, addresses) == {}


def test_no_page_may_cost_more_than_the_contract_allows():
    assert max(MOST.values()) <= 12
    assert MOST["article"] <= 6
