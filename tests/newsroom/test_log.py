"""What a real server writes down, and what it answers while it has no database."""

import contextlib
import http.client
import re

import pytest
from django.db import connection
from django.db.backends.sqlite3.base import Database

from tests.support.serving import database_url, serving

NUMBER = re.compile(r"<code>([0-9a-f]{12})</code>")


def ask(port, path="/", **headers):
    """Answer of the server and its text."""
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    with contextlib.closing(client):
        client.request("GET", path, headers=headers)
        answer = client.getresponse()
        return answer, answer.read().decode()


@contextlib.contextmanager
def without_sections(folder):
    """Address of a database that lacks a table, as one does whose migrations were forgotten."""
    url = database_url(folder)
    if connection.vendor == "sqlite":
        with contextlib.closing(Database.connect(folder / "db.sqlite3")) as file:
            file.execute("DROP TABLE articles_section")
        yield url
        return
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE articles_section RENAME TO forgotten")
        yield url
        cursor.execute("ALTER TABLE forgotten RENAME TO articles_section")


@pytest.mark.django_db(transaction=True)
def test_an_error_is_in_the_log_under_the_number_that_the_page_names(tmp_path):
    with without_sections(tmp_path) as url, serving(tmp_path, DATABASE_URL=url) as port:
        answer, text = ask(port, **{"X-Request-ID": "of-a-stranger"})
        ready, _text = ask(port, "/readyz")
    assert (answer.status, ready.status) == (500, 503)
    assert "已经记录下来" in text
    number = answer.headers["X-Request-ID"]
    assert [number] == NUMBER.findall(text)
    log = (tmp_path / "server.log").read_text("utf-8")
    [line] = [line for line in log.splitlines() if number in line]
    assert line.endswith(f"ERROR django.request [{number}] Internal Server Error: /")
    after = log.partition(line)[2]
    assert after.startswith("\nTraceback")
    assert "articles_section" in after
    assert "Not ready: page" in after
    assert "of-a-stranger" not in log + text


@pytest.mark.django_db(transaction=True)
def test_a_higher_level_keeps_the_log_short(tmp_path):
    with (
        without_sections(tmp_path) as url,
        serving(tmp_path, DATABASE_URL=url, LOG_LEVEL="CRITICAL") as port,
    ):
        assert ask(port)[0].status == 500
    assert "Traceback" not in (tmp_path / "server.log").read_text("utf-8")


@pytest.mark.parametrize(
    "url", ["postgres://nobody:geheim@127.0.0.1:1/nothing", "sqlite:////no/such/folder/db.sqlite3"]
)
def test_a_database_that_cannot_be_reached_is_maintenance(url, tmp_path):
    with serving(tmp_path, DATABASE_URL=url) as port:
        answer, text = ask(port)
        alive, _text = ask(port, "/healthz")
    assert (answer.status, alive.status) == (503, 200)
    assert answer.headers["Retry-After"] == "30"
    assert "正在维护" in text
    log = (tmp_path / "server.log").read_text("utf-8")
    assert f"[{answer.headers['X-Request-ID']}] Service Unavailable: /" in log
    assert "geheim" not in log


@pytest.mark.skipif(connection.vendor != "postgresql", reason="no server that could end it")
@pytest.mark.django_db(transaction=True)
def test_a_database_that_was_started_anew_is_found_again(tmp_path):
    with serving(tmp_path, DATABASE_URL=database_url(tmp_path)) as port:
        for _ in range(3):
            assert ask(port)[0].status == 200
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
        assert ask(port)[0].status == 200
