"""What a visitor and the log are told when the database cannot do what was asked."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import DatabaseError, OperationalError, connection
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from articles.database_faults import Fault, fault_of
from newsroom import urls
from newsroom.middleware import WithRequestID

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(__file__).resolve().parents[2]
IS_POSTGRESQL = connection.vendor == "postgresql"
SLOW = (
    "SELECT pg_sleep(20)"
    if IS_POSTGRESQL
    else "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
)
WRITE = "INSERT INTO django_site (domain, name) VALUES ('a', 'a')"


def ask(sql):
    """View that runs a statement."""

    def view(_request):
        with connection.cursor() as cursor:
            cursor.execute(sql)
        return HttpResponse("done")

    return view


urlpatterns = [
    path("slow/", ask(SLOW)),
    path("write/", ask(WRITE)),
    path("mistake/", ask("SELECT nothing FROM django_site")),
    *urls.urlpatterns,
]
handler500 = urls.handler500


def said(sql, made=connection):
    """What the database's refusal of a statement means."""
    with pytest.raises(DatabaseError) as refusal, made.cursor() as cursor:
        cursor.execute(sql)
    return fault_of(refusal.value)


def test_a_lock_that_does_not_come_is_busy(bounded, writer):
    assert said(WRITE) is Fault.BUSY


def test_a_query_that_takes_too_long_is_broken_off_and_the_next_one_is_answered(bounded):
    assert said(SLOW) is Fault.SLOW
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)


def test_a_mistake_of_ours_is_no_fault_of_the_database(database):
    assert said("SELECT nothing FROM django_site") is None
    assert said("SELECT 1 FROM nowhere") is None
    assert fault_of(None) is None
    assert fault_of(ValueError()) is None
    assert fault_of(OperationalError("by hand")) is None


@pytest.mark.urls(__name__)
@pytest.mark.usefixtures("bounded", "writer")
@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/slow/", 503, "查得太久"),
        ("/write/", 503, "现在太忙"),
        ("/mistake/", 500, "网站出错了"),
    ],
)
def test_a_page_says_what_happened_and_the_log_has_it_by_its_number(address, status, words, caplog):
    answer = Client(raise_request_exception=False).get(address)
    assert answer.status_code == status
    assert words in answer.text
    number = answer["X-Request-ID"]
    assert number in answer.text
    [line] = caplog.records
    assert line.exc_info
    WithRequestID().filter(line)
    assert line.request_id == number


@pytest.mark.parametrize(
    ("start", "seconds", "is_bounded"),
    [
        ("import newsroom.wsgi", "7", True),
        ("import newsroom.wsgi", "0", False),
        ("import django; django.setup()", "7", False),
    ],
)
def test_only_what_serves_the_web_is_bounded(start, seconds, is_bounded, tmp_path):
    show = "from django.db import connection; print(connection.settings_dict['OPTIONS'])"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "QUERY_TIMEOUT": seconds,
        "VAR_DIR": str(tmp_path),
    }
    command = [sys.executable, "-W", "ignore", "-c", f"{start}; {show}"]
    options = subprocess.check_output(command, cwd=ROOT, env=environment, text=True)
    assert (("timeout=7000" if IS_POSTGRESQL else "'query_timeout': 7") in options) == is_bounded
