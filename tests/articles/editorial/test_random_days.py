"""Random days at the desk: whatever people do in whatever order, what must hold does hold."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule, run_state_machine_as_test

from articles.editorial import (
    QUEUES,
    TRANSITIONS,
    amended,
    lock_stories_of,
    possible_transitions,
    publish_due,
    restore,
    review_state_of,
)
from articles.editorial.roles import ROLES
from articles.models import (
    Article,
    Version,
)
from articles.versions import digest, save_version
from people.models import CredentialChange
from tests.support.machine import SOAK, times
from tests.support.stories import edited
from tests.support.watched_story import HOUR, MORNING, SECOND, TEXTS, WatchedStory
from tests.support.witness import Reading

BYLINES = (("王某",), ("王某", "李某"), ("李某", "王某"))
FORWARD = ("submit", "first", "second", "sign", "publish")

anyone = st.integers(0, 9)
pick = st.integers(0, 99)


class Desk(WatchedStory):
    """Ten people who do what they may with a story and what they may not."""

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
        assert waits == may


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
