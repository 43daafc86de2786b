"""Requests that no browser sends, by every role at every address: none is an error, none is slow.

Each is drawn from its number alone. ``FUZZ=1234`` repeats one, ``FUZZ=30000-31000`` tries others.
"""

import os
import time
from collections import defaultdict
from random import Random
from urllib.parse import urlsplit

import pytest
from django.core.signals import request_finished, request_started
from django.db import IntegrityError, close_old_connections, connection, transaction

from articles.models import Article, Page
from articles.sanitise import clean_body
from tests.fuzz.addresses import Addresses
from tests.fuzz.hostile import CANARY
from tests.fuzz.requests import follow
from tests.support.machine import SOAK, times
from tests.support.scenes import MARK, desk
from tests.support.security import STRANGER, WHO, logged_in
from tests.support.worlds import forget_keys

#: Numbers of `make soak`, and of one test of it.
NUMBERS, PART = 30_000, 2_500
#: Seconds that an answer may take, on an idle machine as the soak wants it. Elsewhere other tests
#: run beside this one: only what this process computes is counted then, the first pages included,
#: which read their templates; what is square in its input takes longer than that all the same.
PATIENCE, clock = (2, time.perf_counter) if SOAK else (10, time.process_time)
#: Share of the visits to rows in which a hostile text is stored.
SPOILT = 0.15
#: What a stranger's request may write: a report, and who tries to log in.
OF_STRANGERS = ("articles_errorreport", "django_session", "axes_")
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "TRUNCATE")


def parts():
    """The numbers of each test."""
    if asked := os.environ.get("FUZZ"):
        first, _, last = asked.partition("-")
        return [range(int(first), int(last or first) + 1)]
    numbers = range(times(NUMBERS))
    return [numbers[first : first + PART] for first in range(0, len(numbers), PART)]


class Fuzz:
    """Browsers of every role, and what they found wrong: by its kind the request of each case."""

    def __init__(self, account):
        """Open a desk with one thing in every state."""
        things = desk(account)
        people = {role: account(role, f"fuzz-{number}") for number, role in enumerate(WHO[1:])}
        people = {STRANGER: None, **people, "superuser": things["user superuser"]}
        self.sessions = {who: session_of(person) for who, person in people.items()}
        self.addresses = Addresses()
        self.clean = set()
        self.found = defaultdict(list)

    def run(self, number):
        """Send what ``number`` asks for, and undo it."""
        rng = Random(number)  # noqa: S311  to repeat, not to guess
        who = rng.choice([STRANGER, *self.sessions])
        at_desk = rng.random() < (0.2 if who == STRANGER else 0.8)
        routes = self.addresses.of_desk if at_desk else self.addresses.of_readers
        case = f"FUZZ={number} {who}"
        with transaction.atomic():
            if rng.random() < SPOILT:
                stored, routes = self.addresses.spoil(rng)
                case += f", {stored}"
            follow(rng, self.addresses, routes, lambda request: self.send(case, who, request))
            transaction.set_rollback(True)
        forget_keys()

    def send(self, case, who, request):
        """Answer to ``request``; whatever is wrong with it is noted."""
        written = []

        def listen(execute, sql, *args):
            if sql.lstrip().upper().startswith(WRITES):
                written.append(sql)
            return execute(sql, *args)

        began = clock()
        with connection.execute_wrapper(listen):
            answer = request.send(self.sessions[who])
        seconds = clock() - began
        wrong = [*wrong_with(answer, seconds), *self.wrong_in_database(written)]
        if who == STRANGER:
            wrong += wrong_for_strangers(answer, written)
        for kind in wrong:
            self.found[kind].append(f"{case}: {seconds:.1f} s {request}")
        return answer

    def wrong_in_database(self, written):
        """What would be refused where the request commits, and bodies that were not cleaned."""
        if not written or connection.needs_rollback:
            return
        try:
            with transaction.atomic():
                connection.check_constraints()
        except IntegrityError as error:
            yield f"refused at its end: {error}"
            return
        if any("body" in sql for sql in written):
            for model in (Article, Page):
                bodies = set(model.objects.values_list("body", flat=True)) - self.clean
                self.clean |= {body for body in bodies if clean_body(body) == body}
                if bodies - self.clean:
                    yield f"a body of {model.__name__} is not clean"


def session_of(person):
    """Session of somebody logged in; None for nobody."""
    cookie = logged_in(person).cookies.get("sessionid")
    return cookie and cookie.value


def wrong_with(answer, seconds):
    """What no answer may be."""
    if answer.status >= 500:
        yield f"{answer.status} {answer.fault or answer.body[:60]}"
    if seconds > PATIENCE:
        yield "slow"
    if answer.is_html and CANARY.encode() in answer.body:
        yield "a text was not escaped"
    way = urlsplit(answer.headers.get("Location", "/").replace("\\", "/"))
    if way.netloc not in ("", "testserver") or way.scheme not in ("", "http", "https"):
        yield "leads to another host"


def wrong_for_strangers(answer, written):
    """What a stranger reads of the desk, or writes."""
    if MARK.encode() in answer.body:
        yield "a stranger reads what is not live"
    for sql in written:
        if not any(name in sql for name in OF_STRANGERS):
            yield f"a stranger writes: {sql[:80]}"


@pytest.fixture
def _one_connection():
    """The test's transaction goes on when a request is over."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.soak
@pytest.mark.usefixtures("_one_connection")
@pytest.mark.parametrize("numbers", parts(), ids=lambda part: f"{part[0]}-{part[-1]}")
def test_no_request_is_an_error_or_slow(account, numbers):
    fuzz = Fuzz(account)
    for number in numbers:
        fuzz.run(number)
    report = [f"{len(cases)} × {kind}\n  {cases[0]}" for kind, cases in fuzz.found.items()]
    assert not report, "\n".join(report)
