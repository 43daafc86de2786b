"""Clients who stop in the middle take nobody's place: the server of `make run`, over sockets."""

import contextlib
import http.client
import re
import socket
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from newsroom import limits, server
from tests.support.serving import serving

#: Twice as many as there are threads, and some.
MANY = 2 * server.workers * server.threads + 3
#: A file that is more than what the system keeps of an answer.
LARGE, CONTENT = "/static/large.txt", b"".join(b"%d\n" % number for number in range(1_200_000))


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    """Port of a server as `make run` starts it; no page that is asked for needs a database."""
    folder = tmp_path_factory.mktemp("var")
    (folder / "static").mkdir()
    (folder / "static" / "large.txt").write_bytes(CONTENT)
    with serving(folder) as port:
        yield port


def connected(port, room=None):
    """A client; one with little ``room`` takes an answer slowly."""
    client = socket.socket()
    client.settimeout(30)
    if room:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
    try:
        client.connect(("127.0.0.1", port))
    except OSError:
        client.close()
        raise
    return client


def everything(client) -> bytes:
    """What comes until the server closes."""
    return b"".join(iter(lambda: client.recv(65536), b""))


def head(line, *headers, length=None):
    """Bytes of a head."""
    lines = [f"{line} HTTP/1.1", "Host: localhost", *headers]
    lines += [] if length is None else [f"Content-Length: {length}"]
    return "\r\n".join([*lines, "", ""]).encode()


def assert_served(port):
    """Ten readers at once are answered as if they were alone."""

    def ask(number):
        began = time.monotonic()
        asked = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        if number % 2:
            asked.request("GET", "/healthz")
        else:
            form = {"Content-Type": "application/x-www-form-urlencoded"}
            asked.request("POST", "/display/", "back=/articles/", form)
        answer = asked.getresponse()
        answer.read()
        asked.close()
        return answer.status, time.monotonic() - began

    with ThreadPoolExecutor(10) as readers:
        found = list(readers.map(ask, range(10)))
    assert {status for status, _ in found} == {200, 302}
    assert max(seconds for _, seconds in found) < server.HEAD / 2


#: What a client sends before it stops.
HALVES = {
    "nothing": b"",
    "half a line": b"GET /heal",
    "half a head": b"GET /healthz HTTP/1.1\r\nHost: loc",
    "half a body": head("POST /display/", length=1000) + b"back=",
    "no body": head("POST /display/", length=1000),
    "half a large body": head("POST /admin/articles/article/add/", length=4_000_000) + b"a" * 99999,
    "half a chunk": head("POST /display/", "Transfer-Encoding: chunked") + b"ff\r\nback=",
    "too much, half of it": head("POST /display/", length=300_000_000) + b"a" * 99999,
    "half of a second request": head("GET /healthz") + b"GET /heal",
    "a whole request, and it stays": head("GET /healthz", "Connection: keep-alive"),
    "a last request, and it stays": head("GET /healthz", "Connection: close"),
}


@pytest.mark.parametrize("sent", HALVES.values(), ids=HALVES)
def test_who_stops_in_the_middle_takes_nobody_s_place(port, sent):
    with contextlib.ExitStack() as stopped:
        for _ in range(MANY):
            stopped.enter_context(connected(port)).sendall(sent)
        assert_served(port)


def test_who_takes_an_answer_slowly_takes_nobody_s_place(port):
    for headers in ((), ("Range: bytes=0-7500000",)):  # a file, and what a view has made
        with contextlib.ExitStack() as slow:
            for _ in range(MANY):
                client = slow.enter_context(connected(port, 2048))
                client.sendall(head(f"GET {LARGE}", *headers))
            assert_served(port)


def test_who_sends_one_byte_after_another_has_ten_seconds(port):
    began = time.monotonic()
    with connected(port) as slow, contextlib.suppress(ConnectionError):
        for byte in head("GET /healthz", "X-Slow: " + "a" * 500):
            slow.sendall(bytes([byte]))
            time.sleep(0.2)
    assert server.HEAD - 1 < time.monotonic() - began < server.HEAD + 4


