"""Bylines in every form that papers print; names are invented."""

import pytest

from articles.importing.parser import parse, parse_byline

ONE, TWO, THREE = "王一凡", "李二平", "赵三宁"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("记者 王一凡 通讯员 李二平", [("记者", ONE), ("通讯员", TWO)]),
        ("(记者王一凡 通讯员李二平)", [("记者", ONE), ("通讯员", TWO)]),
        ("（见习记者 王一凡 摄影 李二平）", [("见习记者", ONE), ("摄影", TWO)]),
        (
            "(文/视频 全媒体记者 王一凡 实习生 李二平 赵三宁)",
            [("全媒体记者", ONE), ("实习生", TWO), ("实习生", THREE)],
        ),
        (
            "(记者王一凡通讯员李二平实习生赵三宁)",
            [("记者", ONE), ("通讯员", TWO), ("实习生", THREE)],
        ),
        ("新华社记者王一凡", [("新华社记者", ONE)]),
        (
            "某某日报·某某客户端记者 王一凡、李二平",
            [("某某日报·某某客户端记者", ONE), ("某某日报·某某客户端记者", TWO)],
        ),
        ("某某时报 李二平", [("某某时报", TWO)]),
        ("□某报客户端记者王一凡", [("某报客户端记者", ONE)]),
        ("县融媒体中心记者:王一凡", [("县融媒体中心记者", ONE)]),
        ("(本网记者:王一凡)", [("本网记者", ONE)]),
        ("(记者 王一凡 报道)", [("记者", ONE)]),
        (
            "本报全媒体首席记者 欧阳明 特约通讯员 李二平",
            [("本报全媒体首席记者", "欧阳明"), ("特约通讯员", TWO)],
        ),
        ("通讯员区委宣传部李二平", [("通讯员", TWO)]),
        ("通讯员 区委宣传部 李二平", [("通讯员", TWO)]),
        ("记者 王一凡李二平", [("记者", ONE), ("记者", TWO)]),
        ("记者 张 伟 通讯员 李　慧", [("记者", "张伟"), ("通讯员", "李慧")]),
        ("通讯员 阿不都·热合曼", [("通讯员", "阿不都·热合曼")]),
        ("记者 蓝天 通讯员 解放", [("记者", "蓝天"), ("通讯员", "解放")]),
        ("(王一凡/文 李二平/摄)", [("文", ONE), ("摄", TWO)]),
        ("文/王一凡 图/李二平", [("文", ONE), ("图", TWO)]),
        ("王一凡 摄", [("摄", ONE)]),
        ("王一凡摄", [("摄", ONE)]),
        ("记者 王一凡 通讯员 李二平 摄", [("记者", ONE), ("通讯员", TWO)]),
        ("(记者 王一凡 文/图)", [("记者", ONE)]),
        ("(王一凡)", [("", ONE)]),
        ("[责任编辑:王一凡]", [("责任编辑", ONE)]),
        ("编 辑:王 一 校 对:李二平", [("编辑", "王一"), ("校对", TWO)]),
        (
            "一 审:王一凡  二 审:李二平  三 审:赵三宁",
            [("一审", ONE), ("二审", TWO), ("三审", THREE)],
        ),
        ("值班编委:王一凡 版式:李二平", [("值班编委", ONE), ("版式", TWO)]),
        ("本报评论员", [("评论员", "本报评论员")]),
    ],
)
def test_a_byline(text, expected):
    read = parse_byline(text)
    assert [(row.role, row.name) for row in read.bylines] == expected
    for row in read.bylines:
        assert "".join(text[slice(*row.span)].split()) == row.name


@pytest.mark.parametrize(
    "text",
    [
        "项目建设",
        "加快推进城市更新",
        "记者从区统计局获悉",
        "(下转第2版)",
        "(完)",
        "图为活动现场",
        "区委 政府",
    ],
)
def test_no_byline(text):
    read = parse_byline(text)
    assert read.bylines == ()
    assert [question.kind for question in read.questions] == ["byline"]


def test_duty_outlet_and_work_are_told_apart():
    first, second = parse_byline("某某网见习记者 王一凡 通讯员 区教育局 李二平 文/图").bylines
    assert (first.role, first.duty, first.outlet) == ("某某网见习记者", "记者", "某某网见习")
    assert (second.outlet, second.work) == ("区教育局", "文/图")


def test_a_name_without_a_role_and_glued_names_are_asked():
    assert [q.kind for q in parse_byline("(王一凡)").questions] == ["byline-role"]
    assert [q.kind for q in parse_byline("记者 王一凡李二平").questions] == ["byline-name"] * 2


BODY = "4月1日,某区召开会议,部署工作。"
NEXT = "某镇开展活动\n本报讯 4月2日,某镇开展活动。"


@pytest.mark.parametrize(
    "story",
    [
        f"本报讯 {BODY}\n记者 王一凡",
        f"本报讯 {BODY}记者 王一凡",
        f"本报讯 {BODY}（记者 王一凡）",
        f"本报讯（记者 王一凡）{BODY}",
        f"【本报讯】(记者王一凡){BODY}",
        f"本报讯 记者 王一凡 {BODY}",
        f"(记者 王一凡){BODY}",
        f"□记者 王一凡\n本报讯 {BODY}",
        f"本报讯 {BODY}\n（记者 王一凡）",
        f"本报讯 {BODY}记\n者 王一凡",
        f"本报讯 {BODY}(记者 王\n一凡)",
        f"本报讯 {BODY}\n\n(下转第2版)\n\n记者 王一凡",
    ],
)
def test_where_a_byline_stands(story):
    first, second = parse(f"某区召开会议 推进工作\n{story}\n{NEXT}").stories
    assert [(row.role, row.name) for row in first.bylines] == [("记者", ONE)]
    assert [paragraph.text for paragraph in first.paragraphs] == [BODY]
    assert second.title.headline == "某镇开展活动"


def test_several_lines_sign():
    page = parse(
        f"某区召开会议\n本报讯 {BODY}\n记者 王一凡\n某某时报 李二平\n通讯员 赵三宁\n{NEXT}"
    )
    signed = [(row.role, row.name) for row in page.stories[0].bylines]
    assert signed == [("记者", ONE), ("某某时报", TWO), ("通讯员", THREE)]


def test_a_photo_credit_and_its_caption():
    page = parse(f"某区召开会议\n本报讯 {BODY}\n图为会议现场。 本报记者 王一凡 摄\n责编:李二平")
    (story,) = page.stories
    assert [(row.role, row.name, row.work) for row in story.bylines] == [
        ("本报记者", ONE, "摄"),
        ("责编", TWO, ""),
    ]
    assert [caption.text for caption in story.captions] == ["图为会议现场。 本报记者 王一凡 摄"]
