"""Transitions, versions and signatures of a story, and which signatures count."""

import datetime
from collections.abc import Callable, Collection, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from articles.models import SignOff, Transition, Version
from articles.models.choices import TransitionName, Verdict
from articles.versions import sign_offs_of

#: Transitions by which a version became public. After them a round of reviews of the story begins;
#: that of a working copy begins when it is opened.
PUBLISHED = (
    TransitionName.ADOPT,
    TransitionName.PUBLISH,
    TransitionName.URGENT,
    TransitionName.ACKNOWLEDGE,
)
#: Transitions by which a version was cleared for publication; a schedule may have been cancelled.
CLEARED = (*PUBLISHED, TransitionName.SCHEDULE)
#: Those of them that needed signatures. A story that was published urgently has to be signed, or
#: needs a reason again, when it is published after a withdrawal.
SIGNED_FOR = tuple(name for name in CLEARED if name != TransitionName.URGENT)


@dataclass(frozen=True)
class Void:
    """A signature that does not count, and the version that voided it."""

    sign_off: SignOff
    voided_by: Version | None
    #: Names of accounts linked with the signer's that wrote the text or signed another review.
    linked: str = ""


@dataclass(frozen=True)
class History:
    """Transitions, versions and signatures of a story and its working copies, the oldest first."""

    transitions: list[Transition] = field(default_factory=list)
    versions: list[Version] = field(default_factory=list)
    sign_offs: list[SignOff] = field(default_factory=list)

    def clearing(self, version: Version | None) -> Transition | None:
        """The newest transition that cleared ``version``, unless it was returned since."""
        if version is None:
            return None
        same = [
            line
            for line in self.transitions
            if line.version and line.version.digest == version.digest
        ]
        line = newest(same, (*SIGNED_FOR, TransitionName.RETURN))
        return line if line and line.name in SIGNED_FOR else None

    def signed_for(self, line: Transition | None) -> list[SignOff]:
        """Signatures that a clearing transition relied on.

        They may be of earlier versions: publishing makes one without a person where it fills in
        the day.
        """
        if line is None or line.version is None:
            return []
        last, numbers = line.version.number, set()
        for one in reversed([one for one in self.versions if one.number <= last]):
            numbers.add(one.number)
            if one.person_id:
                break
        return [one for one in passed(self.sign_offs) if one.version.number in numbers]

    @property
    def people(self) -> frozenset[int]:
        """Keys of all who ever wrote, moved or signed the story."""
        keys = {one.person_id for one in self.versions}
        keys |= {one.person_id for one in self.transitions}
        keys |= {one.person_id for one in self.sign_offs}
        return frozenset(key for key in keys if key)


def histories(stories: Iterable[int]) -> dict[int | None, History]:
    """Histories by the key of the story, without contents of versions. Three queries for all."""
    keys = set(stories)
    found: dict[int | None, History] = {key: History() for key in keys}
    lines = Transition.objects.filter(story__in=found).select_related("version")
    for line in lines.defer("version__content").order_by("pk"):
        found[line.story_id].transitions.append(line)
    versions = Version.objects.filter(story__in=found).select_related("person")
    for version in versions.defer("content").order_by("number"):
        found[version.story_id].versions.append(version)
    for sign_off in sign_offs_of(*keys):
        found[sign_off.version.story_id].sign_offs.append(sign_off)
    return found


class Round:
    """The round of reviews of a story since it was published, or of a copy since it was opened."""

    def __init__(self, history: History, *, of_copy: bool):
        self.lines = [line for line in history.transitions if line.of_copy == of_copy]
        self.versions = [one for one in history.versions if one.of_copy == of_copy]
        began = newest(self.lines, (TransitionName.OPEN,) if of_copy else PUBLISHED)
        # Transitions from before there were versions have none.
        base = began.version.number if began and began.version else 0
        wrote = [one for one in self.versions if one.number > base]
        #: Keys of those who changed the text in this round, and of the author of the first version.
        self.contributors = {one.person_id for one in history.versions[:1] + wrote if one.person_id}
        sign_offs = [
            one
            for one in history.sign_offs
            if one.version.of_copy == of_copy and (not began or one.made_at > began.made_at)
        ]
        self.passed = passed(sign_offs)
        self.returned = [one for one in sign_offs if one.verdict == Verdict.RETURNED]

    def signers(self) -> dict[int, set[str]]:
        """Reviews that each person has signed, by key."""
        signers: dict[int, set[str]] = {}
        for one in self.passed:
            signers.setdefault(one.person_id, set()).add(one.stage)
        return signers


def passed(sign_offs: Iterable[SignOff]) -> list[SignOff]:
    """Signatures with a positive verdict."""
    return [one for one in sign_offs if one.verdict == Verdict.PASSED]


def newest(lines: list[Transition], names: Collection[str]) -> Transition | None:
    """The newest transition with one of ``names``, or None."""
    return next((line for line in reversed(lines) if line.name in names), None)


def valid_sign_offs(sign_offs: list[SignOff], version: Version | None) -> dict[str, SignOff]:
    """Signatures by review that count for ``version``: of the same digest, and no return since."""
    returned = [one.made_at for one in sign_offs if one.verdict == Verdict.RETURNED]
    last_return = max(returned, default=None)
    return {
        one.stage: one
        for one in sign_offs
        if one.verdict == Verdict.PASSED
        and version
        and one.version.digest == version.digest
        and not (last_return and last_return > one.made_at)
    }


def void_sign_offs(
    history: History, round_: Round, valid: dict[str, SignOff], barred: dict[SignOff, str]
) -> list[Void]:
    """Signatures of the round that do not count.

    ``barred`` are those of linked accounts, each with the names of these.
    """
    returns = [one.made_at for one in round_.returned]
    return [
        Void(one, None, barred[one])
        if one in barred
        else Void(one, _voided_by(one, history.versions, returns))
        for one in round_.passed
        if one not in valid.values()
    ]


def _voided_by(
    sign_off: SignOff, versions: list[Version], returns: list[datetime.datetime]
) -> Version | None:
    """The version after the signed one; None if the story was returned before there was one."""
    later = (one for one in versions if one.number > sign_off.version.number)
    version = next(later, None)
    returned = min((moment for moment in returns if moment > sign_off.made_at), default=None)
    if version and returned and returned < version.made_at:
        return None
    return version


def barred_sign_offs(
    passed: list[SignOff], contributors: AbstractSet[int], linked: Callable[[int], frozenset[int]]
) -> dict[SignOff, set[int]]:
    """Signatures of a round that do not count, each with the linked accounts that are the reason.

    These have written the text, or signed another review before. ``passed`` are the signatures of
    the round, the oldest first; ``linked`` gives the accounts that count as one person.
    """
    barred = {}
    for number, one in enumerate(passed):
        before = {former.person_id for former in passed[:number] if former.stage != one.stage}
        others = (before | contributors) & linked(one.person_id) - {one.person_id}
        if others:
            barred[one] = others
    return barred
