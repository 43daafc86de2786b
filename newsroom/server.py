"""Configuration of gunicorn, and a worker whose threads never wait for the network.

The threads of gunicorn's own worker read requests and send responses, so that some thirty clients
which stall in between occupy all of them. Here the poller does both: a thread gets a request when
it has arrived completely, and is free as soon as it has made the response (docs/decisions/0021).
"""

import ctypes
import os
import re
import selectors
import socket
import time
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from itertools import chain
from operator import attrgetter
from tempfile import SpooledTemporaryFile

from gunicorn import http, util
from gunicorn.workers.gthread import TConn, ThreadWorker

from newsroom.limits import HEADERS, SMALL, body_limit

#: Seconds for the head of a request to arrive.
HEAD = 10
#: Seconds for a body to arrive, and bytes for each of which it has one second more.
BODY, BYTES_A_SECOND = 30, 32 * 1024
#: Seconds in which a client has to take some of its response.
ANSWER = 30
#: Seconds after a last response in which a client has to close the connection.
LINGER = 10
#: Bytes that are read at once.
PIECE = 256 * 1024
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]{1,18})[ \t]*\r\n", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding:", re.IGNORECASE)
_EXPECTS = re.compile(rb"\r\nexpect:[ \t]*100-continue[ \t]*\r\n", re.IGNORECASE)


class Outbox:
    """Stands in for a thread's socket: accepts all data at once and lets the poller send it."""

    def __init__(self, client: socket.socket):
        """``client`` is non-blocking."""
        self._client = client
        self._parts: deque[Iterator[bytes]] = deque()
        self._piece: bytes | memoryview = b""

    def sendall(self, data: bytes) -> None:
        """Send as much as the client takes now, and keep the rest."""
        self._parts.append(iter((data,)))
        self.flush()

    def sendfile(self, file, offset=0, count=None) -> None:
        """Send ``count`` bytes of a file, which the caller may close."""
        copy = os.fdopen(os.dup(file.fileno()), "rb")
        self._parts.append(_pieces(copy, offset, count))
        self.flush()

    def flush(self) -> bool:
        """Send as much as the client takes now; return whether nothing is left."""
        while self._piece or self._parts:
            if not self._piece:
                self._piece = memoryview(next(self._parts[0], b""))
            if not self._piece:
                self._parts.popleft()
                continue
            try:
                self._piece = self._piece[self._client.send(self._piece) :]
            except BlockingIOError:
                return False
        return True

    def send(self, data) -> None:
        """Do nothing: this is gunicorn's "100 Continue", which the poller has sent."""

    def gettimeout(self) -> float:
        """Say that the socket is non-blocking."""
        return 0.0

    def setblocking(self, *_options) -> None:
        """Do nothing, here and below: the connection belongs to the poller."""

    recv = settimeout = shutdown = close = setblocking


def _pieces(file, offset: int, count: int) -> Iterator[bytes]:
    with file:
        while count:
            piece = os.pread(file.fileno(), min(count, PIECE), offset)
            if not piece:
                raise ConnectionAbortedError  # shorter than Content-Length
            yield piece
            offset += len(piece)
            count -= len(piece)


class Connection(TConn):
    """A client and the part of its request that has arrived; ``sock`` takes the response."""

    def __init__(self, cfg, client, address, server):
        super().__init__(cfg, client, address, server)
        self.client_sock, self.sock = client, Outbox(client)
        # Keep gunicorn from reading by itself.
        self.initialized = self.data_ready = True
        #: Whether the connection stays open after the response.
        self.is_kept = False
        #: Bytes that arrived after the end of the request: the beginning of the next one.
        self.ahead = b""
        self.expect(HEAD)

    def expect(self, seconds: float) -> None:
        """Wait for a request to begin within ``seconds``, perhaps in ``ahead``."""
        self.timeout = time.monotonic() + seconds
        self.head = bytearray()
        self.body = SpooledTemporaryFile(SMALL)  # noqa: SIM115  the request outlives this method
        #: Bytes of the body that have not arrived; None before the head is complete.
        self.missing: int | None = None
        #: Whether the request is complete, so that another may follow on the connection.
        self.is_whole = False

    def feed(self, data: bytes) -> bool:
        """Take what has arrived; return whether the request can be given to a thread."""
        data, self.ahead = self.ahead + data, b""
        if self.missing is None:
            if data and not self.head:
                self.timeout = time.monotonic() + HEAD
            searched = max(0, len(self.head) - 3)
            self.head += data
            end = self.head.find(b"\r\n\r\n", searched)
            if end < 0:
                return len(self.head) > HEADERS
            data = bytes(self.head[end + 4 :])
            del self.head[end + 4 :]
            if not self._expects_body():
                return True
        self.ahead = data[self.missing :]
        self.missing -= self.body.write(data[: self.missing])
        self.is_whole = not self.missing
        return self.is_whole

    def _expects_body(self) -> bool:
        """Whether to wait for the body. If not, the application refuses the request by its head."""
        length = _LENGTH.search(self.head)
        self.missing = int(length[1]) if length else 0
        is_small = self.missing <= SMALL or self.missing <= self._limit()
        if _CHUNKED.search(self.head) or not is_small:
            return False
        self.timeout = time.monotonic() + BODY + self.missing / BYTES_A_SECOND
        if self.missing and _EXPECTS.search(self.head):
            self.sock.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        return True

    def _limit(self) -> int:
        try:
            target = util.bytes_to_str(self.head.split(b" ", 2)[1])
            path = util.unquote_to_wsgi_str(util.split_request_uri(target).path)
            return body_limit(path.encode("latin-1").decode())
        except (IndexError, ValueError):
            return 0

    def request(self) -> Iterator[bytes]:
        """Parts of the request for gunicorn's parser."""
        self.body.seek(0)
        return chain((bytes(self.head),), iter(partial(self.body.read, PIECE), b""))


