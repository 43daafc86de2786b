"""Random days at the desk: whatever people do in whatever order, what must hold does hold."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from articles.editorial import (
    QUEUES,
    TRANSITIONS,
    Refused,
    amended,
    execute,
    lock_stories_of,
    open_working_copy,
    possible_transitions,
    publish_due,
    restore,
    review_state_of,
)
from articles.editorial.roles import ROLES
from articles.models import (
    Article,
    Byline,
    Inspection,
    Meeting,
    Project,
    Section,
    SignOff,
    Transition,
    Version,
)
from articles.versions import SPECS, apply, digest, save_version, snapshot
from people.models import CredentialChange, Official, Organisation
from tests.support.machine import SOAK, times
from tests.support.stories import edited
from tests.support.witness import CLEARS, Reading, Witness, own, printed_events

MORNING = datetime.datetime(2026, 3, 2, 1, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
SECOND = datetime.timedelta(seconds=1)
#: Few texts, so that one often comes back to what it was.
TEXTS = {
    "headline": ("桥通了", "桥通车了"),
    "body": ("<p>新桥今天通车。</p>", ""),
    "summary": ("新桥通车。", ""),
    "slug": ("qiao", "xin-qiao"),
    "issued_on": (None, datetime.date(2026, 3, 5)),
}
BYLINES = (("王某",), ("王某", "李某"), ("李某", "王某"))
FORWARD = ("submit", "first", "second", "sign", "publish")

anyone = st.integers(0, 9)
pick = st.integers(0, 99)


class Desk(RuleBasedStateMachine):
    """One story with its record, and ten people who do what they may and what they may not."""

    people: list
    clock: list

    def __init__(self):
        """Everything in a transaction that ends with the sequence."""
        super().__init__()
        self.sequence = transaction.atomic()
        self.sequence.__enter__()
        self.clock[0] = MORNING
        self._make_records()
        self.story = self._make_story()
        self.witness = Witness(self.story, self.people[0])
        self.now = Reading.of(self.story.pk)
        self.address, self.applied = None, set()

    def teardown(self):
        """Forget the sequence."""
        transaction.set_rollback(True)
        self.sequence.__exit__(None, None, None)

    def _make_records(self):
        office = Organisation.objects.create(name="区政府")
        self.official = Official.objects.create(name="苏建设")
        self.official.appointments.create(organisation=office, title="区长")
        self.project = Project.objects.create(name="新桥")
        self.meeting = Meeting.objects.create(name="通车会", held_on=MORNING.date())
        self.inspection = Inspection.objects.create(
            title="看桥", held_on=MORNING.date(), meeting=self.meeting
        )
        for place in ("桥头", "桥尾"):
            self.inspection.stops.create(place=place).projects.add(self.project)
        for event in (self.meeting, self.inspection):
            event.attendance.create(printed_name="苏建设", official=self.official, order=1)
            event.attendance.create(printed_name="刘某", printed_title="局长", order=2)

    def _make_story(self):
        texts = {name: texts[0] for name, texts in TEXTS.items()}
        section = Section.objects.get_or_create(name="要闻")[0]
        story = Article.objects.create(section=section, **texts)
        Byline.objects.create(article=story, printed_name="王某", order=1)
        story.mentions.create(printed_name="苏建设", official=self.official)
        story.meetings.add(self.meeting)
        self.project.milestones.create(status="building", reached_on=MORNING.date(), article=story)
        save_version(story, person=self.people[0])
        return story

    # What people do

    def attempt(self, act):
        """Let a second pass and ``act``: where it is refused, everything is as it was.

        What was stored before and after it; None where it was refused.
        """
        self.clock[0] += SECOND
        before = self.now
        try:
            act()
        except (Refused, PermissionDenied):
            assert Reading.of(self.story.pk) == before
            return None
        self.now = Reading.of(self.story.pk)
        return before, self.now

    def save(self, person, act):
        """A save of the desk."""
        if seen := self.attempt(transaction.atomic(act)):
            self.witness.saw_change(person, *seen)
        self.look()

    def move(self, verb, person, *, reason="", **options):
        """Press a button, on a screen that was drawn just now."""
        of_story = verb in ("withdraw", "acknowledge")
        row = self.now.story if of_story else self.now.rows[self.now.at_work[0]]
        lines = Transition.objects.count()
        seen = self.attempt(lambda: execute(verb, row, person=person, reason=reason, **options))
        if seen:
            line = Transition.objects.order_by("-pk").first()
            assert (Transition.objects.count(), line.name, line.person) == (lines + 1, verb, person)
            if verb in CLEARS:
                self.witness.saw_cleared(verb, reason, *seen)
            if verb == "acknowledge":
                self.witness.saw_acknowledged(seen[1])
        self.look()
        return bool(seen)

    @rule(
        verb=st.sampled_from(sorted(TRANSITIONS)), who=anyone, reason=st.sampled_from(["", "理由"])
    )
    def press_anything(self, verb, who, reason):
        """Mostly refused."""
        self.move(verb, self.people[who], reason=reason, accepted=bool(reason))

    @rule(pick=pick, who=anyone, hours=st.sampled_from([-1, 1, 3]), ends=st.booleans())
    def press_what_is_offered(self, pick, who, hours, ends):
        """One of the buttons that someone has."""
        offered = self._offered(who)
        if not offered:
            return
        verb, person = offered[pick % len(offered)]
        options = {}
        if verb == "schedule":
            at = timezone.now() + hours * HOUR
            options = {"at": at, "until": at + 9 * HOUR if ends else None}
        self.move(verb, person, reason="理由", accepted=True, **options)

    @rule(steps=st.integers(1, 5), who=anyone)
    def go_forward(self, steps, who):
        """The straight way, by whoever may: chance alone would seldom come to its end."""
        for _step in range(steps):
            offered = [pair for pair in self._offered(who) if pair[0] in FORWARD]
            if not offered or not self.move(*offered[0], accepted=True):
                break

    def _offered(self, who):
        """Each verb that someone may, with the first who may it.

        Those who wrote and who signed are asked before all others, from ``who`` on: where a rule
        is broken, they are let.
        """
        tempted = {key for wrote in self.witness.wrote.values() for key in wrote}
        tempted |= set(SignOff.objects.values_list("person", flat=True))
        people = self.people[who:] + self.people[:who]
        review_state = review_state_of(self.now.story)
        offered = {}
        for person in sorted(people, key=lambda person: person.pk not in tempted):
            for verb in possible_transitions(review_state, person):
                offered.setdefault(verb.name.value, person)
        return list(offered.items())

    def _opened(self, person):
        """The row that the desk lets ``person`` write, as ``ArticleAdmin`` does."""
        right = "amend_article" if self.now.story.published_at else "change_article"
        if not person.has_perm(f"articles.{right}"):
            raise PermissionDenied
        return open_working_copy(self.now.story, person)

    @rule(who=anyone, what=st.sampled_from(sorted(TEXTS)), pick=pick)
    def edit(self, who, what, pick):
        """A column of the story; an address that readers had, or that is taken, no form takes."""

        def act():
            row = self._opened(person)
            taken = Article.objects.originals().exclude(pk=row.pk).filter(slug=value)
            if what in ("slug", "issued_on") and (
                row.published_at or row.copy_of_id or taken.exists()
            ):
                raise PermissionDenied
            edited(row, person, **{what: value})

        person, value = self.people[who], TEXTS[what][pick % len(TEXTS[what])]
        self.save(person, act)

    @rule(who=anyone, names=st.sampled_from(BYLINES), events=st.integers(0, 3))
    def edit_rows(self, who, names, events):
        """Bylines, and which events the story tells of."""

        def act():
            row = self._opened(person)
            row.bylines.all().delete()
            for order, name in enumerate(names, start=1):
                row.bylines.create(printed_name=name, order=order)
            row.meetings.set([self.meeting] if events % 2 else [])
            row.inspections.set([self.inspection] if events > 1 else [])
            save_version(row, person=person)

        person = self.people[who]
        self.save(person, act)

    @rule(who=anyone, pick=pick)
    def bring_back(self, who, pick):
        """A version, or only the copy into which it would go."""

        def act():
            self._opened(person)
            if pick % 4:
                restore(self.now.story, versions[pick % len(versions)], person)

        person = self.people[who]
        versions = Version.objects.of(self.story).order_by("number")
        self.save(person, act)

    @rule(who=anyone, inspection=st.booleans(), remarks=st.integers(0, 1), title=st.integers(0, 1))
    def amend(self, who, inspection, remarks, title):
        """Who was at an event, and what they said there."""

        def act():
            lock_stories_of(event)
            shown = event.articles.filter(visibility="live").exists()
            if shown and not person.has_perm("articles.amend_article"):
                raise PermissionDenied
            event.attendance.filter(printed_name="苏建设").update(**change)
            amended(event, person=person, reason="更正")

        event, person = (self.inspection if inspection else self.meeting), self.people[who]
        change = {"remarks": "要求\n" * remarks, "printed_title": "代区长" * title}
        done = self.now
        self.save(person, act)
        story = self.now.story
        if story.visibility == "live" and done is not self.now and self._tells_of(event):
            agrees = self._newest().digest == digest(self.now.contents[False])
            assert agrees == (story.record_changed_at is None)

    def _tells_of(self, event):
        return event.articles.filter(pk=self.story.pk).exists()

    @rule(title=st.sampled_from(["区长", "代区长"]), slug=st.sampled_from(TEXTS["slug"]))
    def amend_register(self, title, slug):
        """The title that an official held; and somewhere else a story takes a free address."""
        self.official.appointments.update(title=title)
        save_version(self.official, person=self.people[-1])
        if not Article.objects.filter(slug=slug).exists():
            Article.objects.create(headline="另一篇", slug=slug)
        self.now = Reading.of(self.story.pk)
        self.look()

    @rule(who=anyone, whose=anyone)
    def reset_a_password(self, who, whose):
        """From now on the two count as one person."""
        if who == whose:
            return
        self.clock[0] += SECOND
        one, other = self.people[who], self.people[whose]
        CredentialChange.objects.create(account=one, person=other, kind="reset")
        self.witness.saw_reset(one, other)
        self.look()

    @rule(gap=st.sampled_from([HOUR / 2, 2 * HOUR]))
    def wait_for_the_timer(self, gap):
        """What was set for an hour happens at it, or says why it could not."""
        self.clock[0] += gap
        before = self.now
        hour = True in before.rows and before.rows[True].scheduled_for
        results = publish_due()
        self.now = Reading.of(self.story.pk)
        assert len(results) == bool(hour and hour <= self.clock[0])
        for result in results:
            if result.failure:
                assert self.now.rows[True].failure == result.failure
                assert self.now.contents == before.contents
            else:
                self.witness.saw_cleared("publish", "", before, self.now)
        self.look()

    @rule(who=anyone)
    def look_at_the_home(self, who):
        """What waits for someone is what that person may sign."""
        person = self.people[who]
        waits = self.story.pk in QUEUES["waiting"].keys(person)
        may = any(
            verb.review for verb in possible_transitions(review_state_of(self.now.story), person)
        )
        # Who amended the record while readers had it is not asked for by the home.
        assert waits == may or (waits and self.now.story.visibility == "withdrawn")

    # What must hold

    def look(self):
        """After every act."""
        self._log_names_the_state()
        self._address_stays()
        self._readers_have_what_they_were_given()
        for thing in (*self.now.rows.values(), *self._records()):
            self._applying_what_is_there_changes_nothing(type(thing).objects.get(pk=thing.pk))

    def _records(self):
        return (self.meeting, self.inspection, self.project, self.official)

    def _newest(self):
        return Version.objects.of(self.story).filter(of_copy=False).order_by("-number").first()

    def _log_names_the_state(self):
        for is_copy, row in self.now.rows.items():
            lines = Transition.objects.filter(story=self.story, of_copy=is_copy)
            line = lines.order_by("-pk").first()
            named = (line.stage, line.visibility) if line else ("draft", "unpublished")
            assert (row.stage, row.visibility) == named

    def _address_stays(self):
        story = self.now.story
        address = (story.pk, story.slug, story.issued_on, story.published_at)
        if story.is_live():
            self.address = self.address or address
        assert self.address in (None, address)
        if copy := self.now.rows.get(True):
            assert (copy.slug, copy.issued_on) == (story.slug, story.issued_on)
        assert set(Article.objects.live()) == ({story} if story.is_live() else set())

    def _readers_have_what_they_were_given(self):
        story = self.now.story
        if story.visibility != "live":
            return
        now, given = self.now.contents[False], self._newest().content
        assert own(now) == own(given) == self.witness.readers_have
        assert printed_events(now) == printed_events(given) or story.record_changed_at

    def _applying_what_is_there_changes_nothing(self, thing):
        before, keys = snapshot(thing), child_keys(thing)
        if (thing, digest(before)) in self.applied:
            return
        self.applied.add((thing, digest(before)))
        assert apply(before, thing) == []
        after = snapshot(thing)
        assert (after, digest(after), child_keys(thing)) == (before, digest(before), keys)


def child_keys(thing):
    """Keys of the rows below ``thing``."""
    relations = SPECS[type(thing)].children
    return {name: [row.pk for row in getattr(thing, name).all()] for name in relations}


@pytest.mark.soak
def test_whatever_people_do(account, monkeypatch):
    numbers = dict(zip(ROLES, (2, 2, 3, 3), strict=True))
    clock = [MORNING]
    monkeypatch.setattr(timezone, "now", lambda: clock[0])
    people = [
        account(role, f"{role}-{one}") for role, many in numbers.items() for one in range(many)
    ]
    desk = type("Desk", (Desk,), {"people": people, "clock": clock})
    run_state_machine_as_test(
        desk,
        settings=settings(
            max_examples=times(700),
            stateful_step_count=30,
            derandomize=not SOAK,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
