"""Dossiers of people: titles over time, appearances of a quarter, stories by month."""

import datetime
import html
import re

import pytest

from articles.editorial import rebuild_appearances
from articles.models import Article, Attendance, Byline, Inspection, Meeting, Mention
from articles.public.charts import tenure
from articles.public.months import UNFOLDED, by_month
from people.models import Appointment, Official, Organisation, Reporter
from tests.support.charts import collisions, drawings, marks, printed, rows
from tests.support.every_page import names_whole
from tests.support.stories import live

DAY = datetime.date(2021, 4, 6)


def post(title, starts=None, ends=None):
    """Unsaved term at the district."""
    return Appointment(
        title=title, starts=starts, ends=ends, organisation=Organisation(name="区政府")
    )


def act(day, title):
    """Unsaved row of attendance at a meeting of ``day``."""
    return Attendance(printed_name="甲", printed_title=title, meeting=Meeting(held_on=day))


def lines(drawing, layer):
    """First and last abscissa of each line of a layer."""
    path = drawing.find(f"path[@class='{layer}']")
    found = [] if path is None else re.findall(r"M(\d+) \d+H(\d+)", path.get("d"))
    return [tuple(map(int, ends)) for ends in found]


# ---- Titles over time ----


def test_a_term_is_whole_between_known_days_and_broken_beyond():
    days = [datetime.date(2021, month, 1) for month in (1, 3, 5, 7)]
    posts = [post("区长", days[0], days[2]), post("书记", days[2])]
    page = printed(tenure(posts, [act(days[1], "区长"), act(days[3], "书记")], "任职"))
    (drawing,) = drawings(page, "single")
    (first, third), (begun, seventh) = lines(drawing, "way")
    assert first < third == begun < seventh
    assert lines(drawing, "way-open") == [(seventh, seventh + 36)]
    first_of_march, found_last = (x for _kind, x, _y in marks(drawing))
    assert first < first_of_march < third
    assert found_last == seventh
    assert rows(page) == [
        ["区长（区政府）", "2021年1月1日至2021年5月1日", "3月1日"],
        ["书记（区政府）", "2021年5月1日至截止没有写", "7月1日"],
    ]


def test_a_title_that_the_register_has_not_is_a_dot_without_a_line():
    page = printed(tenure([], [act(DAY, "区领导、组长"), act(DAY, "区领导")], "任职"))
    (drawing,) = drawings(page, "single")
    assert lines(drawing, "way") == lines(drawing, "way-open") == []
    assert len(list(marks(drawing))) == 2
    assert [cells[:2] for cells in rows(page)] == [
        ["区领导", "报道中的称谓"],
        ["组长", "报道中的称谓"],
    ]


def test_without_any_day_there_is_a_table_and_no_drawing_without_any_title_nothing():
    page = printed(tenure([post("区长")], [], "任职"))
    assert page.findall(".//svg") == []
    assert rows(page) == [["区长（区政府）", "起止没有写", ""]]
    assert tenure([], [], "任职") is None
    assert tenure([], [act(DAY, "")], "任职") is None


@pytest.mark.parametrize("count", [1, 2, 40])
def test_titles_stand_clear_of_each_other(count):
    posts = [post("职" * 80, DAY + datetime.timedelta(number)) for number in range(count)]
    (drawing,) = drawings(printed(tenure(posts, [], "任职")), "single")
    assert collisions(drawing) == []


# ---- Appearances ----


@pytest.mark.usefixtures("bulletin")
def test_the_bulletins_mayor_has_titles_drawn_and_three_appearances(client):
    page = client.get("/officials/su-jian-she/").text
    assert re.findall(r"<dt>([^<]+)</dt><dd>(\d+)</dd>", page) == [
        ("次出场", "3"),
        ("次带队", "2"),
        ("条要求", "20"),
    ]
    post = "<dt>区长（二七区政府）</dt><dd>起止没有写，见于3月25日、4月1日</dd>"
    assert post in names_whole(page)
    # Each act leads to the story that says so, so the page has no second list of these.
    assert page.count('见<a href="/articles/2021/04/06/') == 3
    assert "相关稿件" not in page


#: Lists of what someone did in a month.
OF_A_MONTH = re.compile(r'href="(/(?:inspections|meetings)/[?][^"]*date_after[^"]*)"')


@pytest.fixture
def busy(db):
    """Someone of 200 appearances in one quarter, on a hundred days, and of two in another."""
    official = Official.objects.create(name="忙某")
    stories = []
    for number in range(101):
        day = DAY - datetime.timedelta(number if number < 100 else 200)
        story = live(
            headline=f"第{number}稿", issued_on=day, quarter="2021q1" if number < 100 else "2020q3"
        )
        event = {"held_on": day, "quarter": story.quarter}
        seen = Inspection.objects.create(title=f"第{number}次观摩", **event)
        held = Meeting.objects.create(name=f"第{number}次会议", **event)
        for at in ({"inspection": seen}, {"meeting": held}):
            Attendance.objects.create(printed_name="忙某", official=official, **at)
        story.inspections.add(seen)
        story.meetings.add(held)
        stories.append(story.pk)
    rebuild_appearances(Article.objects.filter(pk__in=stories))
    return official


