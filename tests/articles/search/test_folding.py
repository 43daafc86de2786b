"""A part of a text is found in it however both are encoded; marks fall on the original letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.folding import composed, fold, spans
from articles.search.tokens import tokens

#: Letters that fold to others, to several, to none; and letters whose tokens are like others'.
SIGNS = (
    "区區委會会苏蘇建設设乾干著着ＡａA1２㎡½①ﬁßİſ…％，,·•・ -"
    "\u200b\u200f\u3000\u0301é\U00020000𠮷\0"
)
texts = st.text(st.sampled_from(SIGNS) | st.characters(), max_size=30)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("蘇建設", "苏建设"),
        ("ＰＰＰ　项目", "ppp项目"),
        ("兰　海", "兰海"),
        ("買買提•吐爾遜", "买买提·吐尔逊"),
        ("80㎡", "80m2"),
        ("⻄安", "西安"),
        ("e\u0301t\u00e9", "\u00e9te\u0301"),
        ("区\u200b委\0", "区委"),
        ("\ud83d区", "区"),
        ("İ", "i"),
    ],
)
def test_what_a_reader_takes_for_the_same_is_folded_alike(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("沈", "沉"), ("坏", "坯"), ("，", "。"), ("a", "b")])
def test_other_characters_stay_others(one, other):
    assert fold(one) != fold(other)


def test_every_character_is_folded_once_and_for_all():
    everything = "".join(map(chr, range(0x30000)))
    folded = "".join(map(fold, everything))
    assert "".join(map(fold, folded)) == folded


@given(texts, st.data())
def test_a_part_of_a_text_is_in_the_folded_text(text, data):
    text = composed(text)
    first = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(first, len(text)))
    assert fold(text[first:end]) in fold(text)
    assert fold(text).count("\n") == text.count("\n")


@given(texts, st.data())
def test_marks_cover_what_was_searched_for(text, data):
    """Each span folds to a text that has a word, and nothing outside the spans has one."""
    text = composed(text.replace("\n", ""))
    folded = fold(text)
    first = data.draw(st.integers(0, len(folded)))
    word = folded[first : data.draw(st.integers(first, len(folded)))]
    found = spans(text, [word])
    assert bool(found) == bool(word)
    assert all(word in "".join(map(fold, text[first:end])) for first, end in found)
    rest, at = [], 0
    for first, end in found:
        rest.append(text[at:first])
        at = end
    assert not any(word and word in "".join(map(fold, part)) for part in [*rest, text[at:]])


def test_marks_fall_on_the_original_characters():
    text = "蘇建設到80㎡的ＰＰＰ項目"
    marked = [text[first:end] for first, end in spans(text, ("苏建设", "m2", "ppp项目"))]
    assert marked == ["蘇建設", "㎡", "ＰＰＰ項目"]
    assert spans("项目项目", ("项目", "目项")) == [(0, 4)]


@given(texts, st.data())
def test_a_text_has_all_tokens_of_each_of_its_parts(text, data):
    text = fold(text) + "\n"
    first = data.draw(st.integers(0, len(text)))
    part = text[first : data.draw(st.integers(first, len(text)))]
    assert tokens(part) <= tokens(text)
    assert all(
        token.isascii() and token.isalnum() and token == token.lower() for token in tokens(text)
    )
