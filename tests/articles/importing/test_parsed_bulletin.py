"""The printed bulletin, where it is at hand, as the parser reads it."""

import datetime
import json
import time
from pathlib import Path

import pytest

from articles.importing.matcher import Known, Register, Term, match_story
from articles.importing.parser import page_data, parse

BULLETIN = Path(__file__).resolve().parents[4] / "shared" / "bulletin-2021q1.txt"

pytestmark = pytest.mark.skipif(not BULLETIN.exists(), reason="the printed bulletin is not at hand")


@pytest.fixture(scope="module")
def page():
    return parse(BULLETIN.read_text("utf-8"))


def test_six_stories_of_23_paragraphs(page):
    assert [len(story.paragraphs) for story in page.stories] == [4, 5, 3, 4, 3, 4]


def test_eleven_column_breaks_are_joined(page):
    text = BULLETIN.read_text("utf-8")
    broken = [
        paragraph
        for story in page.stories
        for paragraph in story.paragraphs
        for _ in range(len(text[slice(*paragraph.span)].split()) - len(paragraph.text.split()))
    ]
    assert len(broken) == 11
    assert not any("\n" in paragraph.text for paragraph in broken)


def test_titles_are_split_at_the_first_space_unless_a_half_refers_to_the_other(page):
    assert [(story.title.kicker, story.title.headline) for story in page.stories] == [
        ("二七区现场观摩全区2021年第一季度重大项目、亮点工作", "全力以赴推进项目建设提质增效"),
        ("", "二七商圈电力问题和综合整治咋推进 这个会议专题部署"),
        ("区领导督导国家卫生城市复审工作", "全面排查问题 高标准整治到位"),
        ("二七区召开组织工作暨老干部工作会议", "持续发挥组织优势 提升服务大局水平"),
        (
            "二七区召开宣传思想文化暨精神文明建设工作会议",
            "持续深化“六大提升工程” 构筑“二七精神”传播弘扬高地",
        ),
        (
            "二七区召开政法队伍教育整顿现场观摩暨工作推进会",
            "围绕“我为群众办实事”活动 推动全区政法工作高质量发展",
        ),
    ]


def test_each_story_has_its_label_and_the_day_of_its_event(page):
    assert {story.dateline.label for story in page.stories} == {"本报讯"}
    assert [story.dateline.day.date for story in page.stories] == [
        datetime.date(2021, month, day)
        for month, day in [(4, 1), (3, 25), (4, 5), (3, 31), (4, 2), (3, 28)]
    ]


def test_the_day_of_issue_decides_the_year(page):
    later = parse(BULLETIN.read_text("utf-8"), datetime.date(2022, 4, 6))
    assert later.stories[0].dateline.day.date == datetime.date(2022, 4, 1)
    assert [question.kind for question in page.questions] == ["issue-date"]
    assert later.questions == ()


def test_six_bylines_with_roles(page):
    signed = [[(row.role, row.name) for row in story.bylines] for story in page.stories]
    reporter = ("记者", "张改华")
    assert signed == [
        [reporter, ("通讯员", "郭佳星")],
        [reporter],
        [reporter],
        [reporter, ("通讯员", "张伟")],
        [reporter],
        [reporter, ("通讯员", "李慧")],
    ]


def test_eight_persons_with_titles_as_printed(page):
    found = [[(one.title, one.name) for one in story.persons] for story in page.stories]
    assert found == [
        [("二七区委书记", "陈红民"), ("区委副书记、区长", "苏建设")],
        [
            ("二七区委副书记、区长", "苏建设"),
            ("区领导", "唐莉军"),
            ("区领导", "兰海"),
            ("区领导", "武永祥"),
            ("市供电公司副总经理", "辛忠良"),
        ],
        [("二七区委副书记", "时博")],
        [],
        [("典型志愿者", "井长安")],
        [],
    ]


def test_two_groups_visit_13_stops_with_14_projects(page):
    (tour,) = page.stories[0].inspections
    assert tour.kind == "观摩"
    assert [(group.name, group.leader, len(group.stops)) for group in tour.groups] == [
        ("南部城区组", "陈红民", 8),
        ("中心城区观摩组", "苏建设", 5),
    ]
    assert all(group.open_ended for group in tour.groups)
    assert len(page.stories[0].projects) == 14
    assert tour.groups[0].stops[6].projects == ("亚星南岸大厦", "南岸商务中心")


def test_other_stops(page):
    stops = [
        [
            stop.text
            for inspection in story.inspections
            for group in inspection.groups
            for stop in group.stops
        ]
        for story in page.stories[1:]
    ]
    assert stops == [
        [
            "二七纪念堂门前配电箱优化问题",
            "南彩社区老旧小区电力问题",
            "二七广场下穿隧道建设",
            "华建大厦变电站合并问题",
        ],
        ["马寨镇在建工地", "“六小”门店", "(社区)楼院"],
        [],
        [],
        ["区人民法院", "区人民检察院", "区司法局", "二七公安分局", "火车站分局"],
    ]


