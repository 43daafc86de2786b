"""What all pages share is made once a state of what readers see; constants once a process."""

from unittest import mock

import pytest
from django.db import OperationalError
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation

from articles.models import PublicRevision, Section
from articles.public import base
from newsroom import errors


@pytest.fixture
def section(kept):
    return Section.objects.order_by("order").first()


def rename(section):
    """Past ``editorial.writing()``, so that the number stays."""
    Section.objects.filter(pk=section.pk).update(name="改名的栏目")


def test_the_frame_is_asked_for_once_a_state(client, section):
    with mock.patch.object(base, "frame", side_effect=base.frame) as frame:
        for page in ("/", "/articles/", "/quarters/2021q1/", "/no/such/page/"):
            assert section.name in client.get(page).text
    assert frame.call_count == 1


def test_without_a_state_nothing_is_kept(client, section):
    PublicRevision.objects.all().delete()
    assert section.name in client.get("/").text
    rename(section)
    for page in ("/", "/articles/"):
        assert "改名的栏目" in client.get(page).text


def test_a_page_that_is_not_kept_has_the_frame_of_its_state(client, section):
    client.get("/?q=1")
    rename(section)
    assert ">改名的栏目</a>" not in client.get("/?q=2").text
    PublicRevision.objects.update(number=99)
    assert ">改名的栏目</a>" in client.get("/?q=2").text


def test_an_error_page_without_the_database_leaves_nothing_behind(client, section):
    with mock.patch.object(errors, "_frame", return_value={}):
        assert section.name not in client.get("/no/such/page/").text
    with mock.patch.object(base, "frame", side_effect=OperationalError):
        client.raise_request_exception = False
        assert client.get("/").status_code >= 500
    assert section.name in client.get("/").text


@pytest.mark.parametrize(
    ("page", "said"), [("/projects/", "page"), ("/projects/pu-le-tian-di-xiang-mu/", "true")]
)
def test_the_navigation_says_where_the_reader_is(client, section, page, said):
    client.get("/projects/?area=x")
    assert f'<a href="/projects/" aria-current="{said}">' in client.get(page).text


def test_what_varies_in_a_template_is_worked_out_each_time():
    template = Template("{% load i18n static %}{% translate word %}{% static path %}")
    for word in ("甲", "乙"):
        assert template.render(Context({"word": word, "path": word})).startswith(word)
    named = Template("{% load i18n %}{% translate '丙' as it %}{{ it }}{{ it }}")
    assert named.render(Context()) == "丙丙"
    with pytest.raises(TemplateSyntaxError):
        Template("{% load i18n %}{% translate %}")


def test_what_is_constant_in_a_template_is_text():
    with mock.patch.object(translation._trans, "gettext", side_effect="译{}".format):  # noqa: SLF001
        constant = Template("{% load i18n %}{% translate '甲' %}{% translate '乙'|upper %}")
    assert constant.render(Context()) == "译甲乙"
