"""Two people at the same moment: one of them is told, and what is left is one valid state."""

import datetime
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from articles.editorial import (
    Refused,
    amended,
    execute,
    lock_stories_of,
    open_working_copy,
    review_state_of,
)
from articles.editorial.roles import CHIEF, EDITOR, REPORTER
from articles.models import Article, Byline, Meeting, Section, SignOff, Version
from articles.versions import digest, newest_of_row, save_version, snapshot
from tests.support.machine import times
from tests.support.stories import edited

pytestmark = [pytest.mark.soak, pytest.mark.django_db(transaction=True)]

#: Seconds after which two who wait for one another would have been told so by the database.
PATIENCE = 60
DAY = datetime.date(2026, 3, 2)


@pytest.fixture
def at_once(transactional_db):
    """Runner of two acts at the same moment, each in its own thread; a refusal is an answer."""
    barrier = threading.Barrier(2, timeout=PATIENCE)

    def one(act):
        barrier.wait()
        try:
            return act()
        except (Refused, PermissionDenied) as refused:
            return refused

    def leave():
        barrier.wait()
        connection.close()

    with ThreadPoolExecutor(2) as threads:

        def both(*acts):
            return [asked.result(PATIENCE) for asked in [threads.submit(one, act) for act in acts]]

        yield both
        for left in [threads.submit(leave) for _thread in range(2)]:
            left.result(PATIENCE)


@pytest.fixture
def people(transactional_db, account, settings):
    """Whoever signs, and others of whom the races tell; one review is enough for a race."""
    settings.REVIEWS = 1
    return {
        "sign": account(CHIEF, "signer"),
        "author": account(REPORTER, "author"),
        "amender": account(EDITOR, "amender"),
        "another": account(EDITOR, "another"),
        "chief": account(CHIEF, "chief"),
    }


@pytest.fixture
def rounds():
    """How often each race is run."""
    return range(times(1000 if connection.vendor == "postgresql" else 100))


def told(people, until=None):
    """A new story of a meeting, taken forward up to ``until``; the story and the meeting."""
    meeting = Meeting.objects.create(name="通车会", held_on=DAY)
    meeting.attendance.create(printed_name="苏建设", printed_title="区长", order=1)
    story = Article.objects.create(
        headline="桥通了",
        body="<p>新桥今天通车。</p>",
        summary="新桥通车。",
        section=Section.objects.get_or_create(name="要闻")[0],
        quarter=meeting.quarter,
    )
    Byline.objects.create(article=story, printed_name="王某")
    story.meetings.add(meeting)
    save_version(story, person=people["author"])
    return forward(story, people, until), meeting


def forward(row, people, until):
    """Take ``row`` through the verbs up to ``until``, that one included."""
    way = ["submit", "sign", "publish"]
    for verb in way[: way.index(until) + 1] if until else []:
        execute(verb, row, person=people["author" if verb == "submit" else "sign"])
    return row


def press(verb, row, person, **options):
    """A button pressed on a page of its own."""
    own = Article.objects.get(pk=row.pk)
    return lambda: execute(verb, own, person=person, reason="理由", **options)


def amend(event, person, remarks):
    """A save of the event at the desk."""

    def act():
        with transaction.atomic():
            lock_stories_of(event)
            event.attendance.update(remarks=remarks)
            amended(event, person=person, reason="更正")

    return act


def save(story, person, headline):
    """A save of the story at the desk."""

    def act():
        with transaction.atomic():
            return edited(open_working_copy(story, person), person, headline=headline)

    return act


def agrees(story):
    """Whether the log, the rows and the versions of ``story`` tell the same."""
    for row in Article.objects.filter(copy_of=story.pk), Article.objects.filter(pk=story.pk):
        for one in row:
            line = (
                story.transitions.filter(of_copy=one.copy_of_id is not None).order_by("-pk").first()
            )
            assert (one.stage, one.visibility) == (line.stage, line.visibility)
            if one.visibility == "live":
                changed = newest_of_row(one).digest != digest(snapshot(one))
                assert changed == (one.record_changed_at is not None)
    numbers = list(Version.objects.of(story).values_list("number", flat=True))
    assert numbers == list(range(len(numbers), 0, -1))
    story.refresh_from_db()


