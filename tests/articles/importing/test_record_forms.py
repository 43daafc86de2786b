"""People, attendance, stops and meetings in the forms that papers print; names are invented."""

import datetime

import pytest

from articles.importing.parser import parse, parse_attendance, parse_stops

DAY = datetime.date(2023, 6, 1)


def story(text):
    (read,) = parse(f"某区开展活动\n本报讯 {text}", DAY).stories
    return read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("区委副书记、区长王一凡说,好。", [("区委副书记、区长", "王一凡")]),
        (
            "区领导王一凡、李二平、赵三宁参加。",
            [("区领导", each) for each in ("王一凡", "李二平", "赵三宁")],
        ),
        (
            "区委常委马里、韩荡,区人大常委会副主任罗佳,副区长钱四安出席。",
            [
                ("区委常委", "马里"),
                ("区委常委", "韩荡"),
                ("区人大常委会副主任", "罗佳"),
                ("副区长", "钱四安"),
            ],
        ),
        (
            "市供电公司总经理王一凡、副总经理李二平参加。",
            [("市供电公司总经理", "王一凡"), ("副总经理", "李二平")],
        ),
        (
            "王一凡、李二平等县“四大家”领导参加。",
            [("县“四大家”领导", "王一凡"), ("县“四大家”领导", "李二平")],
        ),
        ("王一凡、李二平参加活动。", [("", "王一凡"), ("", "李二平")]),
        ("区发展和改革委员会主任王伟强调,要抓好落实。", [("区发展和改革委员会主任", "王伟")]),
        ("区长王强调研城市更新。", [("区长", "王强")]),
        ("在社区书记欧阳明的带领下,大家很高兴。", [("社区书记", "欧阳明")]),
        ("县教育局局长万里关于工作的汇报。", [("县教育局局长", "万里")]),
        ("据街道党工委书记范立军介绍,已完成。", [("街道党工委书记", "范立军")]),
        ("荣誉属于所推荐典型志愿者安长井。", [("典型志愿者", "安长井")]),
        ("政协委员阿不都·热合曼表示赞同。", [("政协委员", "阿不都·热合曼")]),
        ("局长兰　海表示,好。", [("局长", "兰海")]),
        ("区领导王一凡参加。区委常委王一凡强调,好。", [("区委常委", "王一凡")]),
        ("任命王一凡为区财政局局长。", []),
        ("王一凡为区财政局局长。", [("区财政局局长", "王一凡")]),
        ("区委书记高度重视,区长安排部署,各级领导干部参加。", []),
        ("项目负责人方面表示,党委书记全面负责,成员单位应当支持。", []),
        ("各镇街主要负责同志和分管同志参加会议。", []),
        ("领导班子,党员干部,代表团参加。", []),
    ],
)
def test_persons(text, expected):
    assert [(one.title, one.name) for one in story(text).persons] == expected


PROSE = (
    "各级领导干部要把抓项目作为第一责任,主要领导亲自抓,分管领导具体抓,做到重大项目专班推进。\n"
    "要深入企业、社区、车间查看实情,了解企业发展困难、项目建设进度和群众所思所盼。\n"
    "书记、镇长带头,班子成员全员上阵,党员干部冲锋在前;对推进不力的单位负责人严肃问责。\n"
    "区长王一凡要求,工业上要稳存量。项目负责人、包联干部、驻企服务员要常态化深入一线,主任、局长要当好店小二。\n"
    "市民高先生说,办事快多了。值班医生应急处置,护士全程陪护,心内科主任全力抢救。"
)


def test_exhortation_names_nobody_and_visits_nothing():
    read = story(PROSE)
    assert [one.name for one in read.persons] == ["王一凡"]
    assert read.inspections == read.meetings == ()


def test_names_of_an_unusual_form_are_asked_about():
    read = story("副主任王一凡、乌兰、巴特尔、李二平出席,县长那顺巴雅尔,副县长苏和列席。")
    assert [one.name for one in read.persons] == [
        *("王一凡", "乌兰", "巴特尔", "李二平", "那顺巴雅尔", "苏和")
    ]
    asked = {question.options[0] for question in read.questions if question.kind == "person"}
    assert asked == {"乌兰", "那顺巴雅尔"}