class Worker(ThreadWorker):
    """Reads and sends in the poller, with deadlines; gives complete requests to threads."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        #: Connections that the poller watches.
        self.waiting: set[Connection] = set()

    def accept(self, listener) -> None:
        """Accept a client; if there are too many, drop the one nearest its deadline for it."""
        try:
            client, address = listener.accept()
        except OSError:
            return  # the client is gone, or another worker was faster
        if self.nr_conns + 1 >= self.worker_connections and self.waiting:
            self._drop(min(self.waiting, key=attrgetter("timeout")))
        self.nr_conns += 1
        conn = Connection(self.cfg, client, address, listener.getsockname())
        self._wait(conn, selectors.EVENT_READ, self._read)

    def _wait(self, conn, event, callback):
        self.waiting.add(conn)
        self.poller.register(conn.client_sock, event, partial(callback, conn))

    def _resume(self, conn):
        self.waiting.remove(conn)
        self.poller.unregister(conn.client_sock)

    def _drop(self, conn):
        if conn in self.waiting:
            self._resume(conn)
        conn.client_sock.close()
        self.nr_conns -= 1

    def _read(self, conn, client):
        self._resume(conn)
        try:
            data = client.recv(PIECE)
        except OSError:
            data = b""
        if data:
            self._take(conn, data)
        else:
            self._drop(conn)

    def _take(self, conn, data):
        try:
            is_ready = conn.feed(data)
        except OSError:  # the disk is full
            self._refuse(conn, 503, "Service Unavailable")
            return
        if not is_ready:
            self._wait(conn, selectors.EVENT_READ, self._read)
        elif conn.missing is None:
            self._refuse(conn, 431, "Request Header Fields Too Large")
        else:
            conn.parser = http.get_parser(self.cfg, conn.request(), conn.client)
            self.enqueue_req(conn)

    def _refuse(self, conn, status, reason):
        with suppress(OSError):  # _send gets it again
            util.write_error(conn.sock, status, reason, "")
        conn.is_kept = False
        self._send(conn)

    def _keepalive_after(self, conn, keepalive):
        """Whether another request may follow; an incomplete one leaves unread bytes."""
        return keepalive and conn.is_whole

    def finish_request(self, conn, fs) -> None:
        """Send what is left of the response."""
        conn.is_kept = not fs.cancelled() and not fs.exception() and fs.result()
        self._send(conn)

    def _send(self, conn, _client=None):
        if conn in self.waiting:
            self._resume(conn)
        try:
            is_sent = conn.sock.flush()
            if is_sent and not conn.is_kept:
                conn.client_sock.shutdown(socket.SHUT_WR)
        except OSError:
            self._drop(conn)
            return
        if not is_sent:
            conn.timeout = time.monotonic() + ANSWER
            self._wait(conn, selectors.EVENT_WRITE, self._send)
        elif conn.is_kept:
            conn.expect(self.cfg.keepalive)
            self._take(conn, b"")
        else:
            # If we closed now and the client still sent something, it would lose our response.
            conn.timeout = time.monotonic() + LINGER
            self._wait(conn, selectors.EVENT_READ, self._linger)

    def _linger(self, conn, client):
        try:
            is_gone = not client.recv(PIECE)
        except OSError:
            is_gone = True
        if is_gone:
            self._drop(conn)

    def murder_pending(self) -> None:
        """Drop the connections whose deadline has passed."""
        now = time.monotonic()
        for conn in [conn for conn in self.waiting if conn.timeout < now]:
            self._drop(conn)

    def _cap_keepalive(self, deadline):
        """Shorten the wait for requests that have not begun: the worker is stopping."""
        for conn in self.waiting:
            if not conn.head:
                conn.timeout = min(conn.timeout, deadline)


def on_starting(_arbiter) -> None:
    """Let threads share memory: glibc's own arena for each took an eighth of a worker."""
    with suppress(AttributeError, OSError):  # another C library
        ctypes.CDLL(None).mallopt(-8, 2)  # -8: M_ARENA_MAX of its malloc.h


worker_class = Worker
workers = 2
threads = 8
#: Each may have a temporary file: together they stay under the usual limit of 1024 open files.
worker_connections = 250
keepalive = 20
loglevel = "warning"
# Its default path is in HOME, which may not exist.
control_socket_disable = True
