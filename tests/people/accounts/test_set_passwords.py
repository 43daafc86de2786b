"""A password that another has set: logged, changed before anything else, and told to its owner."""

import contextlib

import pytest
from django.urls import NoReverseMatch, reverse

from articles.editorial.roles import CHIEF, EDITOR, REPORTER
from people.models import CredentialChange, User
from tests.support.desk import change, enters, filled
from tests.support.pictures import stored
from tests.support.security import desk_names

SET = "a password of another"
OWN = "mine and mine alone"
HOME, CHANGE = reverse("admin:index"), reverse("admin:password_change")
READ = reverse("admin:password_change_read")


def both(password):
    """What the form of another's password posts."""
    return {"usable_password": "true", "password1": password, "password2": password}


def own(new, old=SET):
    """What the form of one's own posts."""
    return {"old_password": old, "new_password1": new, "new_password2": new}


@pytest.fixture
def reset(at_desk, account):
    """Maker of an account of a role whose password a 总编 has reset at the desk."""

    def make(role=EDITOR):
        person = account(role)
        client = at_desk(CHIEF)
        answer = client.post(
            reverse("admin:auth_user_password_change", args=[person.pk]), both(SET)
        )
        assert answer.status_code == 302
        client.logout()
        person.refresh_from_db()
        return person

    return make


def lines():
    """The log, oldest first."""
    return [
        (line.account.username, line.person.username, line.kind)
        for line in CredentialChange.objects.order_by("pk")
    ]


def test_a_reset_is_logged_and_one_own_password_is_not(reset, at_desk):
    person = reset()
    chief = User.objects.get(groups__name=CHIEF)
    assert lines() == [(person.username, chief.username, "reset")]
    assert person.must_change_password
    client = at_desk(CHIEF)
    client.post(reverse("admin:auth_user_password_change", args=[chief.pk]), both(SET))
    assert client.get(HOME).status_code == 200
    client.post(CHANGE, own(OWN))
    assert len(lines()) == 1


def test_what_is_refused_or_disabled_is_not_logged(at_desk, account):
    person, client = account(EDITOR), at_desk(CHIEF)
    address = reverse("admin:auth_user_password_change", args=[person.pk])
    assert client.post(address, both("short")).status_code == 200
    client.post(address, {"usable_password": "false", "unset-password": "1"})
    client.post(reverse("admin:auth_user_password_change", args=["abc"]), both(SET))
    person.refresh_from_db()
    assert not person.has_usable_password()
    assert not person.must_change_password
    assert lines() == []


def test_an_account_that_is_opened_is_logged(at_desk):
    client = at_desk(CHIEF)
    posted = {"username": "xinren", "name": "新人", "is_staff": "on", **both(SET)}
    assert client.post(reverse("admin:people_user_add"), posted).status_code == 302
    new = User.objects.get(username="xinren")
    assert [(line[0], line[2]) for line in lines()] == [("xinren", "opened")]
    assert new.must_change_password
    assert "账号由试总编开通" in client.get(change(new)).text


def test_no_other_change_of_an_account_is_a_reset(at_desk, account):
    """Another name, another address, stopped and in use again: no key to the account."""
    person, client = account(EDITOR), at_desk(CHIEF)
    for changes in (
        {"username": "renamed", "email": "other@example.org"},
        {"is_active": ""},
        {"is_active": "on", "must_change_password": "on", "password": "md5$x$y"},
    ):
        answer = client.post(change(person), filled(client.get(change(person)), **changes))
        assert answer.status_code == 302
    person.refresh_from_db()
    assert person.check_password("correct horse")
    assert not person.must_change_password
    assert lines() == []