def test_four_meetings_with_their_days(page):
    meetings = [meeting for story in page.stories for meeting in story.meetings]
    assert [(meeting.name, str(meeting.day.date), meeting.form) for meeting in meetings] == [
        (
            "二七区与郑州市供电公司电力问题专题工作调研座谈会暨二七商圈重点区域综合整治工作会议",
            "2021-03-25",
            "座谈会",
        ),
        ("二七区组织工作暨老干部工作会议", "2021-03-31", "电视电话会议"),
        ("宣传思想文化暨精神文明建设工作会议", "2021-04-02", ""),
        ("政法队伍教育整顿现场观摩暨工作推进会", "2021-03-28", "推进会"),
    ]
    assert [meeting.organiser for meeting in meetings[2:]] == ["二七区", "二七区"]


def test_attendance_and_its_roles(page):
    meeting = page.stories[1].meetings[0]
    assert [(one.name, one.role) for one in meeting.attendees] == [
        ("唐莉军", "参加"),
        ("兰海", "参加"),
        ("武永祥", "参加"),
        ("辛忠良", "参加"),
    ]
    (visit,) = page.stories[2].inspections
    assert visit.place == "马寨镇"
    assert ("", "马寨镇主要领导", "陪同") in [(a.name, a.title, a.role) for a in visit.attendees]
    anonymous = page.stories[3].meetings[0].attendees
    assert [(a.name, a.title, a.role) for a in anonymous] == [("", "区委主要领导", "讲话")]


def test_what_is_doubtful_is_asked(page):
    asked = {
        (question.kind, BULLETIN.read_text("utf-8")[slice(*question.span)])
        for story in page.stories
        for question in story.questions
    }
    assert asked == {
        ("stop-two-projects", "亚星南岸大厦和南岸商务中心"),
        ("title", "二七商圈电力问题和综合整治咋推进 这个会议专题部署"),
        ("stop-and", "二七广场下穿隧道建设及华建大厦变电站合并问题"),
        ("stop-bracket", "(社区)楼院"),
        ("half-word", "要提认识"),
    }


def test_figures_and_slogans(page):
    figures = [f"{one.number}{one.about}{one.unit}" for one in page.stories[3].figures]
    assert figures[:5] == ["174个", "57个", "34个", "140余名", "55名"]
    assert not any("11463" in one.number for one in page.stories[4].figures)


def test_a_speaker_carries_over_paragraphs(page):
    spoken = [one for one in page.stories[1].statements if one.speaker == "苏建设"]
    starts = [BULLETIN.read_text("utf-8")[one.span.start :][:6] for one in spoken]
    assert starts == ["苏建设表示,", "要建立工作机", "要强化融合建", "苏建设表示,"]


def test_json_form(page):
    story = page_data(page)["stories"][0]
    assert list(story) == [
        *("kicker", "headline", "subhead", "dateline", "paragraphs", "bylines", "persons"),
        *("projects", "inspections", "meetings", "questions"),
    ]
    assert story["dateline"] == {"label": "本报讯", "date": "2021-04-01"}
    assert story["bylines"][0] == {"role": "记者", "name": "张改华"}
    assert story["inspections"][0]["date"] == "2021-04-01"
    assert story["inspections"][0]["groups"][1]["stops"][2] == "中央商务区项目"


def record():
    """The fixture as a register."""
    root = Path(__file__).resolve().parents[3]
    rows = json.loads((root / "fixtures" / "bulletin_2021q1.json").read_text("utf-8"))

    def of(model):
        return [row["fields"] for row in rows if row["model"] == model]

    terms = {}
    for post in of("people.appointment"):
        (slug,), (body,) = post["official"], post["organisation"]
        terms.setdefault(slug, []).append(Term(post["title"], body))
    return Register(
        officials=tuple(
            Known(row["slug"], row["name"], terms=tuple(terms.get(row["slug"], ())))
            for row in of("people.official")
        ),
        reporters=tuple(Known(row["slug"], row["name"]) for row in of("people.reporter")),
        projects=tuple(Known(row["slug"], row["name"]) for row in of("articles.project")),
        organisations=tuple(
            Known(row["name"], row["name"], (row["short_name"],))
            for row in of("people.organisation")
        ),
    )


def test_over_the_fixture_nobody_and_nothing_is_new(page):
    register = record()
    matches = [match for story in page.stories for match in match_story(story, register)]
    assert [match.printed for match in matches if match.status == "unlinked"] == ["井长安"]
    odd = [match for match in matches if match.status not in ("known", "unlinked")]
    assert odd == []
    assert len({key for match in matches for key, _label in match.candidates}) > 25


def test_a_thousand_stories_are_read_in_seconds():
    text = BULLETIN.read_text("utf-8") + "\n\n"
    start = time.process_time()
    assert len(parse(text * 167).stories) == 1002
    assert time.process_time() - start < 10
