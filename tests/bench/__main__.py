"""`make bench`: how fast each page is, beside one written by hand, at several sizes."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench import report
from tests.bench.load import rate, require_wrk
from tests.bench.servers import Server
from tests.bench.sets import BULLETIN, ROOT, StorySet

POSTGRES = os.environ.get("TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")


def options():
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[BULLETIN, 10_000, 100_000])
    parser.add_argument("--vendors", nargs="+", default=["sqlite", "postgresql"])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=3)
    return parser.parse_args()


def pages_of(story_set):
    """Addresses and statements of the pages of a set."""
    command = [sys.executable, "-m", "tests.bench.addresses"]
    environment = {**story_set.environment, "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
    asked = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
    return json.loads(asked.stdout)


def targets_of(story_set):
    """Servers of a set, and what to measure there: (set, page, base or ours) to address."""
    pages = pages_of(story_set)
    environment = {**story_set.environment, "BENCH_PAGES": json.dumps(pages)}
    ours = Server("newsroom.wsgi", environment, pages["article"]["address"])
    plain = Server("tests.bench.plain", environment, "/three/")
    targets = {(story_set, "article", "three"): f"{plain.base}/three/"}
    for page, found in pages.items():
        targets[story_set, page, "ours"] = ours.base + found["address"]
        targets[story_set, page, "same"] = f"{plain.base}/same/{page.replace(' ', '%20')}/"
    queries = {(story_set, page): len(found["queries"]) for page, found in pages.items()}
    return (ours, plain), targets, queries


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


def main():
    """Make the sets, serve them all, measure in turn, and print tables for docs/benchmarks.md."""
    asked = options()
    require_wrk()
    sets = [StorySet(vendor, size, POSTGRES) for vendor in asked.vendors for size in asked.sizes]
    made = {str(story_set): story_set.make() for story_set in sets}
    servers, targets, queries = {}, {}, {}
    try:
        for story_set in sets:
            servers[story_set], addresses, counted = targets_of(story_set)
            targets |= addresses
            queries |= counted
        rounds = {target: [] for target in targets}
        for number in range(asked.rounds):
            for target, address in targets.items():
                rounds[target].append(rate(address, asked.seconds))
            sys.stderr.write(f"round {number + 1} of {asked.rounds}\n")
        started = {str(story_set): pair[0].started_in for story_set, pair in servers.items()}
        memory = {str(story_set): max(pair[0].memory()) for story_set, pair in servers.items()}
    finally:
        for pair in servers.values():
            for server in pair:
                server.stop()
    kept = [
        [str(story_set), page, base, rates] for (story_set, page, base), rates in rounds.items()
    ]
    Path(ROOT / "var" / "bench" / "rounds.json").write_text(json.dumps(kept, indent=1), "utf-8")
    sys.stdout.write(report.pages(rounds, queries))
    sys.stdout.write(report.rest(made, loading(), started, memory))


if __name__ == "__main__":
    main()
