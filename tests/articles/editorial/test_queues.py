"""The desk's home: what waits, for whom, counted at once, and the lists behind the numbers."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.editorial import QUEUES, counts, execute, open_working_copy, set_layout
from articles.editorial.roles import CHIEF, EDITOR, HEAD
from articles.models import Article, ErrorReport
from people.models import User
from tests.support.stories import edited, reviewers, signed

HOME = reverse("admin:index")
LIST = reverse("admin:articles_article_changelist")
#: Of all queues: two for permissions, five for states of stories and who set whose password,
#: one for returns, one for what was amended while a withdrawn story was out, one that counts.
MOST_QUERIES = 10


def waiting(person):
    """Queues with something in them, and how much."""
    person = User.objects.get(pk=person.pk)  # permissions are kept on the instance
    with CaptureQueriesContext(connection) as queries:
        numbers = counts(person)
    assert len(queries) <= MOST_QUERIES
    assert numbers == {name: queue.rows(person).count() for name, queue in QUEUES.items()}
    return {name: number for name, number in numbers.items() if number}


def test_a_submitted_story_waits_for_whoever_may_sign_it(draft, account, author):
    assert waiting(author) == {}
    execute("submit", draft, person=author)
    people = reviewers(account)
    for person in people.values():
        assert waiting(person) == {"waiting": 1, "review": 1}
    assert waiting(author) == {"review": 1}
    execute("first", draft, person=people["first"])
    assert waiting(people["first"]) == {"review": 1}
    assert waiting(people["second"]) == {"waiting": 1, "review": 1}
    edited(draft, people["second"], headline="桥通车了")
    assert waiting(people["second"]) == {"review": 1}


def test_a_returned_story_waits_for_its_author_until_it_is_sent_again(draft, account, author):
    execute("submit", draft, person=author)
    execute("return", draft, person=account(EDITOR), reason="太长")
    assert waiting(author) == {"returned": 1}
    set_layout(draft, person=account(CHIEF), page="01版", position=1, state_token="")
    assert waiting(author) == {"returned": 1}
    draft.refresh_from_db()
    execute("submit", draft, person=author)
    assert waiting(author) == {"review": 1}


def test_what_is_signed_scheduled_and_failed(live, account):
    editor = account(EDITOR, "amender")
    copy = edited(open_working_copy(live, editor), editor, headline="桥通车了")
    assert waiting(editor) == {"changed": 1}
    people = signed(copy, account)
    assert waiting(editor) == {"signed": 1, "changed": 1}
    at = timezone.now() + datetime.timedelta(hours=1)
    execute("schedule", copy, person=people["sign"], at=at)
    assert waiting(editor) == {"scheduled": 1, "changed": 1}
    Article.objects.filter(pk=copy.pk).update(failure="签字失效")
    assert waiting(editor) == {"scheduled": 1, "changed": 1, "failed": 1}


def test_what_was_withdrawn_today(live, chief):
    execute("withdraw", live, person=chief, reason="核实")
    assert waiting(chief) == {"withdrawn": 1}


def test_a_record_that_was_changed_waits_for_a_look(bulletin, account):
    Article.objects.filter(position=2).update(record_changed_at=timezone.now())
    assert waiting(account(HEAD)) == {"record": 1}


@pytest.mark.usefixtures("bulletin")
def test_each_number_leads_to_as_many_stories(at_desk, draft, author):
    execute("submit", draft, person=author)
    for wrong in ("甲", "乙"):
        ErrorReport.objects.create(article=Article.objects.live()[0], wrong=wrong, right="丙")
    client = at_desk(CHIEF)
    page = client.get(HOME)
    for queue, number in page.context["waiting"]:
        address = f"{reverse(queue.listed_at)}?queue={queue.name}"
        assert address in page.text
        assert client.get(address).context["cl"].result_count == number
    numbers = {queue.name: number for queue, number in page.context["waiting"]}
    assert (numbers["waiting"], numbers["reports"]) == (1, 2)
    for name in ("nonsense", "reports"):
        assert client.get(f"{LIST}?queue={name}").status_code == 200


def test_a_review_that_an_edit_voids_waits_for_whoever_signed_it_again(draft, account, author):
    execute("submit", draft, person=author)
    people = reviewers(account)
    execute("first", draft, person=people["first"])
    edited(draft, author, headline="桥通车了")
    assert waiting(people["first"]) == {"waiting": 1, "review": 1}
    assert waiting(people["sign"]) == {"waiting": 1, "review": 1}
    execute("first", draft, person=people["first"])
    assert waiting(people["first"]) == {"review": 1}
    execute("return", draft, person=people["second"], reason="太长")
    execute("submit", draft, person=author)
    assert waiting(people["first"]) == {"waiting": 1, "review": 1}


def test_what_was_signed_and_changed_afterwards_is_in_review_again(draft, account, author):
    people = signed(draft, account)
    assert waiting(people["sign"]) == {"signed": 1}
    edited(draft, author, headline="桥通车了")
    assert waiting(people["first"]) == {"waiting": 1, "review": 1}
    assert waiting(people["second"]) == {"review": 1}


def test_a_withdrawn_story_waits_only_once_it_was_changed(live, chief, account, author):
    execute("withdraw", live, person=chief, reason="核实")
    people = reviewers(account)
    assert waiting(people["first"]) == {"withdrawn": 1}
    edited(live, author, headline="桥通车了")
    assert waiting(people["first"]) == {"waiting": 1, "review": 1, "withdrawn": 1}
