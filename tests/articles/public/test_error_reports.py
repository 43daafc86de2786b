"""我要纠错: what readers send, what is refused, and what the desk does with it."""

import datetime
from ipaddress import ip_network

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.editorial import forget_senders, handle_report, take_report
from articles.editorial.reports import MOST, SPAN
from articles.editorial.roles import CHIEF, EDITOR, REPORTER
from articles.models import ErrorReport
from people.models import User
from tests.support.desk import change, filled
from tests.support.stories import live, put, story

pytestmark = pytest.mark.django_db

INBOX = reverse("admin:articles_errorreport_changelist")
WORDS = {"wrong": "区长苏建社", "right": "应为苏建设", "contact": "", "website": ""}


def form_of(story):
    """Address of the form."""
    return f"{story.get_absolute_url()}correct/"


def sent(client, story, **changes):
    """Answer to a report."""
    headers = changes.pop("headers", {})
    return client.post(form_of(story), {**WORDS, **changes}, headers=headers)


def report(**fields):
    """A report of the inbox."""
    words = {"wrong": "苏建社", "right": "苏建设"}
    return ErrorReport.objects.create(**{"article": live(), **words, **fields})


def test_the_story_leads_to_the_form_and_the_form_to_the_inbox(client):
    article = live()
    assert f'href="{form_of(article)}"' in client.get(article.get_absolute_url()).text
    page = client.get(form_of(article))
    assert "no-store" in page["Cache-Control"]
    answer = sent(client, article, contact="王女士")
    assert answer["Location"] == f"{form_of(article)}received/"
    thanks = client.get(answer["Location"])
    assert "收到了" in thanks.text
    assert "no-store" in thanks["Cache-Control"]
    kept = ErrorReport.objects.get()
    assert (kept.article, kept.wrong, kept.right) == (article, WORDS["wrong"], WORDS["right"])
    assert (kept.contact, kept.outcome, kept.handled_at) == ("王女士", "", None)


def test_a_report_without_the_forms_token_is_refused():
    article = live()
    assert sent(Client(enforce_csrf_checks=True), article).status_code == 403
    assert not ErrorReport.objects.exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"wrong": " "}, "请写出哪里有错"),
        ({"right": ""}, "请写出应该是什么"),
        ({"wrong": "长" * 501}, "500"),
        ({"right": "长" * 1001}, "1000"),
        ({"contact": "长" * 101}, "100"),
        ({"wrong": "空\x00字"}, "空字符"),
        ({"website": "https://example.org/"}, "有一格请留空"),
    ],
)
def test_what_cannot_be_taken_is_said_and_what_was_typed_stays(client, changes, said):
    answer = sent(client, live(), **{"right": "应为苏建设", **changes})
    assert answer.status_code == 200
    assert said in answer.text
    assert not ErrorReport.objects.exists()


