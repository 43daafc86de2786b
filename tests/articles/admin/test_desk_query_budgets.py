"""What the desk's pages cost: at most twenty queries, however many stories there are."""

from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.editorial import execute, open_working_copy
from articles.editorial.roles import CHIEF, EDITOR
from articles.models import Article, Inspection, Meeting, Photo, Project
from people.models import Official, Reporter
from tests.support.desk import change, filled
from tests.support.stories import signed

MOST = 20
STORIES = 300


def list_of(model):
    """Address of a model's list."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def test_lists_and_change_pages_cost_at_most_twenty(bulletin, at_desk):
    call_command("make_stories", STORIES, seed=7, verbosity=0)
    client = at_desk(CHIEF)
    models = (Article, Inspection, Meeting, Project, Photo, Official, Reporter)
    busiest = Article.objects.live().filter(bulletin__slug="2021q1", position=2).first()
    copied = Article.objects.live().exclude(projects=None).exclude(meetings=None).first()
    open_working_copy(copied, client.get("/admin/").wsgi_request.user)
    draft = Article.objects.filter(visibility="unpublished", copy_of=None).first()
    things = [busiest, copied, draft, *(model.objects.first() for model in models[1:])]
    addresses = [reverse("admin:index"), *map(list_of, models), *map(change, things)]
    addresses += [f"{list_of(Article)}?queue=waiting", f"{list_of(Article)}?q=苏"]
    found = {}
    for address in addresses:
        assert client.get(address).status_code == 200, address
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        found[address] = len(queries)
    assert {address: cost for address, cost in found.items() if cost > MOST} == {}


def test_the_write_path_asks_a_bounded_number_of_questions(
    bulletin, at_desk, account, django_assert_max_num_queries
):
    """For the longest record of the bulletin: opening a copy, saving it, taking it over."""
    story, editor = Article.objects.get(position=2), account(EDITOR, "editor")
    with django_assert_max_num_queries(34):
        copy = open_working_copy(story, editor)
    desk = at_desk(EDITOR)
    posted = filled(desk.get(change(story)), summary="另一句。")
    with django_assert_max_num_queries(43):
        assert desk.post(change(story), posted).status_code == 302
    signed(copy, account, author=editor)
    chief = account(CHIEF, "chief")
    with django_assert_max_num_queries(61):
        execute("publish", copy, person=chief, accepted=True)
