"""A real server under connections that are no browser's: half open, broken, hostile."""

import contextlib
import re
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from random import Random
from urllib.parse import quote

import pytest

from tests.fuzz.requests import Request
from tests.fuzz.wire import pieces
from tests.support.machine import times
from tests.support.serving import database_url, serving
from tests.support.worlds import load_bulletin

pytestmark = pytest.mark.soak

PAGES = """
/ /articles/ /articles/?q=项目 /articles/2021/04/06/ /projects/ /inspections/ /meetings/ /officials/
/quarters/2021q1/ /bulletins/ /sitemap.xml /share.png /admin/login/ /healthz /no/such/page/
""".split()
READERS, HALF_OPEN = 50, 30
#: Seconds for all readers at once; browsers of people wait longer, but a test is beside others.
PATIENCE = 20
FORM = (
    b"POST %s HTTP/1.1\r\nHost: localhost\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n%s\r\n\r\n%s"
)
#: What was sent by a connection that then says no more.
HALVES = [
    b"",
    b"GET / HT",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nX-",
    FORM % (b"/display/", b"Content-Length: 30000", b"back="),
    FORM % (b"/admin/login/", b"Content-Length: 30000", b"username="),
]
STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})")


@pytest.fixture
def server(transactional_db, tmp_path):
    """Port of a server that has the bulletin; whatever fails in it, fails the test."""
    load_bulletin()
    with serving(tmp_path, DATABASE_URL=database_url(tmp_path)) as port:
        yield port
    said = (tmp_path / "server.log").read_text("utf-8", "replace")
    assert not re.search("Traceback|ERROR|WORKER", said)


def connected(port):
    """A connection to the server."""
    return socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)


def status(connection):
    """Status of the next answer; None where the server has closed."""
    found = STATUS.match(connection.recv(4096))
    return found and int(found[1])


def asked(port, path):
    """Status of a page, and after how many seconds it came."""
    began = time.monotonic()
    request = Request("GET", quote(path, safe="/?=&"))
    with connected(port) as connection:
        connection.sendall(request.on_the_wire())
        return status(connection), time.monotonic() - began


def test_readers_are_served_beside_half_open_connections(server):
    paths = [PAGES[number % len(PAGES)] for number in range(READERS)]
    with contextlib.ExitStack() as stack, ThreadPoolExecutor(READERS) as readers:
        for number in range(HALF_OPEN):
            stack.enter_context(connected(server)).sendall(HALVES[number % len(HALVES)])
        answers = list(readers.map(lambda path: asked(server, path), paths))
    for path, (found, seconds) in zip(paths, answers, strict=True):
        assert found == (404 if path == "/no/such/page/" else 200), path
        assert seconds < PATIENCE, path


def test_a_server_outlives_whatever_comes_over_the_wire(server):
    for number in range(times(6000)):
        with connected(server) as connection, contextlib.suppress(ConnectionError):
            for piece in pieces(Random(number), PAGES):  # noqa: S311  to repeat, not to guess
                connection.sendall(piece)
            connection.shutdown(socket.SHUT_WR)
            # A server may say that it knows no such encoding of a transfer, but not that it failed.
            assert status(connection) not in (500, 502, 503, 504), f"request {number}"
    assert asked(server, "/")[0] == 200
