"""Text that no paper prints: it costs time in proportion to its length, and nothing is lost."""

import time

import pytest

from articles.importing.parser import parse, parse_attendance, parse_byline, parse_stops

MILLION = 1_000_000


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\u3000\ufeff\n",
        "要" * 10 * MILLION,
        "区委书记王一凡、" * (MILLION // 8),
        "(" * 100_000 + ")" * 100_000,
        "“" * 100_000,
        "先后来到" + "(" * 100_000 + "、乙社区等地。",
        "召开" * 200_000 + "会议",
        "1月" * 200_000,
        "·" * 200_000,
        "王·" * 200_000,
        "记者" * 200_000,
        "记者 王一凡 " * 100_000,
        "本报讯" * 200_000,
        "字\n" * 30_000,
        "本报讯\n" * 8_000,
        "王一凡\n" * 10_000,
        "。\n(\n" * 8_000,
        "\udc80\ud800本报讯 王\udfff一凡",
        "\u202e本报讯 4月1日,\u200f区委书记王一凡\u202c说,好。",
        "\x00\x01\x1b[31m" * 1000,
        "9999年99月99日召开会议。0月0日,3月32日。",
        "总书记" * 100_000,
        "和" * 200_000,
        "来到A、" * 100_000,
    ],
    ids=lambda text: f"{text[:12]!r} {len(text)}",
)
def test_nothing_takes_long(text):
    start = time.process_time()
    parse(text)
    assert time.process_time() - start < 8


@pytest.mark.parametrize("part", [parse_attendance, parse_byline, parse_stops])
def test_a_part_has_a_limit(part):
    with pytest.raises(ValueError, match="20001 characters"):
        part("王" * 20_001)
    start = time.process_time()
    part("区委书记王一凡、" * 2500)
    assert time.process_time() - start < 2


def test_time_grows_with_the_page():
    story = (
        "某区召开会议 推进工作\n\n本报讯 4月1日,区委书记王一凡来到甲社区、乙公司等地调研。"
        "他强调,要抓好落实。\n\n记者 李二平\n\n"
    )

    def seconds(count):
        start = time.process_time()
        assert len(parse(story * count).stories) == count
        return time.process_time() - start

    few = min(seconds(100) for _ in range(3))
    assert seconds(1000) < 20 * few
