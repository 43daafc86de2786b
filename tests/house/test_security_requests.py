"""What a request has to bring, and what none gives: tokens, pop-ups, accounts, another host."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse

from articles.editorial.roles import CHIEF, EDITOR, HEAD, REPORTER
from articles.models import Article, Transition
from people.models import User
from tests.support.desk import change, filled, page_of
from tests.support.security import logged_in, tried

STORIES = reverse("admin:articles_article_changelist")


@pytest.mark.parametrize(
    "address",
    [
        "/admin/people/reporter/?user__password__startswith=m",
        "/admin/people/user/?password__startswith=m",
        "/admin/articles/article/?transitions__person__password__startswith=m",
        "/admin/articles/article/?working_copy__section__name=x",
        "/admin/articles/article/add/?_popup=1&_to_field=body",
        "/admin/people/user/?_popup=1&_to_field=password",
        "/admin/articles/section/?_popup=1&_to_field=slug",
    ],
)
def test_no_filter_and_no_popup_asks_for_more_than_the_page(at_desk, address):
    assert at_desk(CHIEF).get(address).status_code == 400


def test_a_popup_gives_no_right(at_desk):
    client = at_desk(REPORTER)
    for name in ("people_official", "articles_section", "people_user"):
        address = reverse(f"admin:{name}_add")
        assert client.get(f"{address}?_popup=1").status_code == 403
        assert client.post(address, {"name": "新", "_popup": "1"}).status_code == 403


def test_a_chief_makes_no_superuser(account):
    chief, other = account(CHIEF, "tried"), account(REPORTER, "other")
    client = logged_in(chief)
    for person in (chief, other):
        posted = filled(client.get(change(person)), is_superuser="on", user_permissions=["1"])
        assert client.post(change(person), posted).status_code == 302
        person.refresh_from_db()
        assert not person.is_superuser
        assert not person.user_permissions.exists()
    add = reverse("admin:people_user_add")
    words = {"username": "new", "password1": "a long horse", "password2": "a long horse"}
    posted = filled(client.get(add), **words, is_superuser="on", usable_password="true")
    assert client.post(add, posted).status_code == 302
    assert not User.objects.get(username="new").is_superuser


@pytest.mark.parametrize("role", [REPORTER, EDITOR, HEAD])
def test_who_is_no_chief_changes_no_account(account, role):
    person = account(role, "tried")
    client = logged_in(person)
    assert client.post(change(person), {"groups": ["4"], "username": "tried"}).status_code == 403
    assert [group.name for group in person.groups.all()] == [role]


def test_a_request_without_the_forms_token_is_refused(scenes, account):
    draft, chief = scenes.draft(), account(CHIEF, "tried")
    client = Client(enforce_csrf_checks=True)
    client.force_login(chief)
    for address, data in (
        (page_of("transition", draft, "urgent"), {"reason": "急"}),
        (page_of("restore", draft, 1), {}),
        (page_of("delete", draft), {"post": "yes"}),
        (STORIES, {"action": "delete_selected", "_selected_action": [draft.pk], "post": "yes"}),
        (change(draft), {"headline": "改"}),
        (reverse("admin:logout"), {}),
    ):
        answer, written = tried(client, "post", address, data)
        assert (answer.status_code, written) == (403, [])


def test_a_move_without_the_screens_token_is_refused(scenes, account):
    draft, client = scenes.draft(), logged_in(account(CHIEF, "tried"))
    for seen in ({}, {"state_token": ""}, {"state_token": "1.draft.unpublished."}):
        data = {"reason": "急", "accepted": "on", **seen}
        assert "请重新打开" in client.post(page_of("transition", draft, "urgent"), data).text
    assert not Transition.objects.exists()


def test_the_way_to_the_public_page_leads_to_no_other_host(scenes, account):
    live, draft = scenes.live(), scenes.draft()
    client = logged_in(account(CHIEF, "tried"))
    kind = ContentType.objects.get_for_model(Article).pk
    assert client.get(f"/admin/r/{kind}/{live.pk}/")["Location"] == live.get_absolute_url()
    Article.objects.filter(pk=draft.pk).update(issued_on=None)
    for odd in (
        f"{kind}/{draft.pk}",
        f"+{kind}/{live.pk}",
        f" {kind}/{live.pk}",
        f"{kind}/x",
        f"{10**30}/1",
        f"x/{live.pk}",
    ):
        assert client.get(f"/admin/r/{odd}/").status_code == 404, odd


@pytest.mark.parametrize("switch", ["is_staff", "is_active"])
def test_an_account_that_is_stopped_is_a_strangers(scenes, account, switch):
    draft, person = scenes.draft(), account(CHIEF, "tried")
    client = logged_in(person)
    assert client.get(change(draft)).status_code == 200
    User.objects.filter(pk=person.pk).update(**{switch: False})
    for address in (change(draft), page_of("compare", draft), page_of("sheet", draft), STORIES):
        answer = client.get(address)
        assert answer["Location"].startswith("/admin/login/")
        assert not answer.content


def test_a_page_of_the_desk_says_what_a_browser_may_do_with_it(scenes, account):
    account(CHIEF, "tried")
    client = Client()
    form = client.post(
        "/admin/login/?next=/admin/", {"username": "tried", "password": "correct horse"}
    )
    cookie = form.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    answer = client.get(change(scenes.draft()))
    policy = answer["Content-Security-Policy"]
    for said in ("script-src 'self' 'nonce-", "object-src 'none'", "frame-ancestors 'none'"):
        assert said in policy
    assert "unsafe" not in policy
    assert (answer["X-Frame-Options"], answer["Referrer-Policy"]) == ("DENY", "same-origin")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    tried = User.objects.get(username="tried")
    tried.set_password("another horse")
    tried.save()
    assert client.get("/admin/").status_code == 302
