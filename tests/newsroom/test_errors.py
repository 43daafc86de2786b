"""Error pages in the site's own look, without a database too; and what a watchdog is told."""

import pytest
from django.db import OperationalError, connection
from django.db.models import QuerySet
from django.test import Client

from articles.models import Section
from articles.public.front import Front


def fail_at_once(*_args, **_options):
    """Stand-in for a query."""
    msg = "secret host"
    raise OperationalError(msg)


@pytest.mark.django_db
@pytest.mark.urls("tests.support.every_page")
@pytest.mark.parametrize(
    ("status", "words"),
    [
        (400, "这个请求有问题"),
        (403, "没有权限"),
        (404, "没有这一页"),
        (500, "网站出错了"),
        (503, "网站暂时打不开"),
    ],
)
def test_an_error_has_a_page_while_no_query_is_answered(status, words, monkeypatch):
    # Neither the look for a redirect nor that for the sections.
    monkeypatch.setattr(QuerySet, "get", fail_at_once)
    monkeypatch.setattr(connection, "cursor", fail_at_once)
    answer = Client(raise_request_exception=False).get(f"/{status}/")
    assert answer.status_code == status
    assert words in answer.text
    assert "secret" not in answer.text
    assert 'class="nameplate"' in answer.text


@pytest.mark.django_db
@pytest.mark.urls("tests.support.every_page")
@pytest.mark.parametrize("status", [404, 500])
def test_whoever_ran_into_an_error_goes_on_by_the_sections_and_the_archive(status):
    section = Section.objects.create(name="要闻")
    answer = Client(raise_request_exception=False).get(f"/{status}/")
    main = answer.text.partition("<main")[2]
    for address in (section.get_absolute_url(), "/projects/", "/meetings/", "/articles/"):
        assert f'href="{address}"' in main
    assert f'href="{section.get_absolute_url()}"' in answer.text.partition("<main")[0]


def test_a_host_that_is_not_ours_is_400():
    answer = Client().get("/", headers={"host": "evil.example.org"})
    assert answer.status_code == 400
    assert "这个请求有问题" in answer.text


@pytest.mark.django_db
def test_a_form_without_a_token_is_403_in_chinese():
    answer = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "x"})
    assert answer.status_code == 403
    assert "页面开得太久" in answer.text


@pytest.mark.django_db
def test_healthz_answers_without_the_database(client):
    assert client.get("/healthz").text == "ok\n"


@pytest.mark.django_db
def test_readyz_looks_at_database_migrations_a_page_and_disk(client, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    answer = client.get("/readyz")
    assert answer.text == "database: ok\nmigrations: ok\npage: ok\ndisk: ok\n"
    assert answer.status_code == 200


@pytest.mark.django_db
def test_readyz_says_what_is_wrong_and_no_detail(client, settings, tmp_path, monkeypatch):
    settings.VAR_DIR = tmp_path / "gone"

    monkeypatch.setattr(connection, "cursor", fail_at_once)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.text == "database: not ok\nmigrations: not ok\npage: not ok\ndisk: not ok\n"


@pytest.mark.django_db
def test_readyz_sees_a_page_that_fails(client, settings, tmp_path, monkeypatch, caplog):
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(Front, "get_context_data", fail_at_once)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.text == "database: ok\nmigrations: ok\npage: not ok\ndisk: ok\n"
    [line] = [one for one in caplog.records if one.message == "Not ready: page"]
    assert "secret host" in str(line.exc_info[1])
