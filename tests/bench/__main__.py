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


@dataclass(frozen=True)
class Target:
    """What is measured: a page of a set, as it is served in a column of the report."""

    story_set: StorySet
    page: str
    column: str


def options():
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[BULLETIN, 10_000, 100_000])
    parser.add_argument("--vendors", nargs="+", default=["sqlite", "postgresql"])
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


def serve(story_set, pages, opened, store):
    """Start the servers of a set; they, and what to ask of them: target to (address, headers)."""
    environment = {**story_set.environment, "BENCH_STORY": pages["story"][0]}
    first = pages["story"][0]

    def server(application, at, **more):
        return opened.enter_context(Server(application, {**environment, **more}, at))

    cold = server("newsroom.wsgi", first, CACHE_MB="0")
    kept = server("newsroom.wsgi", first)
    plain = server("tests.bench.plain", "/story/")
    takes = {"Accept-Encoding": "br, gzip"}
    targets = {
        Target(story_set, page, "cold"): (cold.base + address, takes)
        for page, (address, _queries) in pages.items()
    }
    for page in ("story", "front", "list"):
        targets[Target(story_set, page, "by hand")] = (f"{plain.base}/{page}/", takes)
    targets[Target(story_set, "-", "empty view")] = (f"{kept.base}/healthz", takes)
    shared = store and server("newsroom.wsgi", first, CACHE_URL=store)
    for page in KEPT:
        address = pages[page][0]
        targets[Target(story_set, page, "kept")] = (kept.base + address, takes)
        has_it = {**takes, "If-None-Match": kept.read(address).tag}
        targets[Target(story_set, page, "304")] = (kept.base + address, has_it)
        if shared:
            targets[Target(story_set, page, "Redis")] = (shared.base + address, takes)
    return kept, targets


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
    sets = [StorySet(vendor, size, POSTGRES) for vendor in asked.vendors for size in asked.sizes]
    made = {story_set: story_set.make() for story_set in sets}
    pages = {story_set: pages_of(story_set) for story_set in sets}
    targets, servers = {}, {}
    with ExitStack() as opened:
        store = opened.enter_context(redis())
        for story_set in sets:
            found = pages[story_set]
            servers[story_set], more = serve(story_set, found, opened, store and store[0])
            targets |= more
        page = servers[sets[0]].read(pages[sets[0]]["story"][0])
        file = opened.enter_context(nginx(page.body))
        if file:
            targets[Target(sets[0], "-", "nginx, a file")] = (file, {})
        rates = measure(targets, asked.rounds, asked.seconds)
        started = {story_set: server.started_in for story_set, server in servers.items()}
        memory = {story_set: max(server.memory()) for story_set, server in servers.items()}
    log = [[str(one.story_set), one.page, one.column, found] for one, found in rates.items()]
    Path(ROOT / "var" / "bench" / "rounds.json").write_text(json.dumps(log, indent=1), "utf-8")
    sys.stdout.write(report.kept_pages(rates) + report.cold_pages(rates, pages))
    sys.stdout.write(report.rest(made, loading(), started, memory))


if __name__ == "__main__":
    main()
