"""The paper's pages about itself, and the foot that leads to them."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from articles.editorial.roles import CHIEF
from articles.models import Page
from articles.sanitise import clean_body
from newsroom.context_processors import imprint
from tests.support.desk import change, filled

pytestmark = pytest.mark.django_db

SITE = "OWNER CONTACT COMPLAINTS LICENCE ICP POLICE ID_CODE".split()


@pytest.fixture
def pages():
    """The pages of the fixture, by slug."""
    call_command("loaddata", "pages", verbosity=0)
    return {page.slug: page for page in Page.objects.all()}


def test_a_page_with_a_text_is_linked_in_the_foot_and_in_the_site_map(client, pages):
    front, site_map = client.get("/").text, client.get("/sitemap-pages.xml").text
    shown = [page for page in pages.values() if page.body]
    assert len(shown) == 4
    places = [front.index(f'href="{page.get_absolute_url()}"') for page in shown]
    assert places == sorted(places)
    for page in shown:
        assert page.get_absolute_url() in site_map
        assert page.body in client.get(page.get_absolute_url()).text


def test_a_page_without_a_text_is_nowhere(client, pages):
    empty = pages["copyright"]
    assert empty.body == ""
    assert client.get(empty.get_absolute_url()).status_code == 404
    assert empty.get_absolute_url() not in client.get("/").text
    assert empty.get_absolute_url() not in client.get("/sitemap-pages.xml").text


def test_the_fixture_is_stored_as_it_is_written_and_twice_gives_the_same(pages):
    for page in pages.values():
        assert clean_body(page.body) == page.body
    call_command("loaddata", "pages", verbosity=0)
    assert Page.objects.count() == len(pages)


def test_the_fixture_gives_no_number_and_no_address_that_nobody_registered(pages):
    assert not any("@" in page.body or "http" in page.body for page in pages.values())


def test_no_page_keeps_anything_at_its_reader_but_the_form(crawl, bulletin):
    answers = crawl()
    kept = {address for address, answer in answers.items() if answer.cookies}
    assert kept == {address for address in answers if address.endswith("/correct/")}
    assert {name for address in kept for name in answers[address].cookies} == {"csrftoken"}


def test_whatever_is_written_passes_the_allow_list(client, at_desk):
    chief = at_desk(CHIEF)
    add = reverse("admin:articles_page_add")
    body = '<p onclick="x()">甲</p><script>x()</script>'
    posted = filled(chief.get(add), title="版权", body=body, slug="ban-quan")
    assert chief.post(add, posted).status_code == 302
    page = Page.objects.get()
    assert page.body == "<p>甲</p>"
    assert client.get(page.get_absolute_url()).status_code == 200
    answer = chief.post(change(page), filled(chief.get(change(page)), body=""))
    assert answer.status_code == 302
    assert client.get(page.get_absolute_url()).status_code == 404


def test_the_foot_says_nothing_that_nobody_set(client, settings):
    for name in SITE:
        setattr(settings, f"SITE_{name}", "")
    assert imprint() == []
    assert 'class="imprint"' not in client.get("/").text


def test_the_foot_says_what_is_set_and_leads_to_the_registers(client, settings):
    for name in SITE:
        setattr(settings, f"SITE_{name}", f"<{name}>")
    settings.SITE_POLICE = "甲公网安备 41010302000001号"
    foot = client.get("/").text.partition('class="imprint"')[2]
    for name in SITE:
        assert f"&lt;{name}&gt;" in foot or name == "POLICE"
    assert 'href="https://beian.miit.gov.cn/"' in foot
    assert "code=41010302000001" in foot
    settings.SITE_POLICE = "甲公网安备"
    assert "甲公网安备" in client.get("/").text
    assert "webSearch" not in client.get("/").text
