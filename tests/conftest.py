"""What all tests share: the bulletin, an account a role, a closed network, and a last word."""

import copy
import gc
import html
import os
import re
import shutil
import socket
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.cache import caches
from django.db import connection
from django.db.backends.signals import connection_created
from django.template.base import Template

from articles.editorial.roles import ROLES
from articles.editorial.triggers import take_down
from people.models import User
from tests.support.guard import WriteGuard
from tests.support.machine import axe_lacks, vnu_lacks
from tests.support.scenes import Scenes
from tests.support.worlds import FOLDER, load_bulletin

TESTS = Path(__file__).parent
HERE = ("127.0.0.1", "localhost", "::1")


def pytest_configure():
    """Static files as they lie in the tree, quick passwords: also for the live server's thread."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.WHITENOISE_AUTOREFRESH = True
    # A process of its own would look for the picture in the site's database.
    settings.RENDITIONS_AT_ONCE = False
    if connection.vendor == "sqlite":
        # A file, since the threads of a live server would share one connection to a database in
        # memory: one of them can hold Python's lock and wait for SQLite's, another the reverse.
        settings.DATABASES["default"]["TEST"]["NAME"] = f"{FOLDER.name}/db.sqlite3"
    # Tests write past editorial.writing(), so that what was kept would be old.
    dummy = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    settings.CACHES = {"default": dummy, "shell": dummy}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_unconfigure():
    """Python would warn of a folder that is cleaned up without a word."""
    FOLDER.cleanup()


def asks_a_database(item):
    """Whether a test may; some of newsroom/ start servers, which open one of their own."""
    fixtures = {"db", "transactional_db", "live_server"}.intersection(item.fixturenames)
    room = item.path.relative_to(TESTS).parts[0]
    return fixtures or item.get_closest_marker("django_db") or room == "newsroom"


def pytest_collection_modifyitems(items):
    """Try once what no database changes, where the same tests run on two of them in a row."""
    ran = os.environ.get("TEST_RAN_BEFORE", "").startswith("SQLite")
    for item in items if ran else ():
        if item.get_closest_marker("looks"):
            item.add_marker(pytest.mark.skip(reason="looks alike on every database: ran on SQLite"))
        elif not asks_a_database(item):
            item.add_marker(pytest.mark.skip(reason="asks no database: ran on SQLite"))


def pytest_collection_finish():
    """What was loaded by now stays to the end: looking through it for garbage took a tenth."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(autouse=True, scope="session")
def _flush_lets_go():
    """SQLite flushes by DELETE, which the log refuses: its triggers rest until post_migrate."""
    operations = type(connection.ops)
    flush = operations.execute_sql_flush

    def without_triggers(self, statements):
        take_down(self.connection.alias)
        flush(self, statements)

    operations.execute_sql_flush = without_triggers


@pytest.fixture(autouse=True, scope="session")
def _one_way_to_write():
    """Every connection, those of a live server's threads too, refuses other ways."""
    guard = WriteGuard()

    def watch(connection, **_signal):
        if guard not in connection.execute_wrappers:
            connection.execute_wrappers.append(guard)

    watch(connection)
    connection_created.connect(watch)
    yield
    connection_created.disconnect(watch)


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    """Files of a test lie in its own folder."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def _closed_network(monkeypatch):
    """Refuse every connection that leaves this machine."""
    connect = socket.socket.connect

    def only_here(self, address):
        if isinstance(address, tuple) and address[0] not in HERE:
            msg = f"a test wanted to reach {address}"
            raise AssertionError(msg)
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", only_here)


@pytest.fixture
def bulletin(db):
    """The bulletin of 2021 Q1 in the database."""
    load_bulletin()


@pytest.fixture
def shell(settings):
    """What pages share is kept, as in service."""
    local = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    settings.CACHES = {**settings.CACHES, "shell": local}
    yield
    caches["shell"].clear()


@pytest.fixture
def database(transactional_db, tmp_path):
    """On SQLite a file of the test's own, which it may lock or spoil."""
    if connection.vendor != "sqlite":
        yield
        return
    path = tmp_path / "db.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(path)])
    suites, name = connection.connection, connection.settings_dict["NAME"]
    connection.connection, connection.settings_dict["NAME"] = None, str(path)
    yield
    connection.close()
    connection.connection, connection.settings_dict["NAME"] = suites, name


@pytest.fixture
def account(db):
    """Maker of accounts: ``account("记者")`` has that role's permissions and no more."""

    def make(role, username=None):
        user = User.objects.create_user(
            username or f"user-{list(ROLES).index(role)}",
            password="correct horse",
            name=f"试{role}",
            is_staff=True,
        )
        # A flush takes the groups along; their table puts them back.
        group, _created = Group.objects.get_or_create(name=role)
        user.groups.add(group)
        return user

    return make


@pytest.fixture
def scenes(account):
    """Makers of stories in each state."""
    return Scenes(account)


@pytest.fixture
def at_desk(client, account):
    """Client logged in as someone of a role."""

    def log_in(role):
        client.force_login(User.objects.filter(groups__name=role).first() or account(role))
        return client

    return log_in


def local_links(answer):
    """Addresses of our own pages in an answer, without fragments."""
    links = (html.unescape(link) for link in re.findall(r'href="(/[^"#]*)', answer.text))
    return [link for link in links if not link.startswith(("/static/", "/admin/", "/media/"))]


@pytest.fixture
def crawl(client):
    """Walker of the public site: answers by address, breadth first, with ``depth`` in clicks.

    What is ``known`` of a former walk is not asked for again.
    """

    def walk(*starts, known=()):
        found, waiting = {}, [(start, 0) for start in starts or ("/", "/sitemap.xml")]
        while waiting:
            address, depth = waiting.pop(0)
            if address in found:
                continue
            answer = copy.copy(known[address]) if address in known else client.get(address)
            answer.depth = depth
            found[address] = answer
            waiting += [(link, depth + 1) for link in local_links(answer)]
        return found

    return walk


@pytest.fixture
def no_query_in_templates(monkeypatch):
    """Fail the test when a query runs while a template renders."""
    render = Template.render

    def refuse(_execute, sql, *_args):
        msg = f"a template asked the database: {sql}"
        raise AssertionError(msg)

    def guarded(self, context):
        with connection.execute_wrapper(refuse):
            return render(self, context)

    monkeypatch.setattr(Template, "render", guarded)


def pytest_terminal_summary(terminalreporter):
    """Say on what the tests ran and what could not run, before the closing line."""
    database = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connection.vendor]
    ran = [name for name in (os.environ.get("TEST_RAN_BEFORE"), database) if name]
    not_run = [os.environ.get("TEST_NOT_RUN", "")]
    if not shutil.which("chromium"):
        not_run.append("browser tests: no chromium on this machine")
    elif axe_lacks():
        not_run.append(f"accessibility: {axe_lacks()}")
    if vnu_lacks():
        not_run.append(f"validity of HTML: {vnu_lacks()}")
    terminalreporter.write_sep("-", "what this ran on")
    terminalreporter.write_line(f"ran on: {', '.join(ran)}")
    for reason in filter(None, not_run):
        terminalreporter.write_line(f"not run: {reason}")
