"""Requests a second of one address, on a machine that rests before each reading."""

import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

CONNECTIONS = 8
#: Share of the processors that others may use while we call the machine idle.
IDLE = 0.05
PATIENCE = 120


def require_wrk() -> None:
    """Leave with a word where the load generator is missing."""
    if not shutil.which("wrk"):
        sys.exit("The benchmark needs wrk. On Debian: apt install wrk")


def _ticks():
    fields = [
        int(field) for field in Path("/proc/stat").read_text("ascii").split("\n")[0].split()[1:]
    ]
    return sum(fields), fields[3] + fields[4]


def wait_until_idle() -> None:
    """Wait for a second in which nothing else runs; after two minutes say so and go on."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        total, idle = _ticks()
        time.sleep(0.5)
        now_total, now_idle = _ticks()
        if 1 - (now_idle - idle) / max(now_total - total, 1) < IDLE:
            return
    print("The machine does not rest; measured all the same.", file=sys.stderr)  # noqa: T201


def rate(address: str, seconds: int, headers: dict[str, str]) -> float:
    """Answers a second with eight connections; leaves with a word on any that is no page or 304."""
    wait_until_idle()
    sent = [f"-H{name}: {value}" for name, value in headers.items()]
    run = subprocess.run(
        ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", *sent, address],  # noqa: S607
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    if "Non-2xx" in run.stdout or "Socket errors" in run.stdout:
        sys.exit(f"{address}\n{run.stdout}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", run.stdout)[1])
