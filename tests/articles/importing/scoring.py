"""How well pages were read: what was found of what is there, and what is not there."""

import random
from collections import Counter
from dataclasses import dataclass, field

from articles.importing.parser import parse
from articles.importing.parser.text import without_space
from tests.articles.importing.layouts import page

#: Characters at each end of a body that have to be right.
ENDS = 8
#: Roles of those who make the page: their line stands at its foot, for all stories.
STAFF = {*"责编 编辑 校对 责任编辑 美编 一审 二审 三审 组版 审读 值班编委".split()}
KINDS = ("stories", "titles", "bylines", "persons", "stops", "meetings")


def plain(text):
    """Text as it is compared: without white space and differences of width."""
    return without_space(text.translate(str.maketrans("，；：（）！？", ",;:()!?")))


@dataclass
class Score:
    """Found and right, in print, found at all, by kind."""

    right: Counter = field(default_factory=Counter)
    printed: Counter = field(default_factory=Counter)
    found: Counter = field(default_factory=Counter)
    #: What was missed and what was invented, to look at.
    wrong: list = field(default_factory=list)

    def count(self, kind, printed, found, text=""):
        printed, found = Counter(printed), Counter(found)
        both = printed & found
        self.right[kind] += both.total()
        self.printed[kind] += printed.total()
        self.found[kind] += found.total()
        if printed != found:
            self.wrong.append((kind, list(printed - both), list(found - both), text))

    def recall(self, kind):
        return self.right[kind] / max(1, self.printed[kind])

    def precision(self, kind):
        return self.right[kind] / max(1, self.found[kind])

    def __str__(self):
        return "\n".join(
            f"{kind:9} {self.printed[kind]:6} printed, recall {self.recall(kind):.2%}, "
            f"precision {self.precision(kind):.2%}"
            for kind in KINDS
        )


def body_ends(paragraphs):
    body = plain("".join(paragraphs))
    return body[:ENDS], body[-ENDS:]


def score(vocabulary, seed, pages) -> Score:
    """Read ``pages`` pages drawn from a vocabulary."""
    done = Score()
    for number in range(pages):
        text, stories = page(random.Random(f"{seed}-{number}"), vocabulary)  # noqa: S311
        read = parse(text).stories
        compare(done, text, stories, read)
    return done


def compare(done, text, stories, read):
    """Count one page."""
    printed = [printed_facts(story) for story in stories]
    found = [read_facts(one, stories) for one in read]
    for kind in KINDS:
        done.count(
            kind,
            [plain_all(fact) for facts in printed for fact in facts[kind]],
            [plain_all(fact) for facts in found for fact in facts[kind]],
            text,
        )


def printed_facts(story):
    return {
        "stories": [(story.headline, *body_ends(story.paragraphs))],
        "titles": [story.headline],
        "bylines": story.bylines,
        "persons": story.persons,
        "stops": story.stops,
        "meetings": story.meetings,
    }


def read_facts(one, stories):
    groups = [group for inspection in one.inspections for group in inspection.groups]
    return {
        "stories": [(headline(one, stories), *body_ends([each.text for each in one.paragraphs]))],
        "titles": [one.title.headline if one.title else ""],
        "bylines": [(row.role, row.name) for row in one.bylines if row.role not in STAFF],
        "persons": [(person.name, person.title) for person in one.persons],
        "stops": [stop.text for group in groups for stop in group.stops],
        "meetings": [meeting.name for meeting in one.meetings],
    }


def headline(one, stories):
    """The headline; where it is asked how to split it, the right answer if it is offered."""
    if not one.title:
        return ""
    asked = one.title.other and one.title.confidence < 0.8
    offered = [one.title.headline, *([one.title.other[1]] if asked else [])]
    right = {plain(story.headline) for story in stories}
    return next(
        (plain(each) for each in offered if plain(each) in right), plain(one.title.headline)
    )


def plain_all(value):
    return tuple(map(plain, value)) if isinstance(value, tuple) else plain(value)
