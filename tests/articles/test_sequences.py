"""Random days at the desk: whatever people do in whatever order, what must hold does hold."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from articles.models import Article, Byline, Inspection, Meeting, Move, Project, Section, Version
from articles.models import SignOff as Signature
from articles.versions import SHAPES, apply, digest, keep, snapshot
from articles.workflow import (
    VERBS,
    Refused,
    open_row,
    perform,
    possible_moves,
    publish_due,
    record_changed,
    restore,
    standing_of,
)
from articles.workflow.locking import lock_stories_of
from articles.workflow.roles import ROLES
from people.models import Official, Organisation
from tests.reviews import edited
from tests.scale import SOAK, times
from tests.witness import CLEARS, Witness, own, printed_events

MORNING = datetime.datetime(2026, 3, 2, 1, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
#: Few texts, so that one often comes back to what it was.
TEXTS = {
    "headline": ("桥通了", "桥通车了", "苏建设看新桥"),
    "body": ("<p>新桥今天通车。</p>", "<p>新桥昨天<b>通车</b>。</p>", ""),
    "summary": ("新桥通车。", ""),
    "slug": ("qiao", "xin-qiao", "ling-yi-pian"),
    "issued_on": (None, datetime.date(2026, 3, 5)),
}
BYLINES = ((), ("王某",), ("王某", "李某"), ("李某", "王某"))
STATE = (
    "stage visibility published_at expires_at updated_at scheduled_for failure record_changed_at"
).split()
FORWARD = ("submit", "first", "second", "sign", "publish")

anyone = st.integers(0, 9)
pick = st.integers(0, 99)
gap = st.sampled_from([datetime.timedelta(seconds=1), HOUR / 2, 2 * HOUR])


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
        keep(story, person=self.people[0])
        return story

    # What people do

    def attempt(self, person, act, gap=datetime.timedelta(seconds=1)):
        """Let time pass and ``act``; a refusal leaves everything as it was. The answer, or None."""
        self.clock[0] += gap
        before, texts = self.everything(), self.witness.texts()
        try:
            with transaction.atomic():
                answer = act()
        except (Refused, PermissionDenied):
            assert self.everything() == before
            return None
        if person:
            self.witness.saw_change(person, texts)
        return answer

    def move(self, verb, person, **options):
        """Press a button, on a screen that was drawn just now."""
        at_work = self.witness.at_work()
        row = Article.objects.filter(copy_of=self.story).first() or self.story
        if verb in ("withdraw", "acknowledge"):
            row = self.story
        row.refresh_from_db()
        lines = Move.objects.count()
        move = self.attempt(None, lambda: perform(verb, row, person=person, **options))
        if move is None:
            return False
        assert (Move.objects.count(), move.verb, move.person) == (lines + 1, verb, person)
        if verb in CLEARS:
            self.witness.saw_cleared(verb, options.get("reason", ""), at_work)
        if verb == "acknowledge":
            self.witness.saw_acknowledged()
        return True

    @rule(verb=st.sampled_from(sorted(VERBS)), who=anyone, reason=st.sampled_from(["", "理由"]))
    def press_anything(self, verb, who, reason):
        self.move(verb, self.people[who], reason=reason, accepted=bool(reason))

    @rule(pick=pick, who=anyone, ahead=st.sampled_from([-1, 1, 3]), ends=st.booleans())
    def press_what_is_offered(self, pick, who, ahead, ends):
        standing = standing_of(self.story)
        offered = {
            verb.name.value: person
            for person in self.people[who:] + self.people[:who]
            for verb in possible_moves(standing, person)
        }
        if not offered:
            return
        verb, person = sorted(offered.items(), key=lambda pair: pair[0])[pick % len(offered)]
        hours = {}
        if verb == "schedule":
            at = timezone.now() + ahead * HOUR
            hours = {"at": at, "until": at + 9 * HOUR if ends else None}
        self.move(verb, person, reason="理由", accepted=True, **hours)

    @rule(steps=st.integers(1, 5), who=anyone)
    def go_forward(self, steps, who):
        """The straight way, by whoever may: chance alone would seldom come to its end."""
        for _step in range(steps):
            standing = standing_of(self.story)
            offered = [
                (verb.name.value, person)
                for person in self.people[who:] + self.people[:who]
                for verb in possible_moves(standing, person)
                if verb.name in FORWARD
            ]
            if not offered or not self.move(*offered[0], accepted=True):
                break

    @rule(who=anyone, what=st.sampled_from(sorted(TEXTS)), pick=pick)
    def edit(self, who, what, pick):
        value = TEXTS[what][pick % len(TEXTS[what])]

        def act():
            row = self._opened(person)
            if what in ("slug", "issued_on") and not self._may_have_address(row, value):
                raise PermissionDenied
            edited(row, person, **{what: value})

        person = self.people[who]
        self.attempt(person, act)

    def _may_have_address(self, row, value):
        taken = Article.objects.originals().exclude(pk=row.pk).filter(slug=value).exists()
        return not (row.published_at or row.copy_of_id or taken)

    @rule(slug=st.sampled_from(TEXTS["slug"]))
    def another_story_takes_an_address(self, slug):
        if not Article.objects.filter(slug=slug).exists():
            Article.objects.create(headline="另一篇", slug=slug)

    @rule(who=anyone, names=st.sampled_from(BYLINES), events=st.integers(0, 3))
    def edit_rows(self, who, names, events):
        def act():
            row = self._opened(person)
            row.bylines.all().delete()
            for order, name in enumerate(names, start=1):
                row.bylines.create(printed_name=name, order=order)
            row.meetings.set([self.meeting] if events % 2 else [])
            row.inspections.set([self.inspection] if events > 1 else [])
            keep(row, person=person)

        person = self.people[who]
        self.attempt(person, act)

    @rule(who=anyone)
    def open(self, who):
        person = self.people[who]
        self.attempt(person, lambda: self._opened(person))

    @rule(who=anyone, pick=pick)
    def bring_back(self, who, pick):
        def act():
            row = self._opened(person)
            restore(self.story, version, person)
            assert row.pk == (Article.objects.filter(copy_of=self.story).first() or row).pk

        person = self.people[who]
        versions = Version.objects.of(self.story).order_by("number")
        version = versions[pick % len(versions)]
        self.attempt(person, act)

    def _opened(self, person):
        """The row that the desk lets ``person`` write, as ``ArticleAdmin`` does."""
        self.story.refresh_from_db()
        right = "amend_article" if self.story.published_at else "change_article"
        if not person.has_perm(f"articles.{right}"):
            raise PermissionDenied
        return open_row(self.story, person)

    @rule(who=anyone, event=st.booleans(), remarks=st.integers(0, 2), title=st.booleans())
    def amend(self, who, event, remarks, title):
        event, person = (self.meeting, self.inspection)[event], self.people[who]
        change = {"remarks": "要求\n" * remarks, "printed_title": "代区长" if title else ""}

        def act():
            lock_stories_of(event)
            shown = event.articles.filter(visibility="live").exists()
            if shown and not person.has_perm("articles.amend_article"):
                raise PermissionDenied
            event.attendance.filter(printed_name="苏建设").update(**change)
            record_changed(event, person=person, reason="更正")
            return True

        if self.attempt(person, act):
            self._flag_is_right(event)

    def _flag_is_right(self, event):
        self.story.refresh_from_db()
        if self.story.visibility == "live" and event in (
            *self.story.meetings.all(),
            *self.story.inspections.all(),
        ):
            agrees = self._newest(of_copy=False).digest == digest(snapshot(self.story))
            assert agrees == (self.story.record_changed_at is None)

    @rule(title=st.sampled_from(["区长", "代区长"]))
    def amend_register(self, title):
        def act():
            self.official.appointments.update(title=title)
            keep(self.official, person=self.people[-1])

        self.attempt(None, act)

    @rule(gap=gap)
    def wait_for_the_timer(self, gap):
        self.clock[0] += gap
        rows, at_work = self.witness.rows(), self.witness.at_work()
        due = (
            True in rows and rows[True].scheduled_for and rows[True].scheduled_for <= self.clock[0]
        )
        results = publish_due()
        assert len(results) == bool(due)
        for result in results:
            if not result.failure:
                self.witness.saw_cleared("publish", "", at_work)
            else:
                assert self.witness.rows()[True].failure == result.failure

    # What must hold

    def everything(self):
        """What a refused act must not touch."""
        rows = self.witness.rows().values()
        return (
            [[row.pk, *(getattr(row, name) for name in STATE), snapshot(row)] for row in rows],
            [snapshot(thing) for thing in self._records()],
            [model.objects.count() for model in (Move, Signature, Version, Article)],
        )

    def _records(self):
        return (self.meeting, self.inspection, self.project, self.official)

    def _newest(self, **which):
        return Version.objects.of(self.story).filter(**which).order_by("-number").first()

    @invariant()
    def the_log_names_the_state(self):
        for is_copy, row in self.witness.rows().items():
            lines = Move.objects.filter(story=self.story, of_copy=is_copy)
            line = lines.order_by("-pk").first()
            named = (line.stage, line.visibility) if line else ("draft", "unpublished")
            assert (row.stage, row.visibility) == named

    @invariant()
    def an_address_that_readers_had_stays(self):
        rows = self.witness.rows()
        story = rows[False]
        address = (story.pk, story.slug, story.issued_on, story.published_at)
        if story.is_live():
            self.address = self.address or address
        assert self.address in (None, address)
        if True in rows:
            copy = rows[True]
            assert (copy.slug, copy.issued_on) == (story.slug, story.issued_on)
            assert not copy.is_live()
        assert set(Article.objects.live()) == ({story} if story.is_live() else set())

    @invariant()
    def readers_have_what_they_were_given(self):
        story = self.witness.rows()[False]
        if story.visibility != "live":
            return
        now, given = snapshot(story), self._newest(of_copy=False).content
        assert own(now) == own(given) == self.witness.readers_have
        assert printed_events(now) == printed_events(given) or story.record_changed_at

    @invariant()
    def applying_what_is_there_changes_nothing(self):
        for thing in (*self.witness.rows().values(), *self._records()):
            thing = type(thing).objects.get(pk=thing.pk)
            before, keys = snapshot(thing), child_keys(thing)
            if (thing, digest(before)) in self.applied:
                continue
            self.applied.add((thing, digest(before)))
            assert apply(before, thing) == []
            after = snapshot(thing)
            assert (after, digest(after), child_keys(thing)) == (before, digest(before), keys)


def child_keys(thing):
    """Keys of the rows below ``thing``."""
    relations = SHAPES[type(thing)].children
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
            max_examples=times(2000),
            stateful_step_count=40,
            derandomize=not SOAK,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