def test_every_appearance_of_a_quarter_is_there_a_month_at_a_time(client, busy):
    address = busy.get_absolute_url()
    page = client.get(address)
    months = page.context["months"]
    assert [(f"{first:%Y-%m}", count) for first, count in months.items()] == [
        ("2021-04", 12),
        ("2021-03", 62),
        ("2021-02", 56),
        ("2021-01", 62),
        ("2020-12", 8),
    ]
    assert ("次出场", 200) in page.context["counts"]
    shown = names_whole(page.text)
    assert shown.index("第0次观摩") < shown.index("第0次会议") < shown.index("第1次观摩")
    assert "第6次观摩" not in shown
    links = [f"{address}?quarter=2021q1&month={first:%Y-%m}" for first in months]
    assert all(link.removeprefix(address).replace("&", "&amp;") in page.text for link in links)
    pages = [client.get(link).text for link in links]
    lists = {html.unescape(link) for page in pages for link in OF_A_MONTH.findall(page)}
    lists |= {f"{link}&page=2" for link in lists}
    shown = "".join(map(names_whole, pages))
    beyond = "".join(names_whole(client.get(link).text) for link in lists)
    for name in (f"第{number}次{kind}</a>" for number in range(100) for kind in ("观摩", "会议")):
        assert shown.count(name) <= 1
        assert name in shown + beyond
    assert "第100次会议" not in shown + beyond
    assert "第100次会议" in names_whole(client.get(f"{address}?quarter=2020q3").text)


@pytest.mark.parametrize("month", ["2020-11", "2021-13", "x", "\0"])
def test_a_month_without_appearances_is_said_to_have_none(client, busy, month):
    answer = client.get(busy.get_absolute_url(), {"quarter": "2021q1", "month": month})
    assert answer.status_code == 404
    assert "的记录" in answer.text


def test_some_appearances_are_folded_by_month_on_one_page(client, busy, monkeypatch):
    monkeypatch.setattr("articles.public.people.UNPARTED", 200)
    page = names_whole(client.get(busy.get_absolute_url()).text)
    assert re.findall(r"<summary>([^<]+) <small>(\d+)次", page)[0] == ("2021年4月", "12")
    assert page.count('<details class="month" open>') == 1
    assert "第99次会议" in page


def test_more_stories_than_a_dossier_reads_still_lead_to_each_quarter(client, busy, monkeypatch):
    monkeypatch.setattr("articles.public.dossiers.LATEST", 20)
    monkeypatch.setattr("articles.public.dossiers.OF_QUARTER", 50)
    monkeypatch.setattr("articles.public.people.OF_QUARTER", 50)
    page = names_whole(client.get(f"{busy.get_absolute_url()}?month=2021-02").text)
    assert "第49次会议" in page
    assert "第50次会议" not in page
    assert "这里是最近的" in page
    older = names_whole(client.get(f"{busy.get_absolute_url()}?quarter=2020q3").text)
    assert "第100次会议" in older


@pytest.mark.parametrize("count", [0, 1, UNFOLDED, UNFOLDED + 1, 200])
def test_few_rows_are_not_folded_and_none_is_lost(count):
    days = sorted(DAY + datetime.timedelta(number // 2) for number in range(count))
    months = by_month(days, lambda day: day)
    assert [row for month in months for day in month.days for row in day.rows] == days
    assert sum(map(len, months)) == count
    assert all((month.first is None) == (count <= UNFOLDED) for month in months)


# ---- Stories by month ----


@pytest.fixture
def reporter(db):
    """A reporter of 25 stories of April and one of February."""
    reporter = Reporter.objects.create(name="记某")
    for number in range(26):
        day = DAY if number else datetime.date(2021, 2, 28)
        story = live(headline=f"第{number}稿", issued_on=day, quarter="2021q1")
        Byline.objects.create(article=story, printed_name="记某", reporter=reporter)
    return reporter


def test_a_reporters_stories_stand_by_month_with_their_number(client, reporter):
    page = client.get(reporter.get_absolute_url())
    assert dict(page.context["months"]) == {
        datetime.date(2021, 4, 1): 25,
        datetime.date(2021, 2, 1): 1,
    }
    assert len(page.context["stories"]) == 20
    everything = page.context["all_stories"]
    assert everything in page.text.replace("&amp;", "&")
    assert "25篇" in client.get(everything).text
    older = client.get(f"{reporter.get_absolute_url()}?month=2021-02")
    assert [story.headline for story in older.context["stories"]] == ["第0稿"]


@pytest.mark.parametrize(
    "month", ["2021-03", "2021-13", "x", "2021-4", "9" * 40, "\0", "２０２１-04"]
)
def test_a_month_without_stories_is_said_to_have_none(client, reporter, month):
    answer = client.get(reporter.get_absolute_url(), {"month": month})
    assert answer.status_code == 404
    assert "的记录" in answer.text


def test_labels_are_those_of_the_lists_and_an_unknown_value_is_itself():
    for role in Attendance.Role:
        assert Attendance(role=role.value).get_role_display() == role.label
    assert Attendance(role="x").get_role_display() == "x"
    assert Meeting().get_part_of_day_display() == ""


@pytest.mark.django_db
def test_a_story_that_only_names_someone_is_listed_with_how(client):
    official = Official.objects.create(name="丁某")
    told, named = live(headline="到场的稿", issued_on=DAY), live(headline="提到的稿", issued_on=DAY)
    held = Meeting.objects.create(name="某会", held_on=DAY)
    told.meetings.add(held)
    Attendance.objects.create(meeting=held, printed_name="丁某", official=official)
    for story in (told, named):
        Mention.objects.create(
            article=story, printed_name="丁某", printed_title="科长", official=official
        )
    rebuild_appearances([told, named])
    page = client.get(official.get_absolute_url())
    assert [(one.story.headline, one.naming) for one in page.context["stories"]] == [
        ("提到的稿", "科长丁某")
    ]
    assert "写到科长丁某" in page.text
