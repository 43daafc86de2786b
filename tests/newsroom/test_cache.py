"""The cache of a process: bounded in bytes, whatever the number of entries."""

import datetime
import random
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from threading import Thread

import pytest

from newsroom.cache import OVERHEAD, BoundedLocMemCache
from tests.support.machine import times
from tests.support.serving import running, shared_url
from tests.support.worlds import load_bulletin

MOST = 100_000


@pytest.fixture
def cache():
    made = BoundedLocMemCache("tested", {"OPTIONS": {"MAX_BYTES": MOST}})
    made.clear()
    yield made
    made.clear()


def test_what_was_used_least_recently_makes_room(cache):
    for number in range(9):
        cache.set(number, b"x" * 9_000)
    assert cache.get(0)
    cache.set("new", b"x" * 9_000)
    cache.set("newer", b"x" * 9_000)
    assert cache.get(0)
    assert cache.get("newer")
    assert cache.get(1) is None
    assert cache.used_bytes <= MOST


def test_a_value_that_would_drive_out_others_is_not_stored(cache):
    cache.set("small", b"x")
    cache.set("large", b"x" * MOST)
    cache.set("small", b"x" * MOST)
    assert cache.get("large") is None
    assert cache.get("small") is None
    assert cache.used_bytes == 0


def test_entries_without_end_take_no_more_than_that(cache):
    for number in range(5_000):
        cache.set(number, b"x" * (number % 300))
    assert MOST - 2_000 < cache.used_bytes <= MOST
    assert cache.get(4_999) is not None


def test_what_is_replaced_deleted_or_has_expired_is_not_counted(cache):
    cache.set("a", b"x" * 1_000)
    cache.set("a", b"x" * 10)
    cache.set("b", b"x" * 1_000, timeout=0)
    cache.set("c", b"x")
    cache.delete("c")
    assert cache.get("b") is None
    assert OVERHEAD < cache.used_bytes < OVERHEAD + 100
    cache.delete("a")
    assert cache.used_bytes == 0


def test_threads_count_together():
    def fill(name):
        own = BoundedLocMemCache("tested", {"OPTIONS": {"MAX_BYTES": MOST}})
        for number in range(500):
            own.set(f"{name}{number % 60}", b"x" * 500)

    threads = [Thread(target=fill, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    own = BoundedLocMemCache("tested", {"OPTIONS": {"MAX_BYTES": MOST}})
    assert own.used_bytes <= MOST
    for name in "ab":
        own.delete_many([f"{name}{number}" for number in range(60)])
    assert own.used_bytes == 0


# ---- A worker of the server


def read_all(server, requests):
    """Ask for every address with its cookie, four at a time; whatever is no page fails."""

    def read(asked):
        address, cookie = asked
        request = urllib.request.Request(server.base + address, headers={"Cookie": cookie})  # noqa: S310
        with urllib.request.urlopen(request) as answer:  # noqa: S310  our own server
            answer.read()

    with ThreadPoolExecutor(4) as clients:
        list(clients.map(read, requests))


@pytest.mark.soak
@pytest.mark.django_db(transaction=True)
def test_a_worker_stays_small_whatever_is_asked_of_it(tmp_path):
    load_bulletin()
    day = datetime.date(2021, 4, 6)
    # Two workers share them, so that each keeps 10,000.
    days = (day - datetime.timedelta(days=number) for number in range(times(20_000)))
    with running(tmp_path, DATABASE_URL=shared_url(), CACHE_MB="32") as server:
        read_all(server, ((f"/articles/?date_after={day}", "display=elder") for day in days))
        kept = max(server.memory())
        assert kept < 32 + 110
        noise = (f"{random.getrandbits(64):x}" for _time in range(times(100_000)))
        read_all(server, ((f"/?{one}={one}", f"{one}={one}; display={one}") for one in noise))
        assert max(server.memory()) < kept + 10
