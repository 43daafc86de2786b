"""Reads beside a writer, with SQLite's write-ahead log and with its rollback journal.

`python -m tests.bench.journals` prints a line a journal: medians of the rounds, which take turns.
"""

import multiprocessing
import statistics
import tempfile
import time
from pathlib import Path

from newsroom.sqlite.base import DatabaseWrapper

sqlite3 = DatabaseWrapper.Database
STORIES, READERS, ROUNDS, SECONDS = 10_000, 2, 5, 3
#: Seconds between two saves, and what one writes: more than a whole desk would.
PAUSE, ROWS = 0.05, 20
READ = "SELECT id, headline, body FROM story WHERE issued_on = ? ORDER BY id DESC LIMIT 20"
SAVE = "UPDATE story SET headline = headline || '' WHERE id = ?"
SYNCHRONOUS = {"wal": "NORMAL", "delete": "FULL"}


def open_database(path, journal):
    """A connection as newsroom.sqlite makes it."""
    connection = sqlite3.connect(path, timeout=20, isolation_level=None)
    connection.execute(f"PRAGMA journal_mode={journal}")
    connection.execute(f"PRAGMA synchronous={SYNCHRONOUS[journal]}")
    return connection


def fill(path):
    """A table of stories."""
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE story (id INTEGER PRIMARY KEY, issued_on, headline, body)")
    rows = ((number % 500, f"headline {number}", "字" * 1500) for number in range(STORIES))
    connection.executemany("INSERT INTO story (issued_on, headline, body) VALUES (?, ?, ?)", rows)
    connection.execute("CREATE INDEX by_day ON story (issued_on, id)")
    connection.commit()
    connection.close()


def read(path, journal, took):
    """Read until the time is over; seconds of each read."""
    connection = open_database(path, journal)
    spans, until = [], time.perf_counter() + SECONDS
    while (began := time.perf_counter()) < until:
        connection.execute(READ, (len(spans) % 500,)).fetchall()
        spans.append(time.perf_counter() - began)
    took.put(spans)


def write(path, journal, took):
    """Save until the time is over; seconds of each save."""
    connection = open_database(path, journal)
    spans, until = [], time.perf_counter() + SECONDS
    while (began := time.perf_counter()) < until:
        connection.execute("BEGIN IMMEDIATE")
        first = len(spans) * ROWS % STORIES
        connection.executemany(SAVE, [(first + number,) for number in range(1, ROWS + 1)])
        connection.execute("COMMIT")
        spans.append(time.perf_counter() - began)
        time.sleep(PAUSE)
    took.put(spans)


def measure(path, journal, *, beside_a_writer):
    """Spans of all reads, and of all saves, of one round."""
    open_database(path, journal).close()
    reads, saves = multiprocessing.Queue(), multiprocessing.Queue()
    works = [(read, reads)] * READERS + [(write, saves)] * beside_a_writer
    workers = [multiprocessing.Process(target=work, args=(path, journal, q)) for work, q in works]
    for worker in workers:
        worker.start()
    spans = [span for _ in range(READERS) for span in reads.get()]
    saved = saves.get() if beside_a_writer else []
    for worker in workers:
        worker.join()
    return spans, saved


def main():
    """Measure in turns and print."""
    kinds = [(journal, beside) for journal in SYNCHRONOUS for beside in (False, True)]
    found = {kind: [] for kind in kinds}
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder, "stories.sqlite3"))
        fill(path)
        for _ in range(ROUNDS):
            for journal, beside in kinds:
                found[journal, beside].append(measure(path, journal, beside_a_writer=beside))
    print(f"SQLite {sqlite3.sqlite_version}: {READERS} readers, {ROUNDS} rounds of {SECONDS} s")  # noqa: T201
    for journal in SYNCHRONOUS:
        alone = statistics.median(len(spans) for spans, _saved in found[journal, False])
        rounds = found[journal, True]
        beside = statistics.median(len(spans) for spans, _saved in rounds)
        worst = statistics.median(max(spans) * 1000 for spans, _saved in rounds)
        slow = statistics.median(statistics.quantiles(s, n=1000)[-1] * 1000 for s, _ in rounds)
        saves = statistics.median(len(saved) for _spans, saved in rounds)
        save = statistics.median(statistics.median(saved) * 1000 for _spans, saved in rounds)
        print(  # noqa: T201
            f"{journal:7} reads beside a writer: {beside / alone:.2f} of those without; "
            f"1 in 1,000 takes {slow:.1f} ms, the slowest {worst:.0f} ms; "
            f"{saves:.0f} saves, each {save:.1f} ms"
        )


if __name__ == "__main__":
    main()