def test_a_name_before_its_title():
    read = story("学习习近平总书记的重要讲话精神。")
    assert [(one.title, one.name) for one in read.persons] == [("总书记", "习近平")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "县委书记王一凡主持会议并讲话,县长李二平作汇报,县领导赵三宁、钱四安列席。",
            [("王一凡", "主持并讲话"), ("李二平", "汇报"), ("赵三宁", "列席"), ("钱四安", "列席")],
        ),
        ("区委书记王一凡带队,副区长李二平陪同。", [("王一凡", "带队"), ("李二平", "陪同")]),
        ("区长王一凡出席会议并讲话。", [("王一凡", "讲话")]),
        ("参加活动的有区领导王一凡、李二平。", [("王一凡", "参加"), ("李二平", "参加")]),
        ("区领导王一凡、李二平", [("王一凡", "参加"), ("李二平", "参加")]),
    ],
)
def test_attendance_and_roles(text, expected):
    assert [(one.name, one.role) for one in parse_attendance(text).attendees] == expected


def test_bodies_of_people():
    read = parse_attendance(
        "区委书记王一凡,区四个班子领导,各镇街道(管委会)党政主要负责人、区直单位负责人参加会议。"
    )
    assert [one.title for one in read.attendees if not one.name] == [
        "区四个班子领导",
        "各镇街道(管委会)党政主要负责人",
        "区直单位负责人",
    ]


@pytest.mark.parametrize(
    ("text", "expected", "is_open", "asked"),
    [
        ("甲社区、乙公司、丙项目等地", ["甲社区", "乙公司", "丙项目"], True, []),
        ("甲大厦和乙商城、丙公园", ["甲大厦和乙商城", "丙公园"], False, ["stop-two-projects"]),
        ("丙公园、甲大厦和乙商城", ["丙公园", "甲大厦", "乙商城"], False, ["stop-and"]),
        ("丁村、和平社区", ["丁村", "和平社区"], False, []),
        ("“甲、乙”展馆、丙学校等", ["“甲、乙”展馆", "丙学校"], True, []),
        ("区法院、区教育局、甲分局队伍建设情况", ["区法院", "区教育局", "甲分局"], False, []),
        ("在建工地、(社区)楼院", ["在建工地", "(社区)楼院"], False, ["stop-bracket"]),
    ],
)
def test_lists_of_stops(text, expected, is_open, asked):
    read = parse_stops(text)
    assert [stop.text for stop in read.stops] == expected
    assert read.open_ended is is_open
    assert [question.kind for question in read.questions] == asked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("区长王一凡先后来到甲社区、乙公司调研。", [("", "王一凡", ["甲社区", "乙公司"])]),
        (
            "第一组由书记王一凡带队,先后察看甲项目、乙工程;第二组由区长李二平带队,先后察看丙项目、丁基地。",
            [
                ("第一组", "王一凡", ["甲项目", "乙工程"]),
                ("第二组", "李二平", ["丙项目", "丁基地"]),
            ],
        ),
        ("区长王一凡调研。在甲社区,王一凡走进居民家中。", [("", "王一凡", ["甲社区"])]),
        ("区长王一凡来到甲社区,看望居民。", [("", "王一凡", ["甲社区"])]),
        ("区长王一凡了解患者救治、药品储备等情况。", []),
        ("区长王一凡走访慰问困难群众、老党员和一线职工。", []),
        ("区长王一凡强调,要深入村组、社区、企业察看。", []),
        ("区长王一凡来到南部城区和中心城区。", []),
    ],
)
def test_inspections(text, expected):
    groups = [group for inspection in story(text).inspections for group in inspection.groups]
    found = [(group.name, group.leader, [stop.text for stop in group.stops]) for group in groups]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5月3日,某区召开城市更新工作会议。", [("城市更新工作会议", "2023-05-03", "某区")]),
        ("5月3日上午,城市更新推进会在区会议中心召开。", [("城市更新推进会", "2023-05-03", "")]),
        ("5月3日,某区举行甲座谈会暨乙动员大会。", [("甲座谈会暨乙动员大会", "2023-05-03", "某区")]),
        ("区长王一凡参加会议,会议要求抓好落实。", []),
        ("12月30日,某区召开年度总结会。", [("年度总结会", "2022-12-30", "某区")]),
    ],
)
def test_meetings(text, expected):
    meetings = story(text).meetings
    assert [(one.name, str(one.day.date), one.organiser) for one in meetings] == expected


def test_who_said_what():
    read = story(
        "区长王一凡调研时指出,要抓好一;要抓好二。他强调,要抓好三。\n会议要求,各单位要落实。"
    )
    said = [(one.speaker, one.verb, len(one.points)) for one in read.statements]
    assert said == [("王一凡", "指出", 2), ("王一凡", "强调", 1), ("会议", "要求", 1)]


def test_figures():
    read = story("投资8.6亿元,惠及3200余户,约50人,增长5.5%,完成1,200件,“11463”不是数字。")
    assert [(one.number, one.unit, one.about) for one in read.figures] == [
        ("8.6", "亿元", ""),
        ("3200", "户", "余"),
        ("50", "人", "约"),
        ("5.5", "%", ""),
        ("1,200", "件", ""),
    ]
