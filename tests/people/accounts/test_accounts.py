"""Accounts: 总编 manages them, and nobody makes a superuser who is none."""

import pytest
from django.urls import reverse

from articles.editorial.roles import CHIEF, EDITOR, HEAD, REPORTER
from people.models import User
from tests.support.desk import change, filled


def test_the_chief_manages_accounts_but_makes_no_superuser(at_desk, account):
    client = at_desk(CHIEF)
    add = reverse("admin:people_user_add")
    posted = {
        "username": "xinren",
        "name": "新人",
        "usable_password": "true",
        "password1": "a long pass phrase",
        "password2": "a long pass phrase",
        "is_staff": "on",
        "is_superuser": "on",
    }
    assert client.post(add, posted).status_code == 302
    user = User.objects.get(username="xinren")
    assert (user.name, user.is_staff, user.is_superuser) == ("新人", True, False)
    client.post(change(user), filled(client.get(change(user)), is_superuser="on"))
    user.refresh_from_db()
    assert not user.is_superuser


def test_a_short_password_is_refused_in_chinese(at_desk, account):
    client = at_desk(CHIEF)
    address = reverse("admin:auth_user_password_change", args=[account(REPORTER).pk])
    short = {"usable_password": "true", "password1": "qzv", "password2": "qzv"}
    assert "密码太短，至少要有8个字符。" in client.post(address, short).text


def test_a_superuser_is_out_of_the_chiefs_reach(at_desk):
    root = User.objects.create_superuser("root", password="a long pass phrase")
    client = at_desk(CHIEF)
    password = reverse("admin:auth_user_password_change", args=[root.pk])
    assert client.post(change(root), {"username": "gone"}).status_code == 403
    assert client.post(password, {"password1": "x" * 20, "password2": "x" * 20}).status_code == 403


@pytest.mark.parametrize("role", [REPORTER, EDITOR, HEAD])
def test_others_do_not_manage_accounts(at_desk, role):
    client = at_desk(role)
    assert client.get(reverse("admin:people_user_changelist")).status_code == 403
    assert client.post(reverse("admin:people_user_add"), {"username": "x"}).status_code == 403