def one_is_told(answers):
    """Whether exactly one act was refused; which person made the other."""
    moves = [answer for answer in answers if not isinstance(answer, Exception)]
    assert len(moves) == 1, answers
    assert any(isinstance(answer, Refused) for answer in answers)
    return moves[0]


@pytest.mark.parametrize(
    ("verb", "before"),
    [("submit", None), ("sign", "submit"), ("publish", "sign"), ("withdraw", "publish")],
)
def test_of_two_who_press_the_same_button_one_is_told(at_once, people, rounds, verb, before):
    one, two = ("author", "another") if verb == "submit" else ("sign", "chief")
    for _round in rounds:
        story, _meeting = told(people, before)
        answers = at_once(press(verb, story, people[one]), press(verb, story, people[two]))
        move = one_is_told(answers)
        assert story.transitions.get(name=verb) == move
        if verb == "sign":
            assert SignOff.objects.get(version__story=story, stage="third").person == move.person
        agrees(story)


def test_publishing_beside_an_amendment_of_the_record(at_once, people, rounds):
    for number in rounds:
        story, meeting = told(people, "sign")
        signed = snapshot(story)
        published, _amended = at_once(
            press("publish", story, people["sign"]), amend(meeting, people["amender"], str(number))
        )
        agrees(story)
        assert snapshot(story)["events"] != signed["events"]
        if isinstance(published, Refused):
            assert story.visibility == "unpublished"
            assert not story.transitions.filter(name="publish").exists()
        else:
            assert story.record_changed_at
            assert published.version.content["events"] == signed["events"]


def test_taking_a_change_over_beside_an_amendment_of_the_record(at_once, people, rounds):
    for number in rounds:
        story, meeting = told(people, "publish")
        copy = save(story, people["author"], "桥通车了")()
        forward(copy, people, "sign")
        published, _amended = at_once(
            press("publish", copy, people["sign"]), amend(meeting, people["amender"], str(number))
        )
        agrees(story)
        assert story.record_changed_at
        taken = not isinstance(published, Refused)
        assert story.headline == ("桥通车了" if taken else "桥通了")
        assert Article.objects.filter(copy_of=story).exists() != taken


def test_two_saves_of_a_live_story_open_one_copy(at_once, people, rounds):
    for _round in rounds:
        story, _meeting = told(people, "publish")
        one, two = at_once(
            save(story, people["amender"], "桥通车了"), save(story, people["another"], "新桥通车")
        )
        assert one.pk == two.pk == Article.objects.get(copy_of=story).pk
        assert story.transitions.filter(name="open").count() == 1
        wrote = story.versions.filter(of_copy=True, person__isnull=False).order_by("number")
        assert {version.person for version in wrote} == {people["amender"], people["another"]}
        assert wrote.last().digest == digest(snapshot(one))
        agrees(story)


def test_a_save_beside_a_withdrawal(at_once, people, rounds):
    for _round in rounds:
        story, _meeting = told(people, "publish")
        row, _withdrawn = at_once(
            save(story, people["amender"], "桥通车了"), press("withdraw", story, people["chief"])
        )
        agrees(story)
        assert story.visibility == "withdrawn"
        # Withdrawn first, the story itself was edited, else its copy.
        opened = story.transitions.filter(name="open").exists()
        assert opened == (row.pk != story.pk) == Article.objects.filter(copy_of=story).exists()


def test_signing_beside_a_save(at_once, people, rounds):
    for _round in rounds:
        story, _meeting = told(people, "submit")
        sign = press("sign", story, people["sign"], state_token=review_state_of(story).state_token)
        signed, _saved = at_once(sign, save(story, people["author"], "桥通车了"))
        agrees(story)
        if not isinstance(signed, Refused):
            assert signed.version.content["fields"]["headline"] == "桥通了"
            assert story.stage == "signed"
        with pytest.raises(Refused):
            execute("publish", story, person=people["sign"])
