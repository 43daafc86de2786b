"""Where a headline may break."""

import html
import re

import pytest
from django.utils.html import strip_tags

from articles.templatetags.newsprint import phrases


def pieces(title):
    """Parts of a title, each with the places within it where it may break marked by |."""
    spans = re.findall(r'<span class="phrase">(.*?)</span>', phrases(title))
    return [span.replace("<wbr>", "|") for span in spans]


def test_a_short_part_never_breaks():
    assert pieces("持续发挥组织优势 提升服务大局水平") == ["持续发挥组织优势", "提升服务大局水平"]


def test_a_long_part_breaks_between_words():
    assert pieces("全力以赴推进项目建设提质增效") == ["全力|以赴|推进|项目|建设|提质|增效"]


@pytest.mark.parametrize(
    ("kept", "title"), [("苏建设", "苏建设带队调研商圈"), ("二七商圈", "二七商圈电力和整治咋推进")]
)
def test_no_character_is_left_alone(kept, title):
    (words,) = pieces(title)
    assert kept in words
    assert all(len(word) > 1 for word in words.split("|"))


def test_a_number_stays_whole():
    assert "第18期" in pieces("青禾区新闻2026年第18期")[0]


@pytest.mark.parametrize(
    "title", ["", "甲", "<b>大桥通车了大家都去看看吧</b>", "A&B公司在二七区建新厂房", "🎉" * 12]
)
def test_nothing_is_lost_and_nothing_is_markup(title):
    assert html.unescape(strip_tags(phrases(title))) == title
    assert "<b>" not in phrases(title)
