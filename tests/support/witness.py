"""Someone who watches a story beside the workflow and keeps books of their own.

Nothing here asks for the review state of a story, its rounds or its newest version: who wrote, who
signed and what readers were given is written down as it happens.
"""

import itertools
from dataclasses import dataclass

from articles.models import Article, SignOff, Transition, Version
from articles.versions import digest, snapshot

STAGES = ("first", "second", "third")
#: Verbs that decide what readers have.
CLEARS = ("publish", "urgent", "schedule")
STATE = (
    "stage visibility published_at expires_at updated_at scheduled_for failure record_changed_at"
).split()


def bare(value, *left_out):
    """A content without what a version may differ in: ``left_out`` are keys at any depth."""
    if isinstance(value, dict):
        return {name: bare(part, *left_out) for name, part in value.items() if name not in left_out}
    if isinstance(value, list):
        return [bare(part, *left_out) for part in value]
    return value


def own(content):
    """What a story says itself; its day of issue is filled when it is published.

    ``shown`` comes from the register, which flags no story.
    """
    return bare(content, "label", "events", "issued_on", "shown")


def printed_events(content):
    """The record as it was written; ``shown`` comes from the register, which flags no story."""
    return bare(content["events"], "label", "shown")


def by_event(content):
    """The events of a story by key."""
    return {(event["model"], event["key"]): bare(event, "label") for event in content["events"]}


def amended(before, after):
    """Keys of the events that alone differ between two contents; empty where more does."""
    was, now = by_event(before), by_event(after)
    same_text = bare(before, "label", "events") == bare(after, "label", "events")
    if not same_text or was.keys() != now.keys():
        return set()
    return {key for key in was if was[key] != now[key]}


@dataclass
class Reading:
    """What is stored of a story; of the two rows, the working copy is True and the story False."""

    rows: dict
    contents: dict
    others: list

    @classmethod
    def of(cls, key):
        """Read the rows of the story ``key`` anew."""
        rows = {False: Article.objects.get(pk=key)}
        if copies := Article.objects.filter(copy_of=key):
            [rows[True]] = copies
        return cls(
            rows,
            {is_copy: snapshot(row) for is_copy, row in rows.items()},
            [[row.pk, *(getattr(row, name) for name in STATE)] for row in rows.values()]
            + [model.objects.count() for model in (Article, Transition, SignOff, Version)],
        )

    @property
    def story(self):
        """The row that readers may have."""
        return self.rows[False]

    @property
    def at_work(self):
        """Whether the copy is reviewed or the story, and the digest of what it says."""
        is_copy = True in self.rows
        return is_copy, digest(self.contents[is_copy])


class Witness:
    """The books of one story."""

    def __init__(self, story, author):
        """Begin with a draft that ``author`` has written."""
        self.key = story.pk
        self.wrote = {False: {author.pk}, True: set()}
        self.amended = {False: set(), True: set()}
        self.began = {False: 0, True: 0}
        self.cleared = set()
        self.readers_have = None
        self.one_hand = []

    def saw_change(self, person, before, after):
        """Whoever changed a text has written it; a new copy says at first what its story says.

        Whoever amended an event wrote a part of a text as long as the text tells of it.
        """
        texts = dict(before.contents)
        if True in after.rows and True not in before.rows:
            self._begin(is_copy=True)
            texts[True] = before.contents[False]
        for is_copy in texts.keys() & after.contents.keys():
            was, now = texts[is_copy], after.contents[is_copy]
            events = amended(was, now)
            if digest(was) != digest(now) and not events:
                self.wrote[is_copy].add(person.pk)
            self.amended[is_copy] |= {(person.pk, key) for key in events}

    def saw_reset(self, one, other):
        """One set the other's password: from here on they, and who is one with either, are one."""
        merged = {one.pk, other.pk}.union(
            *(hand for hand in self.one_hand if hand & {one.pk, other.pk})
        )
        self.one_hand = [hand for hand in self.one_hand if not hand & merged] + [merged]

    def _hands(self, people):
        """People as hands: two who are one are there once."""
        return {min([one, *(min(hand) for hand in self.one_hand if one in hand)]) for one in people}

    def saw_cleared(self, verb, reason, before, after):
        """The text at work goes to readers: it is signed, was cleared before, or is urgent."""
        is_copy, name = before.at_work
        if verb == "urgent":
            assert reason.strip()
        else:
            assert name in self.cleared or self.is_signed(is_copy, before.contents[is_copy])
        self.cleared |= {name, digest(after.contents[False])}
        if verb == "schedule" and is_copy:
            return
        self.readers_have = own(after.contents[False])
        if verb != "schedule":
            self._begin(is_copy=False)

    def saw_acknowledged(self, after):
        """The record that readers have already was looked at, and is theirs from now on."""
        self.cleared.add(digest(after.contents[False]))
        self._begin(is_copy=False)

    def is_signed(self, is_copy, content):
        """Whether three people who wrote nothing of it signed it since it was last sent back."""
        name, told = digest(content), by_event(content)
        wrote = self.wrote[is_copy] | {
            person for person, event in self.amended[is_copy] if event in told
        }
        wrote = self._hands(wrote)
        signed = {stage: set() for stage in STAGES}
        sign_offs = SignOff.objects.filter(
            version__story=self.key, version__of_copy=is_copy, pk__gt=self.began[is_copy]
        )
        for one in sign_offs.order_by("pk").select_related("version"):
            if one.verdict == "returned":
                signed = {stage: set() for stage in STAGES}
            elif one.version.digest == name and not self._hands({one.person_id}) & wrote:
                signed[one.stage] |= self._hands({one.person_id})
        return any(len(set(three)) == 3 for three in itertools.product(*signed.values()))

    def _begin(self, *, is_copy):
        """A round: whoever wrote or signed before it may sign."""
        newest = SignOff.objects.order_by("-pk").first()
        self.wrote[is_copy], self.amended[is_copy] = set(), set()
        self.began[is_copy] = newest.pk if newest else 0
