"""`make bench`: how fast each page is, kept and cold, beside one written by hand."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from tests.bench import report
from tests.bench.load import rate, require_wrk
from tests.bench.servers import Server, nginx, redis
from tests.bench.sets import BULLETIN, ROOT, StorySet

POSTGRES = os.environ.get("TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
#: Pages that are measured where they are kept; how long it took to make them is then no matter.
KEPT = ("story", "front", "list", "quarter")
OURS = "newsroom.wsgi"
#: What browsers say.
TAKES = {"Accept-Encoding": "br, gzip"}


@dataclass(frozen=True)
class Target:
    """What is measured: a page of a set, as it is served in a column of the report."""

    story_set: StorySet
    page: str
    column: str


def story_set(asked):
    """Set of stories that ``vendor:size`` names."""
    vendor, size = asked.split(":")
    return StorySet(vendor, int(size), POSTGRES)


SETS = [
    StorySet(vendor, size, POSTGRES)
    for vendor in ("sqlite", "postgresql")
    for size in (BULLETIN, 10_000, 100_000)
]


def options():
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--sets", nargs="+", type=story_set, default=SETS)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=3)
    return parser.parse_args()


def pages_of(story_set):
    """Address and number of queries of the pages of a set, by page type."""
    command = [sys.executable, "-m", "tests.bench.addresses"]
    environment = {
        **story_set.environment,
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "CACHE_MB": "0",
    }
    asked = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
    return json.loads(asked.stdout)


class Servers:
    """Starts servers of sets of stories, and stops them at its end."""

    def __init__(self):
        self._opened = ExitStack()

    def __enter__(self):
        self.store = self._opened.enter_context(redis())
        return self

    def __exit__(self, *error):
        self._opened.__exit__(*error)

    def start(self, application, story_set, pages, **more):
        """A server of a set, once it has answered."""
        first = pages["story"][0]
        environment = {**story_set.environment, "BENCH_STORY": first, **more}
        at = first if application == OURS else "/story/"
        return self._opened.enter_context(Server(application, environment, at))

    def cold(self, story_set, pages):
        """A server that keeps no page, and what to ask of it: target to (address, headers)."""
        cold = self.start(OURS, story_set, pages, CACHE_MB="0")
        plain = self.start("tests.bench.plain", story_set, pages)
        targets = {
            Target(story_set, page, "cold"): (cold.base + address, TAKES)
            for page, (address, _queries) in pages.items()
        }
        for page in ("story", "front", "list"):
            targets[Target(story_set, page, "by hand")] = (f"{plain.base}/{page}/", TAKES)
        return cold, targets

    def kept(self, story_set, pages):
        """What to ask of servers that keep pages, and of nginx with one of them."""
        kept = self.start(OURS, story_set, pages)
        shared = self.store and self.start(OURS, story_set, pages, CACHE_URL=self.store[0])
        targets = {Target(story_set, "-", "empty view"): (f"{kept.base}/healthz", TAKES)}
        for page in KEPT:
            address = pages[page][0]
            targets[Target(story_set, page, "kept")] = (kept.base + address, TAKES)
            has_it = {**TAKES, "If-None-Match": kept.read(address).tag}
            targets[Target(story_set, page, "304")] = (kept.base + address, has_it)
            if shared:
                targets[Target(story_set, page, "Redis")] = (shared.base + address, TAKES)
        if file := self._opened.enter_context(nginx(kept.read(pages["story"][0]).body)):
            targets[Target(story_set, "-", "nginx, a file")] = (file, {})
        return targets


def loading():
    """Seconds and rows of loading the fixture into an empty SQLite database."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "VAR_DIR": folder, "DATABASE_URL": ""}
        manage = [sys.executable, "manage.py"]
        subprocess.run([*manage, "migrate", "-v0"], cwd=ROOT, env=environment, check=True)
        began = time.perf_counter()
        command = [*manage, "loaddata", "bulletin_2021q1"]
        said = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
        return int(said.stdout.split()[1]), time.perf_counter() - began


def measure(targets, rounds, seconds):
    """Requests a second of each target, round by round; the targets take turns."""
    rates = {target: [] for target in targets}
    for number in range(rounds):
        for target, (address, headers) in targets.items():
            rates[target].append(rate(address, seconds, headers))
        sys.stderr.write(f"round {number + 1} of {rounds}\n")
    return rates


def main():
    """Make the sets, serve them all, measure in turn, and print tables for docs/benchmarks.md."""
    asked = options()
    require_wrk()
    made = {one: one.make() for one in asked.sets}
    pages = {one: pages_of(one) for one in asked.sets}
    targets, servers = {}, {}
    with Servers() as started:
        for one, found in pages.items():
            # Whatever is kept costs the same in any set: that of the first of a database says it.
            if all(one.vendor != other.vendor for other in servers):
                targets |= started.kept(one, found)
            servers[one], more = started.cold(one, found)
            targets |= more
        rates = measure(targets, asked.rounds, asked.seconds)
        first = {one: server.started_in for one, server in servers.items()}
        memory = {one: max(server.memory()) for one, server in servers.items()}
    log = [[str(one.story_set), one.page, one.column, found] for one, found in rates.items()]
    Path(ROOT / "var" / "bench" / "rounds.json").write_text(json.dumps(log, indent=1), "utf-8")
    sys.stdout.write(report.kept_pages(rates) + report.cold_pages(rates, pages))
    sys.stdout.write(report.rest(made, loading(), first, memory))


if __name__ == "__main__":
    main()
