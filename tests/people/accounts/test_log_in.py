"""How often someone may try to log in, and from where that is counted."""

import datetime
from ipaddress import ip_network

import pytest
from axes.models import AccessFailureLog
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from articles.editorial.roles import CHIEF, REPORTER
from people.accounts.log_in import KEPT_FOR, forget_failures
from people.accounts.passwords import NotGuessable
from people.models import User

LOGIN = reverse("admin:login")
RIGHT = "correct horse"


@pytest.fixture
def chief(account):
    """Whom strangers try."""
    return account(CHIEF, "zongbian")


def tried(client, typed="wrong", username="zongbian", address="192.0.2.1", **headers):
    """Status of a log-in: 302 lets in, 200 asks again, 429 is locked."""
    posted = {"username": username, "password": typed}
    return client.post(LOGIN, posted, REMOTE_ADDR=address, headers=headers).status_code


def passed(hours):
    """Let time go by."""
    for failure in AccessFailureLog.objects.all():
        failure.attempt_time -= datetime.timedelta(hours=hours)
        failure.save()


@pytest.mark.usefixtures("chief")
def test_after_a_hundred_and_twenty_wrong_tries_the_right_one_is_refused(client):
    answers = [tried(client) for _ in range(120)]
    assert answers == [200] * 4 + [429] * 116
    assert tried(client, RIGHT) == 429
    assert "_auth_user_id" not in client.session
    page = client.post(LOGIN, {"username": "zongbian", "password": RIGHT}, REMOTE_ADDR="192.0.2.1")
    assert "以后再试" in page.text
    assert 0 < int(page["Retry-After"]) <= 3600
    assert tried(client, RIGHT, address="192.0.2.2") == 302, "elsewhere it goes on"


@pytest.mark.usefixtures("chief")
def test_an_hour_later_it_goes_on_whatever_was_tried_meanwhile(client):
    for _ in range(5):
        tried(client)
    passed(0.9)
    assert tried(client, RIGHT) == 429
    passed(0.2)
    assert tried(client, RIGHT) == 302


@pytest.mark.usefixtures("chief")
def test_an_address_that_tries_many_names_is_locked(client, account):
    for number in range(30):
        assert tried(client, username=f"name-{number}") == (200 if number < 29 else 429)
    assert tried(client, RIGHT) == 429
    assert tried(client, RIGHT, address="192.0.2.2") == 302


@pytest.mark.usefixtures("chief")
def test_strangers_lock_nobody_out_of_a_browser_that_is_known(client):
    assert tried(client, RIGHT) == 302
    client.post(reverse("admin:logout"))
    stranger = Client()
    for number in range(60):
        tried(stranger, address=f"198.51.100.{number}")
    assert tried(stranger, RIGHT, address="198.51.100.200") == 429
    assert tried(client, RIGHT) == 302
    forged = Client()
    forged.cookies["known"] = client.cookies["known"].value[:-1] + "x"
    assert tried(forged, RIGHT) == 429


def test_a_browser_is_known_for_those_who_logged_in_there_alone(client, chief, account):
    account(REPORTER, "other")
    assert tried(client, RIGHT, username="other") == 302
    for number in range(50):
        tried(Client(), address=f"198.51.100.{number}")
    assert tried(client, RIGHT) == 429
    assert tried(client, RIGHT, username="other") == 302


@pytest.mark.usefixtures("chief")
def test_the_right_password_forgets_what_was_mistyped(client):
    for _ in range(3):
        for _ in range(4):
            assert tried(client) == 200
        assert tried(client, RIGHT) == 302


@pytest.mark.usefixtures("chief")
@pytest.mark.parametrize(
    ("proxies", "sent", "counted"),
    [
        ([], ("192.0.2.1", "203.0.113.9"), "192.0.2.1"),
        (["192.0.2.1"], ("192.0.2.1", "203.0.113.9"), "203.0.113.9"),
        (["192.0.2.1"], ("192.0.2.1", "10.0.0.1, 203.0.113.9"), "203.0.113.9"),
        (["192.0.2.0/24"], ("192.0.2.1", "203.0.113.9, 192.0.2.7"), "203.0.113.9"),
        (["192.0.2.1"], ("192.0.2.1", ""), "192.0.2.1"),
        (["192.0.2.1"], ("192.0.2.2", "203.0.113.9"), "192.0.2.2"),
        (["192.0.2.1"], ("192.0.2.1", "no address"), None),
        (["192.0.2.1"], ("", "203.0.113.9"), "203.0.113.9"),
        ([], ("2001:db8:1:2::5", ""), "2001:db8:1:2::"),
    ],
)
def test_the_address_is_that_of_the_client(client, settings, proxies, sent, counted):
    settings.TRUSTED_PROXIES = [ip_network(proxy) for proxy in proxies]
    peer, forwarded = sent
    tried(client, address=peer, **{"X-Forwarded-For": forwarded})
    assert AccessFailureLog.objects.get().ip_address == counted


