"""How a page prints its stories: lines, columns, marks of the page."""

import random
import re

from tests.articles.importing.drawing import Scene, Story, Vocabulary

HALF = str.maketrans("，；：（）", ",;:()")
FULL = str.maketrans(",;:()", "，；：（）")
INDENT = "　　"
#: A column never breaks where a sentence ends: no reader could tell it from a paragraph.
_ENDS = tuple("。!?！？”’")


def page(rng: random.Random, vocabulary: Vocabulary) -> tuple[str, list[Story]]:
    """A page as it is pasted, and its stories in order."""
    stories = [Scene(rng, vocabulary).draw() for _ in range(rng.randint(2, 7))]
    lay = rng.choice([_spaced, _spaced, _web, _narrow])
    head = [rng.choice(vocabulary.page_heads)] if rng.random() < 0.3 else []
    foot = [rng.choice(vocabulary.staff)] if rng.random() < 0.3 else []
    text = lay(rng, vocabulary, stories, [Scene(rng, vocabulary).write(line) for line in head])
    text = "\n\n".join([text, *(Scene(rng, vocabulary).sign(line) for line in foot)])
    return text.translate(rng.choice([HALF, FULL])), stories


def _lines(rng, story, title) -> tuple[list[str], list[str], list[str]]:
    """Lines before the body, paragraphs, and lines after."""
    paragraphs = list(story.paragraphs)
    before, after = list(title), []
    signature, label = story.signature, story.label
    if story.place == "start":
        label = label.rstrip() + signature
    elif story.place == "before":
        before.append(signature)
    elif story.place == "glued":
        paragraphs[-1] += signature
    elif signature:
        after += signature.split("\n")
    paragraphs[0] = label + paragraphs[0]
    return before, paragraphs, after


def _title(rng, story, *, one_line) -> list[str]:
    if not story.kicker:
        return [story.headline]
    return [f"{story.kicker} {story.headline}"] if one_line else [story.kicker, story.headline]


def _cut(rng, text, pieces) -> list[str]:
    """``text`` cut at random, inside names and numbers too."""
    places = [
        place
        for place in range(12, len(text) - 12)
        if not text[place - 1 : place].isspace()
        and not text[place].isspace()
        and not text[:place].endswith(_ENDS)
    ]
    chosen = sorted(rng.sample(places, min(pieces - 1, len(places))))
    return [text[a:b] for a, b in zip([0, *chosen], [*chosen, len(text)], strict=True)]


def _spaced(rng, vocabulary, stories, head):
    """As the bulletin is: an empty line after each line, columns broken anywhere."""
    lines = list(head)
    for story in stories:
        before, paragraphs, after = _lines(rng, story, _title(rng, story, one_line=True))
        lines += before
        for text in paragraphs:
            lines += _cut(rng, text, rng.choice([1, 1, 2, 3]) if len(text) > 80 else 1)
        lines += after
        if rng.random() < 0.05:
            lines.append(rng.choice(vocabulary.jumps))
    return "\n\n".join(lines)


def _web(rng, vocabulary, stories, head):
    """As copied from a site: a line a paragraph, indented or not."""
    indent = rng.choice(["", INDENT])
    blocks = ["\n".join(head)] if head else []
    one_line = rng.random() < 0.5
    for story in stories:
        before, paragraphs, after = _lines(rng, story, _title(rng, story, one_line=one_line))
        blocks.append("\n".join([*before, *(indent + text for text in paragraphs), *after]))
    return "\n\n".join(blocks)


def _narrow(rng, vocabulary, stories, head):
    """As copied from a page file: each line of a column is a line."""
    width = rng.randint(17, 26)
    lines = list(head)
    for story in stories:
        before, paragraphs, after = _lines(rng, story, _title(rng, story, one_line=False))
        lines += before
        for text in paragraphs:
            text = INDENT + text  # noqa: PLW2901
            lines += [text[at : at + width] for at in range(0, len(text), width)]
        lines += after
    return "\n".join(re.sub(r"^ +| +$", "", line) for line in lines)
