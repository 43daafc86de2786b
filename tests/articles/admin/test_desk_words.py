"""The desk speaks Chinese: also where only a screen reader or the browser's tab says it."""

import re
from html.parser import HTMLParser

import pytest
from django.contrib import admin
from django.urls import reverse

from articles.editorial.roles import CHIEF
from people.models import User

#: Attributes that are read out or shown.
SPOKEN = {"title", "aria-label", "placeholder", "alt"}
#: What is Latin in Chinese, too: kinds of files, units, what is to be typed, and the test's own.
LATIN = re.compile(
    r"JPEG|PNG|WebP|AVIF|MB|LDAP|\d{4}q\d|sjs|ERQI QU XINWEN|user-\d|[a-z]+(-[a-z]+)+"
)


class Words(HTMLParser):
    """Texts of a page, and attributes that are texts."""

    def __init__(self, page):
        super().__init__()
        self.found, self.open = [], ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        """Attributes of an element; a hidden input has none that anyone meets."""
        self.open = tag
        attrs = dict(attrs)
        self.found += [value for name, value in attrs.items() if name in SPOKEN and value]
        if tag == "input" and attrs["type"] == "submit":
            self.found.append(attrs["value"])

    def handle_data(self, data):
        """Text, unless it is a script's."""
        if self.open not in {"script", "style"}:
            self.found.append(data)


def english(answer):
    """English words of a page."""
    texts = (LATIN.sub("", text) for text in Words(answer.text).found)
    return [text.strip() for text in texts if re.search("[A-Za-z]{2}", text)]


@pytest.mark.usefixtures("bulletin")
def test_no_page_of_the_desk_has_an_english_word(at_desk, client):
    assert english(client.post("/admin/login/", {"username": "?", "password": "?"})) == []
    client = at_desk(CHIEF)
    user = User.objects.get()
    password = reverse("admin:auth_user_password_change", args=[user.pk])
    pages = [
        "/admin/",
        "/admin/articles/",
        "/admin/people/user/",
        "/admin/password_change/",
        password,
    ]
    for model, desk in admin.site._registry.items():  # noqa: SLF001  it has no other list
        if desk.has_add_permission(client.get("/admin/").wsgi_request):
            pages.append(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add"))
    assert len(pages) > 12
    assert {page: english(client.get(page)) for page in pages} == {page: [] for page in pages}


@pytest.mark.usefixtures("bulletin")
@pytest.mark.parametrize("page", ["articles/section/add/", "people/user/add/", "password_change/"])
def test_the_tab_of_a_refused_form_says_so_in_chinese(at_desk, page):
    answer = at_desk(CHIEF).post(f"/admin/{page}", {})
    assert re.search(r"<title>\s*有错：", answer.text)
    assert english(answer) == []


@pytest.mark.usefixtures("bulletin")
def test_so_does_the_tab_of_a_refused_list(at_desk):
    client = at_desk(CHIEF)
    address = reverse("admin:articles_section_changelist")
    formset = client.get(address).context["cl"].formset
    posted = {f"form-{name}": value for name, value in formset.management_form.initial.items()}
    posted |= {"form-0-id": formset.forms[0].instance.pk, "form-0-order": "x", "_save": "1"}
    assert "<title>有错：" in client.post(address, posted).text
