"""One story with its record, whatever is done to it, and what must hold after every act."""

import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis.stateful import RuleBasedStateMachine

from articles.editorial import (
    Refused,
    execute,
    open_working_copy,
    possible_transitions,
    review_state_of,
)
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
from people.models import Official, Organisation
from tests.support.searching import is_indexed
from tests.support.stories import next_reviews, stored_next_reviews
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


class WatchedStory(RuleBasedStateMachine):
    """Acts are attempted by a subclass, which has the rules; refused ones leave no trace."""

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
        """Forget the sequence; until then the index has followed."""
        assert is_indexed(self.story)
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

    def _tells_of(self, event):
        return event.articles.filter(pk=self.story.pk).exists()

    def look(self):
        """After every act."""
        self._log_names_the_state()
        assert stored_next_reviews() == next_reviews()
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
