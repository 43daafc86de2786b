"""The overview of a quarter: marks, list and data say the same, and no word hides another."""

import datetime
import itertools
import random

import pytest

from articles.models import Attendance, Inspection, Meeting
from articles.public.charts import overview
from articles.public.charts.overview_data import MARKS
from articles.public.charts.overview_wide import MOST_PEOPLE
from articles.public.event_queries import EventRecord, Party, PrintedStop
from articles.public.quarters import MOST, load_quarter
from articles.quarter import Quarter
from people.models import Official
from tests.support.charts import collisions, drawings, marks, printed, texts, told

Role = Attendance.Role
DAY = datetime.date(2021, 1, 4)
#: Ends of addresses, each given once.
SLUGS = map(str, itertools.count(1))


def row(name, role=Role.ATTEND, *, group="", rank=None, key=None):
    """Row of attendance, linked to an official where ``key`` is given."""
    official = Official(pk=key, name=name) if key else None
    made = Attendance(printed_name=name, role=role, group=group, official=official)
    made.rank = rank
    return made


def visit(day, *parties, rows=(), title="项目观摩", **fields):
    """Record of an inspection; ``parties`` are names with their places."""
    event = Inspection(title=title, held_on=day, slug=next(SLUGS), **fields)
    parties = [Party(name, list(map(PrintedStop, places))) for name, places in parties]
    return EventRecord(event, present=list(rows), parties=parties)


def meeting(day, *rows, name="工作会议", **fields):
    """Record of a meeting."""
    event = Meeting(name=name, held_on=day, slug=next(SLUGS), **fields)
    return EventRecord(event, present=list(rows))


def seen(drawing):
    """Mark by name and column: what a wide drawing says, read off its rows and numbers."""
    names = {y - 5: words for _role, _x, y, words in texts(drawing, "name")}
    columns = sorted({x for _kind, x, _y in marks(drawing)})
    return {(names[y], columns.index(x)): kind for kind, x, y in marks(drawing)}


def test_a_quarter_without_events_has_no_figure():
    assert overview([], "谁去了哪里") is None


def test_each_role_has_its_mark_and_who_is_not_named_has_none():
    went = visit(
        DAY,
        ("", ["大桥", "公园"]),
        rows=[row("甲", Role.LEAD), row("乙", Role.ACCOMPANY), row("", Role.ATTEND)],
    )
    met = meeting(DAY, row("乙", Role.CHAIR), row("丙", Role.SPEAK), row("丁"))
    figure = overview([went, met], "谁去了哪里")
    (wide,) = drawings(printed(figure), "wide")
    assert seen(wide) == {
        ("甲", 0): "dot",
        ("甲", 1): "dot",
        ("乙", 0): "ring",
        ("乙", 1): "ring",
        ("乙", 2): "box",
        ("丙", 2): "box",
        ("丁", 2): "ring",
    }
    assert told(figure) == [
        ("观摩 项目观摩", "甲带队；乙陪同", ["大桥", "公园"]),
        ("会议 工作会议", "乙主持；丙讲话；丁参加", []),
    ]


def test_each_column_leads_to_its_event_and_says_which():
    went = visit(DAY, ("南组", ["大桥"]), ("北组", ["公园"]))
    met = meeting(DAY)
    (wide,) = drawings(printed(overview([went, met], "谁去了哪里")), "wide")
    assert wide.get("role") == "group"
    links = {link.get("aria-label"): link for link in wide.findall("a")}
    assert {label: link.get("href") for label, link in links.items()} == {
        "1月4日 观摩 项目观摩 南组": went.event.get_absolute_url(),
        "1月4日 观摩 项目观摩 北组": went.event.get_absolute_url(),
        "1月4日 会议 工作会议": met.event.get_absolute_url(),
    }
    spans = [[int(link[0].get(name)) for name in ("x", "width")] for link in links.values()]
    ends = [left + width for left, width in spans]
    assert all(end <= left for end, (left, _) in zip(ends, spans[1:], strict=False))
    # What is drawn is not read out letter by letter: the labels say it.
    assert {group.get("aria-hidden") for group in wide.findall("g")} == {"true"}


def test_who_led_a_group_is_marked_at_its_stops_and_who_led_without_one_at_all():
    went = visit(
        DAY,
        ("南组", ["一厂", "二厂"]),
        ("北组", ["三厂"]),
        ("", []),
        rows=[row("甲", Role.LEAD, group="南组"), row("乙", Role.LEAD), row("丙", group="专家组")],
    )
    figure = overview([went], "谁去了哪里")
    (wide,) = drawings(printed(figure), "wide")
    assert seen(wide) == {
        ("甲", 0): "dot",
        ("甲", 1): "dot",
        ("乙", 0): "dot",
        ("乙", 1): "dot",
        ("乙", 2): "dot",
        ("乙", 3): "dot",
        ("丙", 3): "ring",
    }
    assert [who for _head, who, _stops in told(figure)] == [
        "南组，甲、乙带队",
        "北组，乙带队",
        "专家组，乙带队；丙参加",
    ]


