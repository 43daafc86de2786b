"""Where a page divides into stories, and their titles and labels; names are invented."""

import datetime

import pytest

from articles.importing.parser import parse, without_space

TEXT = "4月1日,某区召开会议,部署工作。"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("某区召开会议 推进工作 抓好落实", ("某区召开会议", "推进工作 抓好落实", "")),
        ("某区召开会议\n推进工作 抓好落实", ("某区召开会议", "推进工作 抓好落实", "")),
        ("王一凡在调研时强调\n抓好落实", ("王一凡在调研时强调", "抓好落实", "")),
        ("小院坝议出大民生\n——某镇工作纪实", ("", "小院坝议出大民生", "——某镇工作纪实")),
        (
            "某区召开大会\n王一凡出席并讲话 李二平主持",
            ("", "某区召开大会", "王一凡出席并讲话 李二平主持"),
        ),
        ("推进工作 抓好落实", ("", "推进工作 抓好落实", "")),
        ("路怎么修 这个会议有答案", ("", "路怎么修 这个会议有答案", "")),
        ("公 告", ("", "公 告", "")),
    ],
)
def test_titles(lines, expected):
    (story,) = parse(f"{lines}\n本报讯 {TEXT}").stories
    assert (story.title.kicker, story.title.headline, story.title.subhead) == expected


def test_a_column_before_the_headline():
    (story,) = parse(f"某某新闻丨某区召开会议\n{TEXT}").stories
    assert (story.title.column, story.title.headline) == ("某某新闻", "某区召开会议")


def test_a_title_that_may_be_split_otherwise_is_asked():
    (story,) = parse(f"推进工作 抓好落实\n本报讯 {TEXT}").stories
    (question,) = story.questions
    assert question.options == ("推进工作 抓好落实", "推进工作 / 抓好落实")


@pytest.mark.parametrize(
    ("label", "place", "agency"),
    [
        ("本报讯", "", ""),
        ("新华社北京4月22日电", "北京", "新华社"),
        ("某某在线-某某频道11月8日讯", "", ""),
        ("某某日报·某某客户端12月23日讯", "", ""),
        ("某某日报/某某网讯", "", ""),
        ("某某新闻网5月15日讯", "", ""),
        ("本报石门3月4日讯", "石门", ""),
        ("本网讯", "", ""),
        ("晚报讯", "", ""),
    ],
)
def test_labels(label, place, agency):
    for wrapped in (f"{label} ", f"【{label}】"):
        (story,) = parse(f"某区召开会议\n{wrapped}{TEXT}").stories
        dateline = story.dateline
        assert (dateline.label, dateline.place, dateline.agency) == (label, place, agency)
        assert story.paragraphs[0].text == TEXT


def test_the_day_of_a_label_and_that_of_the_event():
    (story,) = parse(f"某区召开会议\n某某网4月3日讯 {TEXT}", datetime.date(2022, 4, 4)).stories
    assert story.dateline.day.date == datetime.date(2022, 4, 3)
    assert story.day.date == datetime.date(2022, 4, 1)


@pytest.mark.parametrize(
    "text", ["中国电信某某分公司开业。", "通讯员们参加培训。", "某某公司的资讯平台上线。"]
)
def test_no_label(text):
    (story,) = parse(f"某区召开会议\n{text}").stories
    assert story.dateline is None


LONG = "会议要求,各级各部门要高度重视,精心组织,确保各项工作落到实处,取得实效。"


@pytest.mark.parametrize("at", range(13, len(LONG) - 1, 3))
def test_a_column_break_anywhere_is_joined(at):
    broken = f"某区召开会议\n\n本报讯 {TEXT}\n\n{LONG[:at]}\n\n{LONG[at:]}\n\n记者 王一凡"
    (story,) = parse(broken).stories
    assert [paragraph.text for paragraph in story.paragraphs] == [TEXT, LONG]


def test_a_paragraph_goes_on_behind_a_mark_of_the_page():
    page = parse(f"某区召开会议\n本报讯 {TEXT}\n{LONG[:20]}\n(下转第2版)\n{LONG[20:]}\n记者 王一凡")
    assert [paragraph.text for paragraph in page.stories[0].paragraphs] == [TEXT, LONG]
    assert [piece.text for piece in page.pieces if piece.kind == "jump"] == ["(下转第2版)"]


def test_stories_without_labels():
    page = parse(
        f"某区召开会议\n　　{TEXT}\n　　{LONG}\n某镇开展活动\n　　{TEXT}\n　　{LONG}\n（王一凡）"
    )
    assert [story.title.headline for story in page.stories] == ["某区召开会议", "某镇开展活动"]


def test_a_subheading_stays_in_its_story():
    page = parse(f"某区召开会议\n本报讯 {TEXT}\n强基础抓龙头\n{LONG}\n记者 王一凡")
    (story,) = page.stories
    assert [paragraph.text for paragraph in story.paragraphs] == [TEXT, "强基础抓龙头", LONG]


@pytest.mark.parametrize(
    "head",
    [
        "某某报 2023年5月12日 星期五 第1版 要闻",
        "A03 民生 2022年11月3日 编辑/王一凡 校对/李二平",
        "07版:理论",
        "第3版",
        "2023年5月12日 星期五 农历癸卯年三月廿三 第1024期 今日4版",
    ],
)
def test_page_heads_are_no_story(head):
    page = parse(f"{head}\n\n某区召开会议\n\n本报讯 {TEXT}\n\n记者 王一凡")
    assert [story.title.headline for story in page.stories] == ["某区召开会议"]
    assert page.pieces[0].kind == "head"


def test_every_finding_has_its_passage():
    text = "某区召开会议 推进工作\r\n\r\n本报讯 4月1日,区\r\n\r\n长王一\r\n\r\n凡主持。记者 李二平"
    (story,) = parse(text).stories
    (person,) = story.persons
    assert without_space(text[slice(*person.span)]) == "王一凡"
    assert person.title == "区长"
    assert text[slice(*story.dateline.span)] == "本报讯"
    assert text[slice(*story.bylines[0].span)] == "李二平"
