"""Whatever two texts are compared: no character is lost, no token is torn, and it ends in time."""

import html
import re
import time
from itertools import groupby
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.sanitise import clean_body
from articles.versions.diff import Vocabulary, compare, diff_bodies, diff_text
from tests.support.comparing import PEOPLE, body, content, of_bodies, row

patiently = settings(deadline=None)  # a loaded machine is no fault

LETTERS = "区委政府苏明远方以宁长代，。、4月12日千个AB　"
sentences = st.text(st.sampled_from(LETTERS), max_size=30)
paragraphs = st.lists(sentences.map(html.escape), max_size=6).map(lambda texts: body(*texts))
bodies = paragraphs | st.text(max_size=60).map(clean_body) | st.text(max_size=40).map(html.escape)


def plain(markup):
    """Text of a body, said independently of the code under test."""
    return html.unescape(re.sub(r"<[^>]*>", "", markup.replace("<br>", "\n")))


@settings(deadline=None, max_examples=400)
@given(old=bodies, new=bodies)
def test_pieces_are_faithful(old, new):
    pieces = [piece for block in diff_bodies(old, new, PEOPLE) for piece in block.pieces]
    assert kept_by(pieces, "removed") == text_of(old)
    assert kept_by(pieces, "added") == text_of(new)


@patiently
@given(texts=st.lists(sentences, min_size=1, max_size=6), data=st.data())
def test_bodies_of_the_same_paragraphs_in_another_order_are_faithful(texts, data):
    other = data.draw(st.permutations([*texts, data.draw(sentences)]))
    old, new = body(*texts), body(*other)
    pieces = [piece for block in diff_bodies(old, new, PEOPLE) for piece in block.pieces]
    assert (kept_by(pieces, "removed"), kept_by(pieces, "added")) == (plain(old), plain(new))


@patiently
@given(bodies)
def test_a_body_does_not_differ_from_itself(markup):
    assert of_bodies(markup, markup) == []
    assert not compare(content(fields={"body": markup}), content(fields={"body": markup}))


@patiently
@given(st.text(st.sampled_from(LETTERS)), st.text(st.sampled_from(LETTERS)))
def test_no_token_is_torn(old, new):
    pieces = diff_text(old, new, PEOPLE)
    for kind, text in (("removed", old), ("added", new)):
        sizes = list(map(len, PEOPLE.tokens(text)))
        cuts = {sum(sizes[:at]) for at in range(len(sizes) + 1)}
        end = 0
        for piece in pieces:
            end += len(piece.text) * (piece.kind in ("same", kind))
            assert end in cuts


def kept_by(pieces, kind):
    return "".join(piece.text for piece in pieces if piece.kind in ("same", kind))


def text_of(markup):
    """Text of a body; white space by itself between blocks is none."""
    return "" if not plain(markup).strip() and "<p>" not in markup else plain(markup)


# ---- Time ----

HAN = [chr(0x4E00 + at) for at in range(900)]


def drawn():
    """The same texts in each run."""
    return Random(6)  # noqa: S311  nothing secret


def prose(random, size, letters=HAN):
    return "".join("，" if random.random() < 0.06 else random.choice(letters) for _ in range(size))


def edited(random, text, count):
    """``text`` with ``count`` characters replaced, removed or doubled by another."""
    letters = list(text)
    for at in random.sample(range(len(letters)), count):
        other = random.choice(HAN)
        letters[at] = random.choice(["", other, letters[at] + other])
    return "".join(letters)


def cut(text, size):
    return body(*(text[at : at + size] for at in range(0, len(text), size)))


def seconds(old, new):
    """Time of a comparison of two stories; the better of two, for a busy machine."""
    names = [row(name, printed_name=name) for name in map("".join, zip(HAN, HAN[7:], strict=False))]
    contents = [
        content(fields={"body": markup}, children={"mentions": names[:100]})
        for markup in (old, new)
    ]
    times = []
    for _attempt in range(2):
        start = time.perf_counter()
        compare(*contents)
        times.append(time.perf_counter() - start)
    return min(times)


def scattered(random, size):
    text = prose(random, 10_000)
    parts = [text[at : at + size] for at in range(0, len(text), size)]
    return body(*parts), body(*(edited(random, part, len(part) // 50) for part in parts))


def all_the_same(random):
    line = "项目建设稳步推进。"
    changed = [line if random.random() < 0.5 else f"{line}{random.choice(HAN)}" for _ in range(500)]
    return body(*[line] * 500), body(*changed)


def all_over(random):
    parts = [prose(random, 50) for _ in range(2000)]
    return body(*parts), body(*(edited(random, part, 5) for part in parts))


WORST = {
    "two thousand changed all over": all_over,
    "paragraphs all different": lambda r: (cut(prose(r, 10_000), 200), cut(prose(r, 10_000), 200)),
    "short ones all different": lambda r: (cut(prose(r, 10_000), 20), cut(prose(r, 10_000), 20)),
    "one paragraph, different": lambda r: (body(prose(r, 10_000)), body(prose(r, 10_000))),
    "few characters": lambda r: (
        cut(prose(r, 10_000, HAN[:8]), 200), cut(prose(r, 10_000, HAN[:8]), 200)),
    "one paragraph of few characters": lambda r: (
        body(prose(r, 10_000, HAN[:8])), body(prose(r, 10_000, HAN[:8]))),
    "half rewritten": lambda r: (
        body(text := prose(r, 10_000)), body(edited(r, text, 5_000))),
    "500 alike": all_the_same,
    "shuffled": lambda r: (
        cut(text := prose(r, 10_000), 20), body(*r.sample(
            [text[at : at + 20] for at in range(0, 10_000, 20)], 500))),
}  # fmt: skip


@pytest.mark.parametrize("size", [200, 10_000], ids=["in paragraphs", "in one paragraph"])
def test_scattered_changes_are_found_within_a_second(size):
    assert seconds(*scattered(drawn(), size)) < 1


def test_scattered_changes_are_told_apart():
    old, new = scattered(drawn(), 10_000)
    pieces = diff_bodies(old, new, Vocabulary())[0].pieces
    same = sum(len(piece.text) for piece in pieces if piece.kind == "same")
    changes = [kind for kind, _run in groupby(pieces, key=lambda piece: piece.kind == "same")]
    assert same > 9_500
    assert changes.count(False) > 150


@pytest.mark.parametrize("case", WORST.values(), ids=WORST)
def test_no_body_takes_long(case):
    assert seconds(*case(drawn())) < 2
