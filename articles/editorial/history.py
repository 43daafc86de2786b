"""What was written down of a story: its transitions, versions and signatures, and which count."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from articles.models import SignOff, Transition, Version
from articles.models.choices import TransitionName, Verdict
from articles.versions import sign_offs_of

#: Lines of the log by which readers got a version: a round of reviews of the story begins after
#: them, that of a working copy when it is opened.
PUBLISHED = (
    TransitionName.ADOPT,
    TransitionName.PUBLISH,
    TransitionName.URGENT,
    TransitionName.ACKNOWLEDGE,
)
#: Lines by which a version was cleared for them: its hour may have been taken back.
CLEARED = (*PUBLISHED, TransitionName.SCHEDULE)
#: Those of them that signatures stood behind: what went out urgently is signed, or given a reason,
#: anew when it comes back.
SIGNED_FOR = tuple(name for name in CLEARED if name != TransitionName.URGENT)


@dataclass(frozen=True)
class Void:
    """A signature that no longer counts, and the version that voided it."""

    sign_off: SignOff
    voided_by: Version | None
    #: Names of the accounts that count as one person with the signer's, and wrote or signed before.
    one_hand: str = ""


@dataclass(frozen=True)
class History:
    """All lines, versions and signatures of a story and of its working copies, oldest first."""

    transitions: list[Transition] = field(default_factory=list)
    versions: list[Version] = field(default_factory=list)
    sign_offs: list[SignOff] = field(default_factory=list)

    def clearing(self, version: Version | None) -> Transition | None:
        """The newest line that cleared ``version`` for readers, unless it was returned since."""
        if version is None:
            return None
        lines = (line for line in self.transitions if line.version)
        same = [line for line in lines if line.version.digest == version.digest]
        line = newest(same, (*SIGNED_FOR, TransitionName.RETURN))
        return line if line and line.name in SIGNED_FOR else None

    def signed_for(self, line: Transition | None) -> list[SignOff]:
        """Signatures that cleared the line's version; filling the day may have made more of it."""
        if line is None:
            return []
        numbers = set()
        for one in reversed([one for one in self.versions if one.number <= line.version.number]):
            numbers.add(one.number)
            if one.person_id:
                break
        return [one for one in passed(self.sign_offs) if one.version.number in numbers]


def histories(stories: Iterable[int]) -> dict[int, History]:
    """Histories by the key of the story; three queries, however many. Contents are not read."""
    found = {story: History() for story in stories}
    lines = Transition.objects.filter(story__in=found).select_related("version")
    for line in lines.defer("version__content").order_by("pk"):
        found[line.story_id].transitions.append(line)
    versions = Version.objects.filter(story__in=found).select_related("person")
    for version in versions.defer("content").order_by("number"):
        found[version.story_id].versions.append(version)
    for sign_off in sign_offs_of(*found):
        found[sign_off.version.story_id].sign_offs.append(sign_off)
    return found


class Round:
    """The reviews of a row: since readers got the story's text, or since its copy was opened."""

    def __init__(self, history: History, *, of_copy: bool):
        """Pick out what is of the row, and what is of this round."""
        self.lines = [line for line in history.transitions if line.of_copy == of_copy]
        self.versions = [one for one in history.versions if one.of_copy == of_copy]
        began = newest(self.lines, (TransitionName.OPEN,) if of_copy else PUBLISHED)
        # Lines from before there were versions have none.
        base = began.version.number if began and began.version else 0
        wrote = [one for one in self.versions if one.number > base]
        #: Who wrote or changed what is reviewed, by key; whoever wrote the story's first version.
        self.contributors = {one.person_id for one in history.versions[:1] + wrote} - {None}
        sign_offs = [
            one
            for one in history.sign_offs
            if one.version.of_copy == of_copy and (not began or one.made_at > began.made_at)
        ]
        self.passed = passed(sign_offs)
        self.returned = [one for one in sign_offs if one.verdict == Verdict.RETURNED]

    def signers(self) -> dict[int, set[str]]:
        """Who signed which reviews, by key."""
        signers = {}
        for one in self.passed:
            signers.setdefault(one.person_id, set()).add(one.stage)
        return signers


def passed(sign_offs: Iterable[SignOff]) -> list[SignOff]:
    """Those that are no returns."""
    return [one for one in sign_offs if one.verdict == Verdict.PASSED]


def newest(lines: list[Transition], names) -> Transition | None:
    """The newest line of ``names``; None where there is none."""
    return next((line for line in reversed(lines) if line.name in names), None)


def valid_sign_offs(sign_offs: list[SignOff], version: Version | None) -> dict[str, SignOff]:
    """Signatures by review that count for ``version``: same digest, and not returned since."""
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
    """Signatures of the round that do not count; ``barred`` has those of a hand that had acted."""
    returns = [one.made_at for one in round_.returned]
    return [
        Void(one, None, barred[one])
        if one in barred
        else Void(one, _voided_by(one, history.versions, returns))
        for one in round_.passed
        if one not in valid.values()
    ]


def _voided_by(sign_off, versions, returns):
    """The version after the signature's; None where the story was returned before there was one."""
    later = (one for one in versions if one.number > sign_off.version.number)
    version = next(later, None)
    returned = min((moment for moment in returns if moment > sign_off.made_at), default=None)
    if version and returned and returned < version.made_at:
        return None
    return version
