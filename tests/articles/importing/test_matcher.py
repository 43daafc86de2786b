"""Names of a page, and those on record."""

import datetime
import time

import pytest

from articles.importing.matcher import (
    Known,
    Register,
    Term,
    match_official,
    match_organisation,
    match_project,
    match_reporter,
    match_story,
)
from articles.importing.parser import Span, parse

DAY = datetime.date(2021, 4, 6)
HERE = Span(0, 3)

MAYOR = Known(
    "wang-1",
    "王一凡",
    ("王 一凡",),
    (Term("区长", "青禾区政府", datetime.date(2020, 1, 1)), Term("区委副书记", "青禾区委")),
)
NAMESAKE = Known("wang-2", "王一凡", (), (Term("区教育局局长", "青禾区教育局"),))
FORMER = Known("li", "李二平", (), (Term("区委书记", "青禾区委", ends=datetime.date(2020, 1, 1)),))
REGISTER = Register(
    officials=(MAYOR, NAMESAKE, FORMER),
    reporters=(
        Known("r1", "赵三宁", note="青禾报"),
        Known("r2", "赵三宁", note="区教育局"),
        Known("r3", "钱四安"),
    ),
    projects=(
        Known("p1", "澜辰数字产业园项目", ("澜辰产业园",)),
        Known("p2", "恒岳广场“双创街区”"),
        Known("p3", "望岭生态公园一期"),
        Known("p4", "望岭生态公园二期"),
    ),
    organisations=(
        Known("o1", "青禾区教育局", ("区教育局",)),
        Known("o2", "恒岳科技有限公司"),
    ),
)


def official(name, title, day=DAY):
    return match_official(name, title, HERE, REGISTER, day)


def keys(match):
    return [key for key, _label in match.candidates]


def test_the_title_of_that_day_decides_between_homonyms():
    assert keys(official("王一凡", "区委副书记、区长")) == ["wang-1"]
    assert keys(official("王一凡", "区教育局局长")) == ["wang-2"]
    assert official("王一凡", "青禾区区长").status == "known"


def test_homonyms_are_asked_with_title_and_term_beside_each():
    match = official("王一凡", "区领导")
    assert match.status == "asked"
    assert match.question == (
        "“王一凡”是哪一个:王一凡 区长(青禾区政府,2020—)、区委副书记(青禾区委);"
        "王一凡 区教育局局长(青禾区教育局)?"
    )


def test_a_title_that_nobody_of_that_name_held_on_that_day_is_asked():
    match = official("李二平", "区委书记")
    assert (match.status, keys(match)) == ("asked", ["li"])
    assert official("李二平", "区委书记", datetime.date(2019, 5, 1)).status == "known"


def test_names_are_compared_without_spaces_and_width():
    assert keys(official("王　一凡", "区长")) == ["wang-1"]


def test_a_new_name_is_proposed():
    match = official("孙五洲", "副区长")
    assert (match.status, match.candidates) == ("new", ())
    assert official("孙五洲", "社区志愿者").status == "unlinked"


def test_the_unit_decides_between_reporters():
    def reporter(name, outlet=""):
        return match_reporter(name, outlet, HERE, REGISTER, DAY)

    assert keys(reporter("赵三宁", "青禾报")) == ["r1"]
    assert reporter("赵三宁").status == "asked"
    assert reporter("钱四安").status == "known"


@pytest.mark.parametrize(
    ("printed", "status", "found"),
    [
        ("澜辰数字产业园", "known", ["p1"]),
        ("澜辰产业园项目", "known", ["p1"]),
        ("恒岳广场双创街区", "known", ["p2"]),
        ("恒岳广场“双创街区”改造提升", "asked", ["p2"]),
        ("望岭生态公园", "asked", ["p3", "p4"]),
        ("云栖路改造工程", "new", []),
    ],
)
def test_a_project_under_a_shorter_or_longer_name(printed, status, found):
    match = match_project(printed, HERE, REGISTER, DAY)
    assert (match.status, sorted(keys(match))) == (status, found)


def test_an_organisation_by_its_short_name():
    assert keys(match_organisation("区教育局", HERE, REGISTER, DAY)) == ["o1"]
    assert keys(match_organisation("恒岳科技", HERE, REGISTER, DAY)) == ["o2"]


def test_a_whole_story():
    page = parse(
        "青禾区观摩重点项目 抓进度\n\n本报讯 4月1日,区委副书记、区长王一凡先后来到"
        "澜辰数字产业园、云栖路改造工程等项目现场观摩。副区长孙五洲陪同。记者 钱四安",
        DAY,
    )
    matches = match_story(page.stories[0], REGISTER)
    assert [(match.kind, match.printed, match.status) for match in matches] == [
        ("official", "王一凡", "known"),
        ("official", "孙五洲", "new"),
        ("reporter", "钱四安", "known"),
        ("project", "澜辰数字产业园", "known"),
        ("project", "云栖路改造工程", "new"),
        ("organisation", "区委", "new"),
    ]


def test_a_large_register_costs_no_more():
    signs = [chr(0x4E00 + number) for number in range(400)]
    many = Register(
        officials=tuple(Known(a + b, f"王{a}{b}") for a in signs for b in signs[:250]),
        projects=tuple(Known(a + b, f"澜辰{a}园{b}项目") for a in signs for b in signs[:50]),
    )
    many.index  # noqa: B018
    start = time.process_time()
    for _ in range(1000):
        match_official("王一凡", "区长", HERE, many, DAY)
        match_project("澜辰数字产业园", HERE, many, DAY)
    assert time.process_time() - start < 5