def test_it_must_be_changed_before_anything_else(reset, client):
    person = reset()
    assert enters(client, person.username, SET)
    assert client.get(HOME)["Location"] == CHANGE
    page = client.get(CHANGE)
    assert "您的账号由试总编重设（" in page.text
    assert "换过才能进入编辑部" in page.text
    assert (
        client.post(reverse("admin:articles_article_add"), {"headline": "题"})["Location"] == CHANGE
    )
    assert "新密码和现在的一样" in client.post(CHANGE, own(SET)).text
    assert client.get(HOME)["Location"] == CHANGE
    assert client.post(CHANGE, own(OWN)).status_code == 302
    assert client.get(HOME).status_code == 200
    client.logout()
    assert enters(client, person.username, OWN)
    assert client.get(HOME).status_code == 200


def paths():
    """A path for each address of the desk that asks who one is, and leads nobody out."""
    for name in desk_names() - {"login", "logout", "password_change", "old-address", "catch-all"}:
        for args in ([], [1], [1, 1], ["articles"], [1, "submit"]):
            with contextlib.suppress(NoReverseMatch):
                yield reverse(f"admin:{name}", args=args)
                break
        else:
            pytest.fail(f"no path for {name}")
    yield from ("/admin/articles/article/1/", "/admin/nowhere/")


def test_no_address_of_the_desk_lets_anyone_around_it(reset, client):
    person = reset()
    client.force_login(person)
    for path in paths():
        for method in (client.get, client.post):
            answer = method(path)
            assert (answer.status_code, answer.get("Location")) == (302, CHANGE), path
    photo = stored()
    assert client.get(photo.image.url).status_code == 404
    person.must_change_password = False
    person.save()
    answer = client.get(photo.image.url)
    answer.close()
    assert answer.status_code == 200


def test_the_way_out_is_open(reset, client):
    client.force_login(reset())
    assert client.post(reverse("admin:logout")).status_code == 200
    assert client.get(CHANGE).status_code == 302
    assert client.get(HOME)["Location"].startswith(reverse("admin:login"))


def test_the_owner_is_told_at_the_desk_until_it_is_read(reset, client):
    person = reset()
    assert enters(client, person.username, SET)
    client.post(CHANGE, own(OWN))
    assert "您的账号由试总编重设（" in client.get(HOME).text
    assert client.get(READ).status_code == 405
    assert "您的账号由试总编重设（" in client.get(HOME).text
    assert client.post(READ)["Location"] == HOME
    assert "账号由" not in client.get(HOME).text
    reset_again = User.objects.get(groups__name=CHIEF)
    CredentialChange.objects.create(account=person, person=reset_again, kind="reset")
    assert "您的账号由试总编重设（" in client.get(HOME).text


def test_nobody_else_is_told(reset, at_desk):
    reset()
    for role in (CHIEF, REPORTER):
        assert "账号由" not in at_desk(role).get(HOME).text


@pytest.fixture
def operators(settings):
    """Accounts are the operator's."""
    settings.ACCOUNTS_BY = "operator"


@pytest.mark.usefixtures("operators")
def test_accounts_may_be_taken_from_the_chief(at_desk, account, client):
    person, chief = account(EDITOR), at_desk(CHIEF)
    assert reverse("admin:people_user_changelist") not in chief.get(HOME).text
    pages = [
        reverse("admin:people_user_changelist"),
        reverse("admin:people_user_add"),
        change(person),
        reverse("admin:people_user_history", args=[person.pk]),
        reverse("admin:auth_user_password_change", args=[person.pk]),
    ]
    for page in pages:
        assert chief.get(page).status_code == 403, page
        assert chief.post(page, both(SET)).status_code == 403, page
    found = "app_label=people&model_name=reporter&field_name=user"
    assert chief.get(f"{reverse('admin:autocomplete')}?{found}").status_code == 403
    client.force_login(User.objects.create_superuser("operator", password="correct horse"))
    for page in pages:
        assert client.get(page).status_code == 200, page
    assert client.post(pages[-1], both(SET)).status_code == 302
    assert lines() == [(person.username, "operator", "reset")]
