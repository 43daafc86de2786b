"""Two workers and eight clients, while the desk and the clock change what readers see.

Each answer that began after a change was committed shows it, and none shows half of a change.
"""

import datetime
import random
import re
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Thread

import pytest
from django.db import connection
from django.utils import timezone

from articles.editorial import (
    adopt,
    execute,
    merge,
    open_working_copy,
    rebuild_appearances,
    touch,
    touch_public,
    writing,
)
from articles.editorial.roles import CHIEF
from articles.models import Article, Placement, Project
from tests.bench.servers import redis
from tests.support.machine import times
from tests.support.serving import serving, shared_url
from tests.support.stories import live

pytestmark = [pytest.mark.soak, pytest.mark.django_db(transaction=True)]

ROUNDS = times(1_000)
CLIENTS = 8
ADDRESSES = ("/", "/articles/", "/articles/?utm_source=x", "/projects/")
#: Seconds before and after a moment of the clock or a commit, so that answers fall on both sides.
SOON = 0.2
MARK = re.compile(r"[甲乙丙]第\d+稿")


@dataclass
class State:
    """Headlines and project that pages show from ``begins`` on, in the order of the front page.

    A change was begun then. From ``holds`` on each answer that begins shows it: it was committed.
    """

    shown: tuple[str, ...]
    begins: float
    holds: float = float("inf")

    def on(self, address):
        """What the page of an address shows; only the front page has an order."""
        if address == "/projects/":
            return {mark for mark in self.shown if mark[0] == "丙"}
        headlines = [mark for mark in self.shown if mark[0] != "丙"]
        return headlines if address == "/" else set(headlines)


@dataclass
class Seen:
    """What an answer showed, and when it began and ended."""

    address: str
    state: State
    ended: float


class Newsroom:
    """Two stories of one project; their names carry the number of the change. All states so far."""

    def __init__(self, account):
        self.chief = account(CHIEF)
        today = timezone.localdate()
        self.stories = [
            live(headline=f"{name}第0稿", issued_on=today, position=place, source="新华社")
            for place, name in enumerate("甲乙", 1)
        ]
        self.project = self._project_of_both(0)
        adopt()
        self.merged = 0
        self.number, self.lead, self.hidden = 0, 0, set()
        self.states = [State(self.shown(), 0.0, time.monotonic())]

    def shown(self):
        headlines = [
            f"{'甲乙'[one]}第{self.number}稿"
            for one in (self.lead, 1 - self.lead)
            if one not in self.hidden
        ]
        return (*headlines, f"丙第{self.merged}稿") if headlines else ()

    def _project_of_both(self, number):
        project = Project.objects.create(name=f"丙第{number}稿")
        project.articles.add(*self.stories)
        rebuild_appearances(self.stories)
        return project

    @contextmanager
    def change(self):
        """A change, from its first statement to its commit."""
        state = State((), time.monotonic())
        self.states.append(state)
        yield
        state.holds = time.monotonic()
        state.shown = self.shown()

    def rewrite(self):
        """Both headlines in one transaction: half of it is on no page."""
        self.number += 1
        with self.change(), writing():
            for name, story in zip("甲乙", self.stories, strict=True):
                if story.pk not in self._hidden_keys():
                    copy = open_working_copy(story, self.chief)
                    Article.objects.filter(pk=copy.pk).update(headline=f"{name}第{self.number}稿")
                    copy.refresh_from_db()
                    execute("urgent", copy, person=self.chief, reason="更正", accepted=True)
                else:
                    Article.objects.filter(pk=story.pk).update(headline=f"{name}第{self.number}稿")

    def withdraw(self):
        """One of them, and back."""
        one = random.choice([0, 1])  # noqa: S311
        self.stories[one].refresh_from_db()
        verb = "urgent" if one in self.hidden else "withdraw"
        with self.change():
            execute(verb, self.stories[one], person=self.chief, reason="核实", accepted=True)
            self.hidden ^= {one}

    def expire(self):
        """By the clock alone: nothing is written when it happens."""
        one = random.choice([0, 1])  # noqa: S311
        if one in self.hidden:
            return
        end = timezone.now() + datetime.timedelta(seconds=SOON)
        with self.change(), writing():
            Article.objects.filter(pk=self.stories[one].pk).update(expires_at=end)
            touch(self.stories)
        self._wait_for(end, lambda: self.hidden.add(one))
        with self.change(), writing():
            Article.objects.filter(pk=self.stories[one].pk).update(expires_at=None)
            touch(self.stories)
            self.hidden.discard(one)

    def place(self):
        """乙 above 甲 until the clock ends it."""
        end = timezone.now() + datetime.timedelta(seconds=SOON)
        with self.change(), writing():
            Placement.objects.create(article=self.stories[1], ends=end, person=self.chief)
            touch_public()
            self.lead = 1
        self._wait_for(end, lambda: setattr(self, "lead", 0))

    def merge(self):
        """A project that takes the place of the one before."""
        self.merged += 1
        with self.change(), writing():
            kept = self._project_of_both(self.merged)
            merge(kept, self.project, person=self.chief)
        self.project = kept

    def _wait_for(self, end, happens):
        begins = time.monotonic() + (end - timezone.now()).total_seconds()
        state = State((), begins - 0.001)
        self.states.append(state)
        time.sleep(max(0.0, begins - time.monotonic()) + 0.001)
        happens()
        state.shown, state.holds = self.shown(), begins + 0.001
        time.sleep(SOON)

    def _hidden_keys(self):
        return {self.stories[one].pk for one in self.hidden}


