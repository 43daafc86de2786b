"""Someone who watches a story beside the workflow and keeps books of their own.

Nothing here asks the standing of a story, its rounds or its newest version: who wrote, who signed
and what readers were given is written down as it happens.
"""

import itertools

from articles.models import Article, SignOff
from articles.versions import digest, snapshot

STAGES = ("first", "second", "third")
#: Verbs that decide what readers have.
CLEARS = ("publish", "urgent", "schedule")


def bare(value, *left_out):
    """A content without what a version may differ in: ``left_out`` are keys at any depth."""
    if isinstance(value, dict):
        return {name: bare(part, *left_out) for name, part in value.items() if name not in left_out}
    if isinstance(value, list):
        return [bare(part, *left_out) for part in value]
    return value


def own(content):
    """What a story says itself; its day of issue is filled when it is published."""
    return bare(content, "label", "events", "issued_on")


def printed_events(content):
    """The record as it was written; ``shown`` comes from the register, which flags no story."""
    return bare(content["events"], "label", "shown")


class Witness:
    """The books of one story; of the two rows, the working copy is True and the story False."""

    def __init__(self, story, author):
        """Begin with a draft that ``author`` has written."""
        self.key = story.pk
        self.wrote = {False: {author.pk}, True: set()}
        self.began = {False: 0, True: 0}
        self.cleared = set()
        self.readers_have = None

    def rows(self):
        """The story and, where there is one, its copy."""
        story = Article.objects.get(pk=self.key)
        copies = Article.objects.filter(copy_of=self.key)
        assert len(copies) < 2
        return {False: story, **{True: copy for copy in copies}}

    def at_work(self):
        """Which of the two rows is reviewed, and the digest of what it says."""
        rows = self.rows()
        return True in rows, digest(snapshot(rows[True in rows]))

    def texts(self):
        """Digests of the two rows, as they are stored now."""
        return {is_copy: digest(snapshot(row)) for is_copy, row in self.rows().items()}

    def saw_change(self, person, before):
        """Whoever changed a text that was ``before`` has written it."""
        after = self.texts()
        if True in after and True not in before:
            self._begin(is_copy=True)
            before = {**before, True: before[False]}
        for is_copy in before.keys() & after.keys():
            if before[is_copy] != after[is_copy]:
                self.wrote[is_copy].add(person.pk)

    def saw_cleared(self, verb, reason, at_work):
        """The text ``at_work`` goes to readers: it is signed, was cleared before, or is urgent."""
        is_copy, name = at_work
        if verb == "urgent":
            assert reason.strip()
        else:
            assert name in self.cleared or self.is_signed(is_copy, name)
        now = snapshot(self.rows()[False])
        self.cleared |= {name, digest(now)}
        if verb == "schedule" and is_copy:
            return
        self.readers_have = own(now)
        if verb != "schedule":
            self._begin(is_copy=False)

    def saw_acknowledged(self):
        """The record that readers have already was looked at, and is theirs from now on."""
        self.cleared.add(digest(snapshot(self.rows()[False])))
        self._begin(is_copy=False)

    def is_signed(self, is_copy, name):
        """Whether three people who wrote nothing of it have signed it since it was last sent back."""
        signed = {stage: set() for stage in STAGES}
        sign_offs = SignOff.objects.filter(
            version__story=self.key, version__of_copy=is_copy, pk__gt=self.began[is_copy]
        )
        for one in sign_offs.order_by("pk").select_related("version"):
            if one.verdict == "returned":
                signed = {stage: set() for stage in STAGES}
            elif one.version.digest == name and one.person_id not in self.wrote[is_copy]:
                signed[one.stage].add(one.person_id)
        return any(len(set(three)) == 3 for three in itertools.product(*signed.values()))

    def _begin(self, *, is_copy):
        """A round: whoever wrote or signed before it may sign."""
        newest = SignOff.objects.order_by("-pk").first()
        self.wrote[is_copy] = set()
        self.began[is_copy] = newest.pk if newest else 0