@pytest.mark.usefixtures("chief")
def test_no_password_is_kept(client):
    tried(client, "a very secret word")
    assert "secret" not in repr(AccessFailureLog.objects.values())


def test_a_chief_and_an_operator_unlock(client, chief, account, at_desk):
    for unlock in ("desk", "command"):
        for _ in range(5):
            tried(client)
        assert tried(client, RIGHT) == 429
        if unlock == "desk":
            desk = Client()
            desk.force_login(account(CHIEF, "second"))
            data = {"action": "unlock", "_selected_action": [chief.pk]}
            page = desk.post(reverse("admin:people_user_changelist"), data, follow=True)
            assert "已经可以再试登录" in page.text
        else:
            call_command("axes_reset_username", "zongbian")
        assert tried(client, RIGHT) == 302
        client.post(reverse("admin:logout"))


@pytest.mark.usefixtures("chief")
def test_old_failures_are_forgotten(client):
    tried(client)
    passed(KEPT_FOR * 24 - 1)
    assert forget_failures() == 0
    passed(2)
    assert forget_failures() == 1


@pytest.mark.usefixtures("chief")
@pytest.mark.parametrize("username", ["", "\x00", "x" * 300, "总编", "é"])
def test_any_name_is_refused_in_words(client, username):
    assert tried(client, username=username) == 200


@pytest.mark.usefixtures("chief")
@pytest.mark.parametrize(
    ("to", "leads"),
    [
        ("/admin/articles/article/", "/admin/articles/article/"),
        ("//elsewhere.example/", "/admin/"),
        ("https://elsewhere.example/admin/", "/admin/"),
        ("javascript:alert(1)", "/admin/"),
        ("", "/admin/"),
    ],
)
def test_a_way_that_leads_elsewhere_leads_to_the_desk(client, to, leads):
    posted = {"username": "zongbian", "password": RIGHT, "next": to}
    assert client.post(f"{LOGIN}?next={to}", posted)["Location"] == leads


@pytest.mark.usefixtures("chief")
def test_the_second_of_two_tabs_is_in_with_one_message():
    browser = Client(enforce_csrf_checks=True)
    posted = {"username": "zongbian", "password": RIGHT, "next": "/admin/articles/article/"}
    first, second = (browser.get(LOGIN).context["csrf_token"] for _ in range(2))
    assert browser.post(LOGIN, {**posted, "csrfmiddlewaretoken": str(first)}).status_code == 302
    address = f"{LOGIN}?next=/admin/articles/article/"
    page = browser.post(address, {**posted, "csrfmiddlewaretoken": str(second)}, follow=True)
    assert page.redirect_chain == [("/admin/articles/article/", 302)]
    assert [str(message) for message in page.context["messages"]] == ["您已经登录：试总编。"]
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.post(LOGIN, {**posted, "csrfmiddlewaretoken": "x"}).status_code == 403


@pytest.mark.parametrize(
    "password",
    [
        "zongbian1", "Erqi2021", " " * 8, "erqi8351", "liuyang88", "LiuYang2020!", "qwer1234",
        "1qaz2wsx", "aaaaaaaa", "a123456789", "Zhengzhou#1", "ErqiXinwen2026", "abcd1234!",
        "20212022", "bianji666",
    ],
)  # fmt: skip
def test_what_anyone_here_would_guess_is_refused(password):
    with pytest.raises(ValidationError):
        NotGuessable().validate(password, User(username="liu", name="刘洋"))


@pytest.mark.parametrize(
    "password", ["correct horse battery", "K7#mQ2$x", "桥头茶馆下雨", "83hf72k1"]
)
def test_what_takes_guessing_is_taken(password):
    NotGuessable().validate(password, User(username="liu", name="刘洋"))
    NotGuessable().validate(password)