@pytest.mark.parametrize("body", [b"\xff\xfe", b"wrong=%ff%fe&right=%00", b"wrong"])
def test_no_bytes_are_an_error_of_ours(client, body):
    answer = client.post(form_of(live()), body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code in (200, 400)


def test_a_client_sends_a_few_reports_an_hour(client):
    article = live()
    for number in range(MOST):
        assert sent(client, article, wrong=f"错{number}").status_code == 302
    answer = sent(client, article, wrong="又错")
    assert answer.status_code == 429
    assert "请过一小时再来" in answer.text
    assert "又错" in answer.text
    assert ErrorReport.objects.count() == MOST
    assert client.post(form_of(article), WORDS, REMOTE_ADDR="192.0.2.7").status_code == 302


def test_after_an_hour_nothing_tells_who_sent_a_report(client):
    article = live()
    for number in range(MOST):
        sent(client, article, wrong=f"错{number}")
    assert set(ErrorReport.objects.values_list("sender", flat=True)) != {""}
    assert "127.0.0.1" not in str(list(ErrorReport.objects.values_list()))
    ErrorReport.objects.update(sent_at=timezone.now() - SPAN - datetime.timedelta(seconds=1))
    forget_senders()
    assert set(ErrorReport.objects.values_list("sender", flat=True)) == {""}
    assert sent(client, article, wrong="又错").status_code == 302


def test_all_addresses_of_a_connection_are_one_client():
    article = live()
    for number in range(MOST):
        one = ErrorReport(article=article, wrong=f"错{number}", right="改")
        assert take_report(one, address=f"2001:db8:1:2::{number}")
    another = ErrorReport(article=article, wrong="错", right="改")
    assert not take_report(another, address="2001:db8:1:2:ffff::")
    assert take_report(another, address="2001:db8:1:3::1")


def test_behind_a_proxy_the_client_is_whom_the_proxy_names(client, settings):
    article = live()
    for number in range(MOST):
        sent(client, article, wrong=f"错{number}", headers={"X-Forwarded-For": f"192.0.2.{number}"})
    # Without a proxy anyone may write that line, so it says nothing.
    assert sent(client, article, headers={"X-Forwarded-For": "192.0.2.9"}).status_code == 429
    settings.TRUSTED_PROXIES = [ip_network("127.0.0.1")]
    forged = {"X-Forwarded-For": "127.0.0.1, 192.0.2.9"}
    assert sent(client, article, headers=forged).status_code == 302


def test_the_same_words_are_one_report(client):
    article = live()
    assert sent(client, article).status_code == 302
    assert sent(client, article).status_code == 302
    assert ErrorReport.objects.count() == 1


@pytest.mark.parametrize("state", [{"visibility": "withdrawn"}, {"visibility": "unpublished"}])
def test_only_a_live_story_takes_reports(client, state):
    article = live()
    put([article], **state)
    assert client.get(form_of(article)).status_code == 404
    assert client.get(f"{form_of(article)}received/").status_code == 404
    assert sent(client, article).status_code == 404
    assert client.get("/articles/2021/02/30/a/correct/").status_code == 404


def test_who_handles_a_report_writes_its_outcome_once(at_desk):
    waiting = report()
    client = at_desk(EDITOR)
    page = client.get(change(waiting))
    assert change(waiting.article) in page.text
    assert client.post(change(waiting), filled(page)).status_code == 200  # no outcome
    answer = client.post(change(waiting), filled(page, outcome="属实，已改。", wrong="别的"))
    assert answer.status_code == 302
    waiting.refresh_from_db()
    assert (waiting.outcome, waiting.wrong) == ("属实，已改。", "苏建社")
    assert waiting.handled_by == page.wsgi_request.user
    assert waiting.handled_at
    page = client.get(change(waiting)).text
    assert "属实，已改。" in page
    assert waiting.handled_by.name in page
    assert client.post(change(waiting), {"outcome": "改口"}).status_code == 403


def test_of_two_who_handle_a_report_at_once_the_second_is_told(account):
    waiting = report()
    first, second = account(EDITOR), account(CHIEF)
    assert handle_report(waiting, outcome="属实", person=first)
    assert not handle_report(waiting, outcome="不属实", person=second)
    waiting.refresh_from_db()
    assert (waiting.outcome, waiting.handled_by) == ("属实", first)


def test_the_inbox_shows_first_what_waits_and_can_be_narrowed(at_desk):
    someone = User.objects.create_user("someone")
    article, now = live(), timezone.now()
    done = report(article=article, wrong="旧错")
    handle_report(done, outcome="属实", person=someone)
    late = report(article=article, wrong="后到")
    early = report(article=article, wrong="先到", sent_at=now - SPAN)
    client = at_desk(REPORTER)

    def listed(query=""):
        return list(client.get(INBOX + query).context["cl"].result_list)

    assert listed() == [early, late, done]
    assert listed("?queue=reports") == [early, late]
    assert listed("?queue=handled") == [done]
    assert listed("?queue=nonsense") == [early, late, done]


def test_a_story_with_a_report_is_protected():
    waiting = report(article=story())
    with pytest.raises(IntegrityError), transaction.atomic():
        waiting.article.delete()
