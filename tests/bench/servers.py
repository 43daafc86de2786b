"""Servers under measurement: gunicorn with two workers, its start and its memory."""

import contextlib
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests.bench.sets import ROOT

WORKERS = 2
START_LIMIT = 60


def free_port() -> int:
    """A port that nobody has at the moment."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


class Server:
    """A site at ``base``; ``started_in`` is the seconds from launch to the first good answer."""

    def __init__(self, application, environment, first):
        """Start ``application`` and ask for the address ``first`` until it answers 200."""
        port = free_port()
        self.base = f"http://127.0.0.1:{port}"
        began = time.perf_counter()
        self._process = subprocess.Popen(
            [
                sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}",
                "--workers", str(WORKERS), "--log-level", "warning", "--no-control-socket",
            ],
            cwd=ROOT, env=environment,
        )  # fmt: skip
        while not self._answers(first):
            if time.perf_counter() - began > START_LIMIT or self._process.poll() is not None:
                self.stop()
                sys.exit(f"{application} did not serve {first}")
            time.sleep(0.01)
        self.started_in = time.perf_counter() - began

    def _answers(self, address):
        with (
            contextlib.suppress(urllib.error.URLError, ConnectionError),
            urllib.request.urlopen(self.base + address) as answer,  # noqa: S310  our own server
        ):
            return answer.status == 200
        return False

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

    def stop(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait()