def test_with_all_places_taken_the_newest_is_served(port):
    with contextlib.ExitStack() as stopped:
        for _ in range(server.workers * server.worker_connections + 50):
            stopped.enter_context(connected(port)).sendall(b"GET /heal")
        assert_served(port)


def test_what_is_sent_in_pieces_comes_whole(port):
    back = "/?q=" + "%E6%A1%A5" * 1500
    body = f"back={back}".encode()
    sent = head(
        "POST /display/", "Content-Type: application/x-www-form-urlencoded", length=len(body)
    )
    sent = (sent + body) * 3 + head("GET /healthz", "Connection: close")
    with connected(port) as client:
        for start in range(0, len(sent), 1999):
            client.sendall(sent[start : start + 1999])
            time.sleep(0.002)
        answer = everything(client)
    assert re.findall(rb"HTTP/1.1 (\d+)", answer) == [b"302"] * 3 + [b"200"]
    assert answer.count(f"Location: {back}\r\n".encode()) == 3


def test_a_large_file_comes_whole_however_slowly_it_is_taken(port):
    with connected(port, 2048) as client:
        client.sendall(head(f"GET {LARGE}") + head(f"GET {LARGE}", "Connection: close"))
        time.sleep(0.5)
        answer = everything(client)
    assert answer.count(CONTENT) == 2


def test_what_is_too_large_is_refused_unread_and_the_connection_ends(port):
    for sent, status in (
        (head("POST /display/", length=limits.SMALL + 1), b"413"),
        (head("POST /no/such/", length=limits.SMALL + 1), b"404"),
        (head("GET /healthz", length=limits.SMALL + 1), b"413"),
        (head("POST /display/", "Expect: 100-continue", length=300_000_000), b"413"),
        (head("POST /admin/articles/article/add/", length=300_000_000), b"413"),
        (head("POST /display/", "Transfer-Encoding: chunked"), b"411"),
        (head("GET /healthz", "X-Long: " + "a" * limits.HEADERS), b"431"),
        (head(f"GET /{'a' * 5000}"), b"414"),
        (b"GET / HTTP/1.1\r\n" + b"X-Long: a\r\n" * 5000, b"431"),
    ):
        with connected(port) as client:
            client.sendall(sent + head("GET /healthz"))
            client.shutdown(socket.SHUT_WR)
            answer = everything(client)
        assert re.findall(rb"HTTP/1.1 (\d+)", answer) == [status], sent[:60]


def test_who_asks_whether_to_send_is_told_to(port):
    form = ("Content-Type: application/x-www-form-urlencoded", "Expect: 100-continue")
    with connected(port) as client:
        client.sendall(head("POST /display/", *form, "Connection: close", length=15))
        assert client.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        client.sendall(b"back=/articles/")
        answer = everything(client)
    assert re.findall(rb"HTTP/1.1 (\d+)", answer) == [b"302"]
    assert b"Location: /articles/" in answer


@pytest.mark.parametrize(
    "sent",
    [
        b"\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" * 20 + b"\r\n\r\n",
        head("get /healthz"),
        head("GET /healthz", "Content-Length: 5", "Content-Length: 6"),
        head("GET /healthz", "Content-Length : 5"),
        head("GET /healthz", "Content-Length: +5"),
        head("GET /healthz", "Content-Length: 5, 5"),
        head("GET /healthz", f"Content-Length: {'9' * 5000}"),
        head("GET /healthz", "Content-Length: 5", "Transfer-Encoding: chunked"),
        head("GET /healthz", "Transfer-Encoding: identity"),
        head("GET /healthz", "Transfer-Encoding : chunked"),
        head("GET /healthz", "Bad\x00Name: x"),
        b"GET /healthz HTTP/1.1\nHost: localhost\n\nGET / HTTP/1.1\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ],
)
def test_what_can_be_read_in_two_ways_is_refused_and_ends_the_connection(port, sent):
    with connected(port) as client:
        client.sendall(sent + head("GET /healthz"))
        answer = everything(client)
    assert re.findall(rb"HTTP/1.1 (\d+)", answer)[0] in (b"400", b"411", b"501")
    assert answer.count(b"HTTP/1.1") == 1
