"""What is typed means words, phrases and words to leave out; nothing in it is a command."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.query import MOST_LETTERS, MOST_WORDS, BadQuery, Query, parse


@pytest.mark.parametrize(
    ("typed", "words", "without"),
    [
        ("苏建设", ("苏建设",), ()),
        (" 蘇建設　ＰＰＰ ", ("苏建设", "ppp"), ()),
        ("区委 区委", ("区委",), ()),
        ('"New York" 项目', ("newyork", "项目"), ()),
        ("“一带一路”建设", ("一带一路", "建设"), ()),
        ("项目 -会议", ("项目",), ("会议",)),
        ('项目 -"区委 会议"', ("项目",), ("区委会议",)),
        ("项目 －会议", ("项目",), ("会议",)),
        ("C-919", ("c-919",), ()),
        ("- 项目", ("-", "项目"), ()),
        ("--项目 区", ("区",), ("-项目",)),
        ('"项目', ("项目",), ()),
        ("-会议", (), ("会议",)),
        ('""', (), ()),
        ("\0 \u200b \u200f", (), ()),
        (
            "a* OR NOT NEAR(b) {x}:y ^c ' \\ |",
            ("a*", "or", "not", "near(b)", "{x}:y", "^c", "'", "\\", "|"),
            (),
        ),
    ],
)
def test_what_is_typed_means_words(typed, words, without):
    query = parse(typed)
    assert query == Query(words, without)
    assert bool(query) == bool(words)


def test_nothing_typed_finds_nothing():
    assert not parse("")
    assert parse("") == Query()


@pytest.mark.parametrize("typed", ["区" * 101, "区 " * 5000, " ".join("甲乙丙丁戊己庚辛壬癸子")])
def test_too_much_is_said_to_be_too_much(typed):
    with pytest.raises(BadQuery, match=f"{MOST_WORDS}个词、{MOST_LETTERS}个字"):
        parse(typed)


@given(st.text(max_size=MOST_LETTERS) | st.text(st.sampled_from('区 -"“*\0\ud800'), max_size=40))
def test_anything_can_be_typed(typed):
    try:
        query = parse(typed)
    except BadQuery:
        return
    assert all("\n" not in word and word for word in (*query.words, *query.without))
