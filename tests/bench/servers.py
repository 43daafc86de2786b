"""Servers under measurement: that of `make run`; Redis and nginx beside it."""

import contextlib
import http.client
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import NamedTuple

from tests.bench.sets import ROOT

START_LIMIT = 60
NGINX = """daemon off; master_process off; pid {folder}/pid; error_log stderr crit;
events {{}}
http {{
  access_log off; gzip_static on; types {{ text/html html; }}
  client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
  uwsgi_temp_path {folder}; scgi_temp_path {folder};
  server {{ listen 127.0.0.1:{port}; root {folder}; }}
}}
"""


def free_port() -> int:
    """A port that nobody has at the moment."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


class Page(NamedTuple):
    tag: str
    body: bytes


class Server:
    """A site at ``base``; ``started_in`` is the seconds from launch to the first good answer."""

    def __init__(self, application, environment, first, log=None):
        """Start ``application`` and ask for the address ``first`` until it answers 200.

        What it says goes to the file ``log``, or to where we speak.
        """
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        began = time.perf_counter()
        output = log and log.open("wb")
        self._process = subprocess.Popen(
            [
                sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{self.port}",
                "--config", "python:newsroom.server",
            ],
            cwd=ROOT, env=environment, stdout=output, stderr=output,
        )  # fmt: skip
        if output:
            output.close()
        while not self._answers(first):
            if time.perf_counter() - began > START_LIMIT or self._process.poll() is not None:
                self.stop()
                said = log.read_text("utf-8") if log else ""
                sys.exit(f"{application} did not serve {first}\n{said}")
            time.sleep(0.01)
        self.started_in = time.perf_counter() - began

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.stop()

    def _answers(self, address):
        with (
            contextlib.suppress(urllib.error.URLError, ConnectionError),
            urllib.request.urlopen(self.base + address, timeout=20) as answer,  # noqa: S310  our own
        ):
            return answer.status == http.client.OK
        return False

    def read(self, address) -> Page:
        """The page at an address."""
        with urllib.request.urlopen(self.base + address) as answer:  # noqa: S310  our own server
            return Page(answer.headers["ETag"], answer.read())

    def memory(self) -> list[float]:
        """Resident megabytes of each worker."""
        pid = self._process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
        return [self._resident(child) for child in children]

    @staticmethod
    def _resident(pid):
        for line in Path(f"/proc/{pid}/status").read_text("ascii").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        return 0.0

    def stop(self) -> int:
        """End it; its exit status."""
        self._process.terminate()
        return self._process.wait(20)


@contextlib.contextmanager
def redis():
    """Address and process of a Redis of our own, in memory alone; None where none is installed."""
    program, port = shutil.which("redis-server"), free_port()
    if program is None:
        yield None
        return
    with tempfile.TemporaryDirectory() as folder:
        command = [program, "--port", str(port), "--save", "", "--dir", folder]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
            _wait_for(port)
            yield f"redis://127.0.0.1:{port}/0", server
            server.kill()


@contextlib.contextmanager
def nginx(page: bytes):
    """Address at which nginx serves ``page`` from a file; None where it is not installed."""
    program, port = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/bin"), free_port()
    if program is None:
        yield None
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "page.html").write_bytes(page)
        (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port), "ascii")
        with subprocess.Popen([program, "-p", name, "-c", folder / "nginx.conf"]) as server:
            _wait_for(port)
            yield f"http://127.0.0.1:{port}/page.html"
            server.terminate()


def _wait_for(port):
    deadline = time.monotonic() + START_LIMIT
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.01)
    sys.exit(f"Nothing answers at port {port}")
