"""How gunicorn serves the site: its settings, and a worker whose threads never wait for a network.

gunicorn's own threads read requests and send answers themselves, so that some thirty clients who
stop in the middle of either hold all of them. Here the poller does both: a thread gets a request
when all of it has come, and is free as soon as it has made the answer (docs/decisions/0021).
"""

import os
import re
import selectors
import socket
import time
from collections import deque
from contextlib import suppress
from functools import partial
from itertools import chain
from operator import attrgetter
from tempfile import SpooledTemporaryFile

from gunicorn import http, util
from gunicorn.workers.gthread import TConn, ThreadWorker

from newsroom.limits import HEADERS, SMALL, body_limit

#: Seconds for a head to come, and for a body: so many, and one more for each so many bytes of it.
HEAD, BODY, BYTES_A_SECOND = 10, 30, 32 * 1024
#: Seconds without a client taking any of its answer; and for one that is not heard further to go.
ANSWER, LINGER = 30, 10
#: Bytes that are read at once.
PIECE = 256 * 1024
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]{1,18})[ \t]*\r\n", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding:", re.IGNORECASE)
_EXPECTS = re.compile(rb"\r\nexpect:[ \t]*100-continue[ \t]*\r\n", re.IGNORECASE)


class Outbox:
    """What a thread has in the place of a socket: takes all at once, for the poller to send."""

    def __init__(self, client):
        """``client`` is the socket, which does not block."""
        self._client, self._parts, self._piece = client, deque(), b""

    def sendall(self, data):
        """Send what the client takes now, and keep the rest."""
        self._parts.append(iter((data,)))
        self.flush()

    def sendfile(self, file, offset=0, count=None):
        """The same with bytes of a file, which the caller may close."""
        copy = os.fdopen(os.dup(file.fileno()), "rb")
        self._parts.append(_pieces(copy, offset, count))
        self.flush()

    def flush(self) -> bool:
        """Send what the client takes now; whether nothing is left."""
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

    def send(self, data):
        """Nothing: it is the "100 Continue" that the poller has said."""

    def gettimeout(self):
        """Say that nothing blocks."""
        return 0.0

    def setblocking(self, *_options):
        """Nothing, as with all that would end it: the connection is the poller's."""

    recv = settimeout = shutdown = close = setblocking


def _pieces(file, offset, count):
    with file:
        while count:
            piece = os.pread(file.fileno(), min(count, PIECE), offset)
            if not piece:
                raise ConnectionAbortedError  # shorter than was announced
            yield piece
            offset += len(piece)
            count -= len(piece)


class Connection(TConn):
    """A client: what came of its request, and in ``sock`` what goes to it."""

    def __init__(self, cfg, client, address, server):
        """Expect a first request."""
        super().__init__(cfg, client, address, server)
        self.client_sock, self.sock = client, Outbox(client)
        # gunicorn's own ways of reading have nothing to do.
        self.initialized = self.data_ready = True
        self.is_kept = False
        self.ahead = b""
        self.expect(HEAD)

    def expect(self, seconds):
        """Expect a request, to begin within ``seconds``; some of it may be in ``ahead``."""
        self.timeout = time.monotonic() + seconds
        self.head, self.body = bytearray(), SpooledTemporaryFile(SMALL)  # noqa: SIM115  for a while
        #: Bytes of the body that did not come yet; None before the head is whole.
        self.missing = None
        #: Whether all of it came, so that the next request begins where it ends.
        self.is_whole = False

    def feed(self, data) -> bool:
        """Take in what came; whether a thread can answer."""
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

    def _expects_body(self):
        """Whether it is to be waited for; if not, the head alone is answered, by a refusal."""
        length = _LENGTH.search(self.head)
        self.missing = int(length[1]) if length else 0
        is_small = self.missing <= SMALL or self.missing <= self._limit()
        if _CHUNKED.search(self.head) or not is_small:
            return False
        self.timeout = time.monotonic() + BODY + self.missing / BYTES_A_SECOND
        if self.missing and _EXPECTS.search(self.head):
            self.sock.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        return True

    def _limit(self):
        try:
            target = util.bytes_to_str(self.head.split(b" ", 2)[1])
            path = util.unquote_to_wsgi_str(util.split_request_uri(target).path)
            return body_limit(path.encode("latin-1").decode())
        except (IndexError, ValueError):
            return 0

    def request(self):
        """What came, as gunicorn's parsers read it."""
        self.body.seek(0)
        return chain((bytes(self.head),), iter(partial(self.body.read, PIECE), b""))


class Worker(ThreadWorker):
    """Reads and sends in the poller, with deadlines; hands whole requests to threads."""

    def __init__(self, *args, **options):
        """Wait for nobody yet."""
        super().__init__(*args, **options)
        self.waiting = set()

    def accept(self, listener):
        """Take a new client; with no place left, in that of the one nearest its deadline."""
        try:
            client, address = listener.accept()
        except OSError:
            return  # gone again, or another worker was faster
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
        except OSError:  # no room on the disk
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
        with suppress(OSError):  # of which _send will hear again
            util.write_error(conn.sock, status, reason, "")
        conn.is_kept = False
        self._send(conn)

    def _keepalive_after(self, conn, keepalive):
        """Whether the connection can have another request; there is nothing to read away first."""
        return keepalive and conn.is_whole

    def finish_request(self, conn, fs):
        """Send what the thread has not sent already."""
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
            # Closed at once, what it still sends would make it lose our answer.
            conn.timeout = time.monotonic() + LINGER
            self._wait(conn, selectors.EVENT_READ, self._linger)

    def _linger(self, conn, client):
        try:
            is_gone = not client.recv(PIECE)
        except OSError:
            is_gone = True
        if is_gone:
            self._drop(conn)

    def murder_pending(self):
        """Drop whoever is past its deadline."""
        now = time.monotonic()
        for conn in [conn for conn in self.waiting if conn.timeout < now]:
            self._drop(conn)

    def _cap_keepalive(self, deadline):
        """Wait no longer than that for requests that have not begun: the worker stops."""
        for conn in self.waiting:
            if not conn.head:
                conn.timeout = min(conn.timeout, deadline)


worker_class = Worker
workers = 2
threads = 8
#: With a file for each, there is room under the usual limit of 1024 open files.
worker_connections = 250
keepalive = 20
loglevel = "warning"
# It would lie in HOME, which may not exist.
control_socket_disable = True