def test_an_open_list_ends_in_a_broken_line_and_in_words():
    closed = visit(DAY, ("", ["大桥"]), rows=[row("甲", Role.LEAD)])
    left_open = visit(DAY, ("", ["大桥"]), rows=[row("甲", Role.LEAD)], open_ended=True)
    for event, count in ((closed, 0), (left_open, 1)):
        figure = overview([event], "谁去了哪里")
        (wide,) = drawings(printed(figure), "wide")
        assert len(wide.findall("path[@class='way-open']")) == count
        ((_head, _who, stops),) = told(figure)
        assert stops == ["大桥", "等（名单未尽）"][: 1 + count]


def test_rank_orders_people_and_one_person_has_one_row():
    events = [
        meeting(DAY, row("丙"), row("乙", rank=2, key=2), row("甲", rank=5, key=1)),
        meeting(DAY, row("甲", rank=1, key=1), row("乙", rank=2, key=2)),
    ]
    page = printed(overview(events, "谁去了哪里"))
    assert [words for *_place, words in texts(drawings(page, "wide")[0], "name")] == [
        "甲",
        "乙",
        "丙",
    ]


def test_text_is_text_whatever_it_holds():
    odd = "<b>&\"'</b>{{ x }}"
    figure = overview([visit(DAY, ("", [odd]), rows=[row(odd)], title=odd)], odd)
    (wide,) = drawings(printed(figure), "wide")
    assert odd in wide.find("a").get("aria-label")
    assert told(figure) == [(f"观摩 {odd}", f"{odd}参加", [odd])]


@pytest.mark.django_db
@pytest.mark.usefixtures("bulletin")
def test_the_overview_of_the_bulletin_says_what_its_list_and_its_rows_say():
    calendar = load_quarter(Quarter(2021, 1), MOST, [])["calendar"]
    figure = overview(calendar, "谁去了哪里")
    (wide,) = drawings(printed(figure), "wide")
    columns = 8 + 5 + 4 + 5 + 3 + 4
    assert len(list(texts(wide, "count"))) == columns - 4
    found = seen(wide)
    by_name = {}
    for (name, _column), kind in found.items():
        by_name.setdefault(name, []).append(kind)
    assert by_name == {
        "陈红民": ["dot"] * 8,
        "苏建设": ["dot"] * 9 + ["box"],
        "时博": ["dot"] * 3,
        **{name: ["ring"] for name in ("唐莉军", "兰海", "武永祥", "辛忠良")},
    }
    walks = told(figure)
    closed = [[stop for stop in stops if "未尽" not in stop] for *_, stops in walks if stops]
    assert [len(stops) for stops in closed] == [4, 5, 8, 5, 3]
    for role in Role:
        named = Attendance.objects.exclude(printed_name="").filter(role=role)
        said = [
            part
            for _head, who, _stops in walks
            for part in who.removesuffix("（名单未尽）").split("；")
            if part.endswith(str(role.label))
        ]
        assert sum(len(part.split("、")) for part in said) == named.count()


def crowd(count, *, rng):
    """A quarter of ``count`` visits and as many meetings, with words as long as columns hold."""
    events = []
    for number in range(count):
        day = DAY + datetime.timedelta(number % 80)
        people = [
            row(f"{'名' * rng.choice((2, 3, 12))}{rng.randrange(60)}", rng.choice(Role.values))
            for _ in range(rng.randrange(9))
        ]
        places = [rng.choice(("桥", "长街" * 60)) for _ in range(rng.randrange(4))]
        parties = [(group, places) for group in rng.choice((("",), ("南" * 40, "北组")))]
        title = rng.choice(("观摩", "全区重点工程观摩" * 15))
        is_open = rng.random() < 0.5
        events.append(visit(day, *parties, rows=people, title=title, open_ended=is_open))
        events.append(meeting(day, *people, name=title, form="会" * rng.choice((2, 40))))
    return sorted(events, key=lambda record: record.event.held_on)


@pytest.mark.parametrize("count", [1, 2, 5, 60, 200])
def test_no_word_stands_on_another_however_many_and_however_long(count):
    figure = overview(crowd(count, rng=random.Random(count)), "谁去了哪里")  # noqa: S311
    page = printed(figure)
    for drawing in drawings(page, "wide"):
        assert collisions(drawing) == []


def test_the_dates_of_short_days_stand_clear_of_each_other():
    days = [datetime.date(2021, 12, 10 + number) for number in range(10)]
    events = [visit(day, ("", ["桥"]), title="看") for day in days]
    page = printed(overview(events, "谁去了哪里"))
    for drawing in drawings(page, "wide"):
        assert len(list(texts(drawing, "day"))) == len(days)
        assert collisions(drawing) == []


def test_a_long_quarter_names_its_months_and_still_says_all():
    events = crowd(60, rng=random.Random(1))  # noqa: S311
    figure = overview(events, "谁去了哪里")
    page = printed(figure)
    months = [words for drawing in drawings(page, "wide") for *_, words in texts(drawing, "day")]
    assert list(dict.fromkeys(words for words in months if "月" in words)) == ["1月", "2月", "3月"]
    wide = drawings(page, "wide")
    assert all(len({y for _kind, _x, y in marks(drawing)}) <= MOST_PEOPLE for drawing in wide)
    drawn = sum(len(list(marks(drawing))) for drawing in wide)
    said = [
        part.split("、")
        for _head, who, _stops in told(figure)
        for part in who.split("；")
        if "未列" not in part
    ]
    assert drawn == sum(map(len, said))
    assert set(MARKS.values()) == {kind for drawing in wide for kind, *_ in marks(drawing)}