def read(port, scheme, ends, seen, problems):
    """Ask for pages until it ends, as if a proxy had been asked by ``scheme``."""
    dice = random.Random()  # noqa: S311
    while not ends.is_set():
        address = dice.choice(ADDRESSES)
        request = urllib.request.Request(f"http://127.0.0.1:{port}{address}")
        request.add_header("Host", dice.choice(("127.0.0.1", "localhost")))
        request.add_header("X-Forwarded-Proto", scheme)
        request.add_header("Cookie", f"display={dice.choice(('medium', 'elder'))}")
        began = time.monotonic()
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
                text = answer.read().decode()
        except (urllib.error.URLError, ConnectionError) as error:
            problems.append(error)
            continue
        state = State(tuple(dict.fromkeys(MARK.findall(text))), began)
        seen.append(Seen(address, state, time.monotonic()))


def wrong(states, answers):
    """Answers that show none of the states which they may show."""
    for answer in answers:
        may = [
            state.on(answer.address)
            for state, later in zip(states, [*states[1:], None], strict=True)
            if state.begins <= answer.ended
            and (later is None or later.holds >= answer.state.begins)
        ]
        if answer.state.on(answer.address) not in may:
            yield answer, may


def play(newsroom, port, scheme="http", middle=lambda: None):
    """All rounds, and what was read meanwhile."""
    ends, answers, problems = Event(), [], []
    threads = [
        Thread(target=read, args=(port, scheme, ends, answers, problems), daemon=True)
        for _client in range(CLIENTS)
    ]
    for thread in threads:
        thread.start()
    changes = (newsroom.rewrite, newsroom.withdraw, newsroom.expire, newsroom.place, newsroom.merge)
    for number in range(ROUNDS):
        if number == ROUNDS // 2:
            middle()
        changes[number % len(changes)]()
        time.sleep(SOON)
    ends.set()
    for thread in threads:
        thread.join(60)
    assert problems == []
    assert len(answers) > ROUNDS * CLIENTS
    assert list(wrong(newsroom.states, answers)) == []


def test_no_page_is_old_or_mixed(account, tmp_path):
    newsroom = Newsroom(account)
    with serving(tmp_path, DATABASE_URL=shared_url(), HTTPS="true") as port:
        play(newsroom, port, scheme="https")


def test_nor_is_one_kept_in_redis_which_dies_in_the_middle(account, tmp_path):
    newsroom = Newsroom(account)
    with redis() as store:
        if not store:
            pytest.skip("no redis-server on this machine")
        address, server = store
        with serving(tmp_path, DATABASE_URL=shared_url(), CACHE_URL=address) as port:
            play(newsroom, port, middle=server.kill)


def publish_at_once(story, chief, errors):
    try:
        copy = open_working_copy(story, chief)
        execute("urgent", copy, person=chief, reason="更正", accepted=True)
    except Exception as error:  # noqa: BLE001
        errors.append(error)
    finally:
        connection.close()


def test_publishing_from_two_sides_at_once_never_deadlocks(account):
    newsroom = Newsroom(account)
    for _round in range(ROUNDS):
        errors = []
        threads = [
            Thread(target=publish_at_once, args=(story, newsroom.chief, errors))
            for story in newsroom.stories
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert errors == []
