"""Where a title may break."""

import html
import re
from itertools import accumulate

import pytest
from django.utils.html import strip_tags

from articles.line_breaks import trade_words, words
from articles.models import Article, Inspection, Meeting, Project, Stop
from articles.public.charts.svg import balanced
from articles.templatetags.newsprint import phrases, unbroken


def pieces(title):
    """Parts of a title, each with the places within it where it may break marked by |."""
    spans = re.findall(r'<span class="phrase">(.*?)</span>', phrases(title))
    return [span.replace("<wbr>", "|") for span in spans]


def test_a_headline_is_set_in_its_parts():
    assert pieces("持续发挥组织优势 提升服务大局水平") == [
        "持续|发挥|组织|优势",
        "提升|服务|大局|水平",
    ]


def test_a_name_is_one_part_whatever_is_in_it():
    marked = unbroken("甲乙大桥 东引桥建设工程")
    assert marked.count("<span") == 1
    assert strip_tags(marked) == "甲乙大桥 东引桥建设工程"


@pytest.mark.parametrize(
    ("title", "cut"),
    [
        ("全力以赴推进项目建设提质增效", "全力以赴|推进|项目建设|提质增效"),
        ("安全生产专题调研", "安全生产|专题调研"),
        ("稳步把握督查考核", "稳步|把握|督查|考核"),
        ("传承断头路打通", "传承|断头路|打通"),
        ("区妇联党群服务中心", "区妇联|党群服务中心"),
        ("经济运行分析会", "经济运行|分析会"),
        ("亚星南岸大厦", "亚星|南岸|大厦"),
        ("压实营商环境责任", "压实|营商环境|责任"),
        ("2021年第一季度重大项目", "2021年|第一季度|重大项目"),
        ("看了13处点位", "看了|13处|点位"),
        ("推进“十四五”规划（二期）落地", "推进|“十四五”|规划|（二期）|落地"),
    ],
)
def test_a_long_part_breaks_between_words(title, cut):
    assert "|".join(words(title)) == cut


@pytest.mark.parametrize(
    ("kept", "title"), [("苏建设", "苏建设带队调研商圈"), ("二七商圈", "二七商圈电力和整治咋推进")]
)
def test_no_character_is_left_alone(kept, title):
    (found,) = pieces(title)
    assert kept in found
    assert all(len(word) > 1 for word in found.split("|"))


@pytest.mark.parametrize("kept", ["第18期", "2026年9月1日", "9月1日", "3.5亿", "1,200户", "5G"])
def test_a_number_stays_whole_with_its_unit(kept):
    assert kept in "|".join(words(f"青禾区新闻{kept}建设推进"))


@pytest.mark.parametrize(
    "title", ["", "甲", "<b>大桥通车了大家都去看看吧</b>", "A&B公司在二七区建新厂房", "🎉" * 12]
)
@pytest.mark.parametrize("marked", [phrases, unbroken])
def test_nothing_is_lost_and_nothing_is_markup(title, marked):
    assert html.unescape(strip_tags(marked(title))) == title
    assert "<b>" not in marked(title)


@pytest.mark.usefixtures("bulletin")
def test_no_title_of_the_bulletin_breaks_inside_a_word_of_the_trade():
    titles = {
        title
        for model, name in (
            (Article, "headline"),
            (Article, "kicker"),
            (Meeting, "name"),
            (Inspection, "title"),
            (Project, "name"),
            (Stop, "place"),
        )
        for title in model.objects.values_list(name, flat=True)
    }
    torn = [
        (title, word)
        for title in filter(None, titles)
        for breaks in [set(accumulate(map(len, words(title))))]
        for word in trade_words()
        for found in re.finditer(word, title)
        if breaks & set(range(found.start() + 1, found.end()))
    ]
    assert torn == []


@pytest.mark.parametrize(
    ("room", "lines"),
    [
        (7, ["安全生产", "专题调研"]),
        (5, ["安全生产", "专题调研"]),
        (3, ["安全生", "产专题", "调研"]),
    ],
)
def test_a_figure_breaks_between_words_that_fit(room, lines):
    assert balanced("安全生产专题调研", room) == lines
